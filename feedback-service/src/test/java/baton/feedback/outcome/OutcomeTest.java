package baton.feedback.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.ExternalId;
import baton.contracts.LeadOutcome;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.feedback.lead.Lead;
import baton.feedback.lead.LeadName;
import baton.feedback.lead.Pass;
import baton.feedback.outcome.Outcome.Matched;
import baton.feedback.outcome.Outcome.Unmatched;
import baton.feedback.outcome.Verdict.Kept;
import baton.feedback.outcome.Verdict.NotYours;
import baton.feedback.outcome.Verdict.Unchanged;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
  private static final Instant TEN = NINE.plus(Duration.ofHours(1));
  private static final UUID DEAL = new UUID(7, 1);
  private static final UUID PASS = new UUID(7, 2);
  private static final Lead ADA =
      new Lead(new UUID(7, 3), List.of(new Pass(PASS, new UUID(7, 3), NINE)), List.of());
  private static final Lead BOB = new Lead(new UUID(7, 4), List.of(), List.of());
  private static final LeadName ADAS_ID = LeadName.external(new ExternalId("crm", "ada"));
  private static final Teller GRACE = new Teller("grace");

  @Test
  void an_outcome_of_a_known_lead_is_published() {
    var verdict = Outcome.first(DEAL, told(OutcomeResult.WON), ADA);

    assertThat(verdict)
        .isEqualTo(
            new Kept(
                new Matched(DEAL, 1, told(OutcomeResult.WON), ADA.leadId(), PASS),
                List.of(fact(ADA, PASS, 1, OutcomeResult.WON)),
                true));
  }

  @Test
  void an_outcome_of_an_unknown_lead_is_kept_and_not_published() {
    var verdict = Outcome.first(DEAL, told(OutcomeResult.WON), null);

    assertThat(verdict)
        .isEqualTo(new Kept(new Unmatched(DEAL, 1, told(OutcomeResult.WON)), List.of(), true));
  }

  @Test
  void an_outcome_is_published_when_its_lead_appears() {
    var waiting = new Unmatched(DEAL, 3, told(OutcomeResult.WON));

    var verdict = waiting.found(ADA);

    assertThat(verdict)
        .isEqualTo(
            new Kept(
                new Matched(DEAL, 3, told(OutcomeResult.WON), ADA.leadId(), PASS),
                List.of(fact(ADA, PASS, 3, OutcomeResult.WON)),
                false));
  }

  @Test
  void an_outcome_told_again_in_the_same_words_changes_nothing() {
    var kept = matched(told(OutcomeResult.WON));

    var verdict = kept.corrected(told(OutcomeResult.WON), ADA, GRACE);

    assertThat(verdict).isEqualTo(new Unchanged(kept));
  }

  @Test
  void the_same_lead_by_another_name_changes_nothing() {
    var kept = matched(told(OutcomeResult.WON));

    var verdict =
        kept.corrected(told(OutcomeResult.WON).of(LeadName.lead(ADA.leadId())), ADA, GRACE);

    assertThat(verdict).isEqualTo(new Unchanged(kept));
  }

  @Test
  void an_undated_repeat_does_not_move_an_outcome_in_time() {
    var kept = matched(told(OutcomeResult.WON));

    var verdict = kept.corrected(at(told(OutcomeResult.WON), TEN, false), ADA, GRACE);

    assertThat(verdict).isEqualTo(new Unchanged(kept));
  }

  @Test
  void an_unmatched_outcome_told_again_in_the_same_words_changes_nothing() {
    var kept = new Unmatched(DEAL, 1, told(OutcomeResult.WON));

    var verdict = kept.corrected(told(OutcomeResult.WON), null, GRACE);

    assertThat(verdict).isEqualTo(new Unchanged(kept));
  }

  @Test
  void a_correction_is_the_next_revision() {
    var kept = matched(told(OutcomeResult.WON));

    var verdict = kept.corrected(told(OutcomeResult.LOST), ADA, GRACE);

    assertThat(verdict)
        .isEqualTo(
            new Kept(
                new Matched(DEAL, 2, told(OutcomeResult.LOST), ADA.leadId(), PASS),
                List.of(fact(ADA, PASS, 2, OutcomeResult.LOST)),
                false));
  }

  @Test
  void a_correction_that_moves_to_another_lead_is_voided_on_the_first() {
    var kept = matched(told(OutcomeResult.WON));

    var verdict = kept.corrected(told(OutcomeResult.WON), BOB, GRACE);

    assertThat(verdict)
        .isEqualTo(
            new Kept(
                new Matched(DEAL, 3, told(OutcomeResult.WON), BOB.leadId(), null),
                List.of(
                    fact(ADA, PASS, 2, OutcomeResult.VOIDED),
                    fact(BOB, null, 3, OutcomeResult.WON)),
                false));
  }

  @Test
  void a_correction_that_moves_to_an_unknown_lead_is_voided_and_waits() {
    var kept = matched(told(OutcomeResult.WON));

    var verdict = kept.corrected(told(OutcomeResult.WON), null, GRACE);

    assertThat(verdict)
        .isEqualTo(
            new Kept(
                new Unmatched(DEAL, 3, told(OutcomeResult.WON)),
                List.of(fact(ADA, PASS, 2, OutcomeResult.VOIDED)),
                false));
  }

  @Test
  void an_unmatched_outcome_corrected_to_a_known_lead_is_published() {
    var kept = new Unmatched(DEAL, 1, told(OutcomeResult.WON));

    var verdict = kept.corrected(told(OutcomeResult.LOST), ADA, GRACE);

    assertThat(verdict)
        .isEqualTo(
            new Kept(
                new Matched(DEAL, 2, told(OutcomeResult.LOST), ADA.leadId(), PASS),
                List.of(fact(ADA, PASS, 2, OutcomeResult.LOST)),
                false));
  }

  @Test
  void a_seller_cannot_correct_what_another_one_told() {
    var kept = matched(told(OutcomeResult.WON));

    var verdict = kept.corrected(told(OutcomeResult.LOST), ADA, new Teller("linus"));

    assertThat(verdict).isEqualTo(new NotYours());
  }

  @Test
  void who_speaks_for_any_can_correct_what_a_seller_told() {
    var kept = matched(told(OutcomeResult.WON));

    var verdict = kept.corrected(told(OutcomeResult.WON), ADA, Teller.FOR_ANY);

    assertThat(verdict).isEqualTo(new Unchanged(kept));
  }

  private static Outcome matched(Told told) {
    return new Matched(DEAL, 1, told, ADA.leadId(), PASS);
  }

  private static Told told(OutcomeResult result) {
    return new Told(
        ADAS_ID,
        result,
        new Money(new BigDecimal("1250.00"), "EUR"),
        LocalDate.parse("2026-12-31"),
        null,
        "grace",
        new ExternalId("crm", "deal-1"),
        NINE,
        true,
        0);
  }

  private static Told at(Told told, Instant occurredAt, boolean dated) {
    return new Told(
        told.lead(),
        told.result(),
        told.amount(),
        told.expectedClose(),
        told.reason(),
        told.sellerId(),
        told.externalId(),
        occurredAt,
        dated,
        told.charterVersion());
  }

  private static LeadOutcome fact(
      Lead lead, @Nullable UUID passId, long revision, OutcomeResult result) {
    return new LeadOutcome(
        lead.leadId(),
        NINE,
        0,
        DEAL,
        revision,
        passId,
        result,
        new Money(new BigDecimal("1250.00"), "EUR"),
        LocalDate.parse("2026-12-31"),
        null,
        "grace",
        new ExternalId("crm", "deal-1"),
        List.of());
  }
}
