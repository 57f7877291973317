package baton.reporting.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.Event;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Flat;
import baton.reporting.funnel.Funnel;
import baton.reporting.funnel.Funnels;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Questions;
import baton.reporting.funnel.Recount;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.Lives;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = BatonTestResource.class, restrictToAnnotatedClass = true)
class FoldIT {
  private static final Question ALL_TIME =
      new Question(
          Basis.COHORT,
          WhichPasses.ANY,
          null,
          null,
          ZoneOffset.UTC,
          null,
          List.of(),
          null,
          Map.of());
  private static final Duration SOON = Duration.ofSeconds(60);

  /** All that was said on these topics, by every test of this class. */
  private static final List<List<Event>> LIVES = new ArrayList<>();

  @Inject Funnels funnels;
  @Inject Ledger ledger;
  @Inject Pool pool;

  @Test
  void every_answer_equals_a_recount_of_the_leads() throws Exception {
    var random = new SplittableRandom(11);
    live(random, 250);

    counted();

    for (int i = 0; i < 150; i++) {
      var question = Questions.asked(random);
      assertThat(Flat.plain(Flat.of(ask(question))))
          .as(question.toString())
          .isEqualTo(Flat.plain(Recount.of(LIVES, question)));
    }
  }

  @Test
  void what_cannot_be_read_is_parked_and_holds_nobody_up() throws Exception {
    var lead = Lives.of(new SplittableRandom(12));
    try (var said = new Said(Infrastructure.shared().bootstrapServers())) {
      said.mumble(Topic.LEAD_CAPTURED, lead.getFirst().key(), "{".getBytes(StandardCharsets.UTF_8));
      tell(List.of(lead), said, new SplittableRandom(12));
    }

    counted();

    assertThat(
            pool.query(
                    "SELECT FROM parked_record WHERE consumer = 'fold' AND topic = 'lead-captured'")
                .executeAndAwait()
                .size())
        .isPositive();
  }

  @Test
  void a_rebuilt_generation_says_the_same_while_leads_go_on() throws Exception {
    var random = new SplittableRandom(13);
    live(random, 50);
    counted();
    int before = ledger.state().live();

    assertThat(ledger.rebuild(baton.reporting.funnel.Contribution.RULES)).isTrue();
    live(random, 50);

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(ledger.state().live()).isEqualTo(before + 1));
    counted();
    for (int i = 0; i < 30; i++) {
      var question = Questions.asked(random);
      assertThat(Flat.plain(Flat.of(ask(question))))
          .isEqualTo(Flat.plain(Recount.of(LIVES, question)));
    }
  }

  /** So many leads live their lives on the topics, retold out of order. */
  private static void live(SplittableRandom random, int count) throws Exception {
    var lives = new ArrayList<List<Event>>();
    for (int i = 0; i < count; i++) {
      lives.add(Lives.of(random));
    }
    try (var said = new Said(Infrastructure.shared().bootstrapServers())) {
      tell(lives, said, random);
    }
  }

  private static void tell(List<List<Event>> lives, Said said, SplittableRandom random) {
    var all = lives.stream().flatMap(life -> Lives.retold(life, random).stream()).toList();
    Lives.retold(all, random).forEach(said::say);
    said.heard();
    LIVES.addAll(lives);
  }

  private void counted() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Flat.plain(Flat.of(ask(ALL_TIME))))
                    .isEqualTo(Flat.plain(Recount.of(LIVES, ALL_TIME))));
  }

  private Funnel ask(Question question) {
    return funnels.answer(question).await().atMost(SOON);
  }
}
