package baton.handoff.notification;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.BreachStep;
import baton.contracts.HandoffStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.infrastructure.telling.Stepped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NoticeTest {
  static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  static final UUID LEAD = UUID.fromString("01980f5a-3c00-7000-8000-000000000001");
  static final UUID HANDOFF = UUID.fromString("01980f5a-3c00-7000-8000-000000000002");
  static final UUID PASS = UUID.fromString("01980f5a-3c00-7000-8000-000000000003");
  static final UUID BREACH = UUID.fromString("01980f5a-3c00-7000-8000-000000000004");

  @Test
  void a_step_is_told_by_ids_and_a_link() {
    var step =
        Stepped.of(LEAD, HANDOFF, PASS)
            .under(3)
            .revision(2)
            .with("ada", "dach")
            .because("bad-fit")
            .to(HandoffStep.REJECTED, NINE);

    assertThat(Notice.of(step, 2))
        .isEqualTo(
            new Notice(
                "lead-handoff.rejected",
                NINE,
                2,
                Map.of(
                    "handoffId",
                    HANDOFF,
                    "leadId",
                    LEAD,
                    "passId",
                    PASS,
                    "sellerId",
                    "ada",
                    "team",
                    "dach",
                    "step",
                    "rejected",
                    "revision",
                    2L,
                    "reason",
                    "bad-fit",
                    "charterVersion",
                    3,
                    "links",
                    Map.of("handoff", "/handoffs/" + HANDOFF))));
  }

  @Test
  void a_breach_is_told_without_what_people_wrote_about_it() {
    var breach =
        new SlaBreach(
            null,
            NINE,
            3,
            BREACH,
            2,
            BreachStep.DISPUTED,
            "decide",
            Side.SALES,
            null,
            "dach",
            null,
            null,
            NINE,
            NINE,
            NINE,
            "2026f",
            "Ada was ill",
            List.of("line by line"));

    var notice = Notice.of(breach);

    assertThat(notice.type()).isEqualTo("sla-breach.disputed");
    assertThat(notice.topic()).isEqualTo("sla-breach");
    assertThat(notice.data())
        .containsEntry("clauseId", "decide")
        .containsEntry("owedBy", "sales")
        .containsEntry("links", Map.of("breach", "/breaches/" + BREACH))
        .doesNotContainKeys("reason", "evidence", "leadId", "sellerId");
  }

  @Test
  void every_step_has_a_word_that_can_be_subscribed_to() {
    assertThat(Notice.WORDS)
        .contains("lead-handoff", "lead-handoff.deemed-accepted", "sla-breach.upheld", "sla-met")
        .doesNotHaveDuplicates();
  }
}
