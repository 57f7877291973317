package baton.reporting.fold.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.contracts.ErasureKind;
import baton.contracts.Event;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadErased;
import baton.contracts.LeadMerged;
import baton.contracts.LeadUnmerged;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.reporting.attribution.Credits;
import baton.reporting.attribution.Model;
import baton.reporting.attribution.PathData;
import baton.reporting.attribution.Terms;
import baton.reporting.attribution.Whence;
import baton.reporting.fold.Batch;
import baton.reporting.fold.Batch.Move;
import baton.reporting.fold.Ledger;
import baton.reporting.fold.Ledger.Kept.Counted;
import baton.reporting.fold.Ledger.Kept.Overtaken;
import baton.reporting.fold.Said;
import baton.reporting.funnel.Attributions;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Credit;
import baton.reporting.funnel.Flat;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Questions;
import baton.reporting.funnel.Recount;
import baton.reporting.funnel.RecountOfNotes;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Reports;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.Lives;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
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
  private static final Instant NINE = Instant.parse("2026-03-31T09:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(60);

  /** A partition number that no topic has. */
  private static final int NOBODYS = 1000;

  /** All that was said on these topics, by every test of this class. */
  private static final List<List<Event>> LIVES = new ArrayList<>();

  @Inject Reports reports;
  @Inject Attributions attributions;
  @Inject Ledger ledger;
  @Inject Pool pool;
  @Inject FoldSettings settings;
  @Inject FoldMeters meters;
  @Inject InstantSource clock;

  @Test
  void every_answer_equals_a_recount_of_the_leads() throws Exception {
    var random = new SplittableRandom(11);
    live(random, 250);

    counted();

    for (int i = 0; i < 150; i++) {
      same(Questions.asked(random));
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

    assertThat(ledger.rebuild(Contribution.RULES)).isTrue();
    live(random, 50);

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(ledger.state().live()).isEqualTo(before + 1));
    counted();
    for (int i = 0; i < 30; i++) {
      same(Questions.asked(random));
    }
  }

  @Test
  void a_second_instance_comes_and_goes_and_nobody_counts_twice() throws Exception {
    var random = new SplittableRandom(14);
    var second =
        new FoldThreads(
            ledger, settings, clock, meters, Infrastructure.shared().bootstrapServers());

    live(random, 40);
    second.start(new StartupEvent());
    live(random, 40);
    counted();
    live(random, 40);
    second.stop(new ShutdownEvent());
    live(random, 40);

    counted();
    for (int i = 0; i < 30; i++) {
      same(Questions.asked(random));
    }
  }

  @Test
  void leads_of_any_partition_that_are_merged_count_as_one_and_parted_as_many() throws Exception {
    var random = new SplittableRandom(16);
    var apart = new ArrayList<List<Event>>();
    while (apart.size() < 60) {
      var life = Lives.of(random);
      if (life.stream().filter(LeadCaptured.class::isInstance).count() == 1) {
        apart.add(life);
      }
    }
    var together = new ArrayList<List<Event>>();
    var merges = new ArrayList<Event>();
    var partings = new ArrayList<Event>();
    for (int i = 0; i < apart.size(); i += 2) {
      var one = apart.get(i);
      var two = apart.get(i + 1);
      var mergeId = Lives.id(random);
      var survivor = lead(one);
      var absorbed = lead(two);
      for (var lead : List.of(survivor, absorbed)) {
        merges.add(new LeadMerged(lead, NINE, 0, mergeId, survivor, absorbed));
        partings.add(new LeadUnmerged(lead, NINE, 0, mergeId, survivor, absorbed));
      }
      together.add(together(one, two));
    }

    try (var said = new Said(Infrastructure.shared().bootstrapServers())) {
      var all = new ArrayList<>(merges);
      apart.forEach(all::addAll);
      Lives.retold(all, random).forEach(said::say);
      said.heard();
      LIVES.addAll(together);
      counted();
      Lives.retold(partings, random).forEach(said::say);
      said.heard();
    }
    LIVES.removeAll(together);
    LIVES.addAll(apart);

    counted();
    for (int i = 0; i < 30; i++) {
      same(Questions.asked(random));
    }
  }

  /** One life of two: as it began first, and without what was retracted. */
  private static List<Event> together(List<Event> one, List<Event> two) {
    var life = new ArrayList<Event>();
    Stream.of(one, two)
        .filter(
            each ->
                each.stream()
                    .noneMatch(
                        event ->
                            event instanceof LeadErased erased
                                && erased.kind() == ErasureKind.RETRACTED))
        .forEach(life::addAll);
    var first =
        life.stream()
            .filter(LeadCaptured.class::isInstance)
            .min(Comparator.comparing(Event::occurredAt));
    life.removeIf(event -> event instanceof LeadCaptured && !event.equals(first.orElseThrow()));
    return life;
  }

  private static UUID lead(List<Event> life) {
    return UUID.fromString(life.getFirst().key());
  }

  @Test
  void credit_is_what_the_leads_come_to_one_by_one() throws Exception {
    var random = new SplittableRandom(18);
    live(random, 120);

    counted();

    for (int i = 0; i < 60; i++) {
      var question = Credit.asked(Questions.asked(random));
      var terms = Credit.terms(random);
      assertThat(credits(question, terms))
          .as(question + " " + terms)
          .isEqualTo(Credit.of(LIVES, question, terms));
    }
  }

  @Test
  void credit_of_real_journeys_is_what_they_come_to() throws Exception {
    var lives = Credit.lived(PathData.lines(60));
    assumeTrue(!lives.isEmpty(), "the journeys are absent");
    try (var said = new Said(Infrastructure.shared().bootstrapServers())) {
      tell(lives, said, new SplittableRandom(19));
    }

    counted();

    var question = Credit.asked(ALL_TIME);
    for (var model : Model.words()) {
      var terms =
          new Terms(
              Model.named(model, Model.USUAL_HALF_LIFE).orElseThrow(),
              List.of(Whence.Part.CHANNEL),
              null);
      assertThat(credits(question, terms)).isEqualTo(Credit.of(LIVES, question, terms));
    }
  }

  @Test
  void who_counts_on_what_another_has_changed_changes_nothing() {
    var life = Lives.of(new SplittableRandom(15));
    var lead = UUID.fromString(life.getFirst().key());
    int live = ledger.state().live();
    var topics = new TreeMap<>(Map.of(NOBODYS, Set.of("lead-captured", "lead-handoff")));
    try {
      var standing = Objects.requireNonNull(ledger.standing(live, 0, topics).get(NOBODYS));
      long version = standing.version();

      var first = ledger.keep(batch(live, version, "lead-captured", 0, lead, life), Map.of());
      var zombie = ledger.keep(batch(live, version, "lead-handoff", 0, lead, life), Map.of());
      var astray = ledger.keep(batch(live, version + 1, "lead-captured", 0, lead, life), Map.of());
      var dead = ledger.keep(batch(live + 7, version + 1, "lead-handoff", 0, lead, life), Map.of());

      assertThat(first).isInstanceOf(Counted.class);
      assertThat(List.of(zombie, astray, dead)).containsOnly(new Overtaken());
      assertThat(ledger.standing(live, 0, topics).get(NOBODYS))
          .isEqualTo(
              new Ledger.Standing(
                  version + 1, null, Map.of("lead-captured", 5L, "lead-handoff", 0L)));
    } finally {
      for (var table : List.of("cell_%d", "tally_%d", "note_%d", "route_%d")) {
        forget("DELETE FROM " + table.formatted(live % 2) + " WHERE partition = " + NOBODYS);
      }
      forget("DELETE FROM journey_" + live % 2 + " WHERE id = '" + lead + "'");
      forget("DELETE FROM fold_partition WHERE partition = " + NOBODYS);
      forget("DELETE FROM fold_offset WHERE partition = " + NOBODYS);
    }
  }

  private static Batch batch(
      int generation, long version, String topic, long from, UUID lead, List<Event> events) {
    return new Batch(
        generation,
        new TreeMap<>(Map.of(NOBODYS, version)),
        List.of(new Move(topic, NOBODYS, from, from + 5)),
        Map.of(NOBODYS, Map.of(lead, events)),
        List.of(),
        List.of(),
        null);
  }

  private void forget(String statement) {
    pool.query(statement).executeAndAwait();
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
    await().atMost(SOON).untilAsserted(() -> same(ALL_TIME));
  }

  private void same(Question question) {
    assertThat(Flat.plain(Flat.of(ask(question, Flat.NUMBERS))))
        .as(question.toString())
        .isEqualTo(Flat.plain(Recount.of(LIVES, question)));
    RecountOfNotes.of(LIVES, question, true).compare(ask(question, Numbers.noted(Matter.values())));
  }

  private Report ask(Question question, Numbers numbers) {
    return reports.answer(question, numbers).await().atMost(SOON);
  }

  private Credits credits(Question question, Terms terms) {
    return attributions.answer(question, terms).await().atMost(SOON).credits();
  }
}
