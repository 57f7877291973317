package baton.lead.pass;

import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.lead.dossier.Advance;
import baton.lead.dossier.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What another service's fact says of a lead's pass; null where it says nothing of it. */
public final class Advances {
  private Advances() {}

  public static @Nullable Advance of(LeadHandoff heard, Instant heardAt) {
    var reached = reached(heard.step());
    return reached == null
        ? null
        : new Advance(heard.leadId(), heard.passId(), heard.occurredAt(), heardAt, reached);
  }

  public static @Nullable Advance of(LeadOutcome heard, Instant heardAt) {
    var reached =
        switch (heard.result()) {
          case OPPORTUNITY -> Stage.SQL;
          case WON -> Stage.WON;
          case LOST -> Stage.LOST;
          case DISQUALIFIED -> Stage.DISQUALIFIED;
          case PURCHASED, RENEWED, CHURNED, VOIDED -> null;
        };
    return reached == null
        ? null
        : new Advance(heard.leadId(), heard.passId(), heard.occurredAt(), heardAt, reached);
  }

  private static @Nullable Stage reached(HandoffStep step) {
    return switch (step) {
      case ACCEPTED, DEEMED_ACCEPTED -> Stage.SAL;
      case QUALIFIED -> Stage.SQL;
      case REJECTED -> Stage.REJECTED;
      case RETURNED -> Stage.RETURNED;
      case CLOSED -> Stage.CLOSED;
      case OFFERED, REASSIGNED, ATTEMPTED, CONNECTED, REFUSED -> null;
    };
  }
}
