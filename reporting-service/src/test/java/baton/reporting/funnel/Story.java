package baton.reporting.funnel;

import baton.contracts.BreachStep;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.Money;
import baton.contracts.Origin;
import baton.contracts.OutcomeResult;
import baton.contracts.Profile;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One lead's life, told event by event; times are ISO. */
public final class Story {
  private static long ids;

  private final UUID lead = id();
  private final List<Event> events = new ArrayList<>();
  private UUID pass = id();
  private UUID handoff = id();
  private long revision;
  private String seller = "grace";

  private Story() {}

  public static Story captured(String at) {
    return captured(at, "google", null);
  }

  public static Story captured(String at, @Nullable String source, @Nullable String tier) {
    var story = new Story();
    story.events.add(
        new LeadCaptured(
            story.lead,
            Instant.parse(at),
            1,
            id(),
            "form",
            null,
            source,
            null,
            "Direct",
            null,
            null,
            null,
            null,
            null,
            Origin.INBOUND,
            null,
            null,
            null,
            null,
            null,
            null,
            tier,
            Map.of(),
            List.of(),
            List.of(),
            null));
    return story;
  }

  public UUID lead() {
    return lead;
  }

  public List<Event> events() {
    return List.copyOf(events);
  }

  public Story touched(String at) {
    events.add(
        new LeadTouched(
            lead, Instant.parse(at), 1, id(), "visit", null, null, null, "Direct", null, Map.of()));
    return this;
  }

  /** Another pass begins. */
  public Story qualified(String at) {
    return qualified(at, null);
  }

  public Story qualified(String at, @Nullable String score) {
    pass = id();
    handoff = id();
    revision = 0;
    events.add(
        new LeadQualified(
            lead,
            Instant.parse(at),
            1,
            pass,
            "asked",
            null,
            null,
            null,
            1,
            score == null ? null : new BigDecimal(score),
            List.of(),
            new Profile(
                null,
                null,
                "Direct",
                null,
                null,
                null,
                Origin.INBOUND,
                null,
                null,
                null,
                null,
                Map.of()),
            List.of()));
    return this;
  }

  public Story offered(String at) {
    return step(HandoffStep.OFFERED, at, null);
  }

  /** Offered under a promise. */
  public Story offered(String at, String clause, String due) {
    return step(
        HandoffStep.OFFERED,
        at,
        null,
        List.of(new ClockStep(clause, ClockChange.STARTED, Instant.parse(due))));
  }

  public Story reassigned(String at, String to) {
    seller = to;
    return step(HandoffStep.REASSIGNED, at, null);
  }

  public Story attempted(String at) {
    return step(HandoffStep.ATTEMPTED, at, null);
  }

  public Story connected(String at) {
    return step(HandoffStep.CONNECTED, at, null);
  }

  public Story accepted(String at) {
    return step(HandoffStep.ACCEPTED, at, null);
  }

  public Story deemedAccepted(String at) {
    return step(HandoffStep.DEEMED_ACCEPTED, at, null);
  }

  public Story verified(String at) {
    return step(HandoffStep.QUALIFIED, at, null);
  }

  public Story rejected(String at, @Nullable String reason) {
    return step(HandoffStep.REJECTED, at, reason);
  }

  public Story returned(String at, String reason) {
    return step(HandoffStep.RETURNED, at, reason);
  }

  private Story step(HandoffStep step, String at, @Nullable String reason) {
    return step(step, at, reason, List.of());
  }

  private Story step(HandoffStep step, String at, @Nullable String reason, List<ClockStep> clocks) {
    events.add(
        new LeadHandoff(
            lead,
            Instant.parse(at),
            1,
            handoff,
            pass,
            ++revision,
            step,
            seller,
            "north",
            reason,
            "phone",
            null,
            clocks,
            null));
    return this;
  }

  public Story won(String at, @Nullable String amount, String currency) {
    return became(OutcomeResult.WON, at, amount, currency, null);
  }

  public Story lost(String at, @Nullable String amount, String currency) {
    return became(OutcomeResult.LOST, at, amount, currency, null);
  }

  public Story opportunity(String at, String amount, String currency, String close) {
    return became(OutcomeResult.OPPORTUNITY, at, amount, currency, LocalDate.parse(close));
  }

  private Story became(
      OutcomeResult result,
      String at,
      @Nullable String amount,
      String currency,
      @Nullable LocalDate close) {
    events.add(
        new LeadOutcome(
            lead,
            Instant.parse(at),
            1,
            id(),
            1,
            null,
            result,
            amount == null ? null : new Money(new BigDecimal(amount), currency),
            close,
            null,
            seller,
            null,
            List.of()));
    return this;
  }

  public Story rated(String at, int rating, String... reasons) {
    events.add(
        new LeadFeedback(
            lead,
            Instant.parse(at),
            1,
            id(),
            1,
            pass,
            handoff,
            rating,
            List.of(reasons),
            List.of(),
            List.of(),
            seller));
    return this;
  }

  public Story met(String clause, String started, String due) {
    events.add(
        new SlaMet(
            lead,
            Instant.parse(due),
            1,
            id(),
            clause,
            Side.SALES,
            seller,
            "north",
            handoff,
            pass,
            Instant.parse(started),
            Instant.parse(due),
            Instant.parse(due),
            "2026a"));
    return this;
  }

  public Story breached(String clause, String started, String due) {
    return breached(clause, started, due, false);
  }

  public Story breached(String clause, String started, String due, boolean excused) {
    var breach = id();
    for (var step :
        excused
            ? List.of(BreachStep.BREACHED, BreachStep.DISPUTED, BreachStep.EXCUSED)
            : List.of(BreachStep.BREACHED)) {
      events.add(
          new SlaBreach(
              lead,
              Instant.parse(due),
              1,
              breach,
              step.ordinal() + 1L,
              step,
              clause,
              Side.SALES,
              seller,
              "north",
              handoff,
              pass,
              Instant.parse(started),
              Instant.parse(due),
              Instant.parse(due),
              "2026a",
              null,
              List.of()));
    }
    return this;
  }

  private static synchronized UUID id() {
    return new UUID(0x7000L, 0x8000000000000000L | ++ids);
  }
}
