package baton.feedback.lead;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.ExternalId;
import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.infrastructure.telling.Stepped;
import baton.infrastructure.telling.Updated;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewsTest {
  private static final UUID ADA = new UUID(7, 1);
  private static final UUID HANDOFF = new UUID(7, 2);
  private static final UUID PASS = new UUID(7, 3);
  private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

  @Test
  void an_update_tells_the_ids_that_other_systems_know_a_lead_by() {
    var crm = new ExternalId("crm", "7");

    var news = News.of(List.of(Updated.of(ADA, NINE).knownAs(crm).told()));

    assertThat(news)
        .isEqualTo(
            new News(
                new TreeMap<>(Map.of(LeadName.lead(ADA), ADA, LeadName.external(crm), ADA)),
                List.of(),
                List.of()));
  }

  @Test
  void the_latest_step_says_who_holds_a_handoff_whatever_came_first() {
    var news = News.of(List.of(step(2, "grace"), step(3, "linus"), step(1, null)));

    assertThat(news.handoffs()).containsExactly(new Handoff(HANDOFF, ADA, PASS, "linus", 3));
    assertThat(news.names()).containsEntry(LeadName.handoff(HANDOFF), ADA);
  }

  private static LeadHandoff step(long revision, @Nullable String seller) {
    return Stepped.of(ADA, HANDOFF, PASS)
        .revision(revision)
        .with(seller)
        .to(HandoffStep.OFFERED, NINE);
  }
}
