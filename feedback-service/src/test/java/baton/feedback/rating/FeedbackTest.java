package baton.feedback.rating;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.LeadFeedback;
import baton.feedback.lead.Handoff;
import baton.feedback.lead.Lead;
import baton.feedback.lead.LeadName;
import baton.feedback.lead.Pass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FeedbackTest {
  private static final UUID ADA = new UUID(7, 1);
  private static final UUID SAID = new UUID(7, 2);
  private static final UUID FIRST = new UUID(7, 3);
  private static final UUID SECOND = new UUID(7, 4);
  private static final UUID HANDOFF = new UUID(7, 5);
  private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
  private static final Lead HANDED =
      new Lead(
          ADA,
          List.of(new Pass(FIRST, ADA, NINE), new Pass(SECOND, ADA, NINE.plusSeconds(60))),
          List.of(new Handoff(HANDOFF, ADA, FIRST, "grace", 4)));

  @Test
  void feedback_on_a_handoff_belongs_to_its_pass_and_its_seller() {
    var feedback = feedback(LeadName.handoff(HANDOFF), null);

    assertThat(feedback.fact(HANDED)).isEqualTo(fact(FIRST, HANDOFF, "grace"));
  }

  @Test
  void feedback_on_a_lead_belongs_to_the_pass_of_its_time() {
    var feedback = feedback(LeadName.lead(ADA), "linus");

    assertThat(feedback.fact(HANDED)).isEqualTo(fact(SECOND, null, "linus"));
  }

  static Stream<Arguments> a_seller_speaks_of_leads_that_were_his_or_nobodys() {
    var fresh = new Lead(ADA, List.of(), List.of());
    return Stream.of(
        Arguments.of("grace", LeadName.handoff(HANDOFF), HANDED, true),
        Arguments.of("grace", LeadName.lead(ADA), HANDED, true),
        Arguments.of("linus", LeadName.handoff(HANDOFF), HANDED, false),
        Arguments.of("linus", LeadName.lead(ADA), HANDED, false),
        Arguments.of("linus", LeadName.lead(ADA), fresh, true),
        Arguments.of(null, LeadName.handoff(HANDOFF), HANDED, true));
  }

  @ParameterizedTest
  @MethodSource
  void a_seller_speaks_of_leads_that_were_his_or_nobodys(
      @Nullable String seller, LeadName about, Lead lead, boolean may) {
    assertThat(Feedback.mayRate(seller, about, lead)).isEqualTo(may);
  }

  @Test
  void what_is_said_again_under_its_id_is_a_revision_unless_the_words_are_the_same() {
    var before = feedback(LeadName.lead(ADA), "grace");
    var later = feedback(LeadName.lead(ADA), null, 5, NINE.plusSeconds(7200));

    assertThat(before.after(before, true)).isEqualTo(before);
    assertThat(feedback(LeadName.lead(ADA), null, 4, NINE).after(before, false)).isEqualTo(before);
    assertThat(later.after(before, false).revision()).isEqualTo(2);
    assertThat(later.after(before, false).sellerId()).isEqualTo("grace");
    assertThat(later.after(before, false).occurredAt()).isEqualTo(before.occurredAt());
    assertThat(later.after(before, true).occurredAt()).isEqualTo(NINE.plusSeconds(7200));
  }

  private static Feedback feedback(LeadName about, @Nullable String seller) {
    return feedback(about, seller, 4, NINE.plusSeconds(90));
  }

  private static Feedback feedback(
      LeadName about, @Nullable String seller, int rating, Instant at) {
    return new Feedback(
        SAID,
        1,
        about,
        rating,
        List.of("timing"),
        List.of("price"),
        List.of("lost-leads"),
        "call again in spring",
        seller,
        at,
        0);
  }

  private static LeadFeedback fact(UUID passId, @Nullable UUID handoffId, String seller) {
    return new LeadFeedback(
        ADA,
        NINE.plusSeconds(90),
        0,
        SAID,
        1,
        passId,
        handoffId,
        4,
        List.of("timing"),
        List.of("price"),
        List.of("lost-leads"),
        seller);
  }
}
