package baton.lead.pass;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.OutcomeResult;
import baton.infrastructure.telling.Stepped;
import baton.lead.dossier.Advance;
import baton.lead.dossier.Stage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdvancesTest {
  private static final UUID LEAD = new UUID(1, 1);
  private static final UUID PASS = new UUID(2, 2);
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");
  private static final Instant TEN = Instant.parse("2026-11-02T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "ACCEPTED,        SAL",
    "DEEMED_ACCEPTED, SAL",
    "QUALIFIED,       SQL",
    "REJECTED,        REJECTED",
    "RETURNED,        RETURNED",
    "CLOSED,          CLOSED"
  })
  void a_step_moves_the_pass(HandoffStep step, Stage stage) {
    assertThat(Advances.of(handoff(step), TEN))
        .isEqualTo(new Advance(LEAD, PASS, NINE, TEN, stage));
  }

  @ParameterizedTest
  @EnumSource(names = {"OFFERED", "REASSIGNED", "ATTEMPTED", "CONNECTED", "REFUSED"})
  void a_step_on_the_way_moves_nothing(HandoffStep step) {
    assertThat(Advances.of(handoff(step), TEN)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "OPPORTUNITY,  SQL",
        "WON,          WON",
        "LOST,         LOST",
        "DISQUALIFIED, DISQUALIFIED",
        "PURCHASED,    -",
        "RENEWED,      -",
        "CHURNED,      -",
        "VOIDED,       -"
      })
  void an_outcome_ends_the_pass(OutcomeResult result, @Nullable Stage stage) {
    var advance = Advances.of(outcome(result), TEN);

    assertThat(advance == null ? null : advance.reached()).isEqualTo(stage);
  }

  private static LeadHandoff handoff(HandoffStep step) {
    return Stepped.of(LEAD, new UUID(3, 3), PASS).to(step, NINE);
  }

  private static LeadOutcome outcome(OutcomeResult result) {
    return new LeadOutcome(
        LEAD, NINE, 0, new UUID(3, 3), 1, null, result, null, null, null, null, null, List.of());
  }
}
