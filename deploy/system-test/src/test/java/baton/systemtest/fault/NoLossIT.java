package baton.systemtest.fault;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.systemtest.recount.Credit;
import baton.systemtest.recount.Funnel;
import baton.systemtest.recount.Log;
import baton.systemtest.recount.Promises;
import baton.systemtest.recount.Told;
import baton.systemtest.recount.Verdicts;
import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever is killed while clients work, what they were promised is there, once and in order, and
 * the report says what the topics say.
 */
class NoLossIT {
  private static final int SHORT = 8;
  private static final int LONG = 60;
  private static final int HANDOFFS_OF_LONG = 10_000;
  private static final int CLIENTS = 4;
  private static final int CLIENTS_OF_LONG = 16;
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final Duration PROMPT = Duration.ofSeconds(2);
  private static final Duration AT_THE_LATEST = Duration.ofSeconds(30);

  @Test
  void nothing_acknowledged_is_lost_doubled_or_reordered_whatever_is_killed() throws Exception {
    var seed = seed();
    var kills = kills();
    System.out.printf("seed %d, %d kills: -Dbaton.seed=%d repeats them%n", seed, kills, seed);
    var random = new SplittableRandom(seed);
    try (var live = LiveStack.start("storm");
        var rest = live.rest();
        var ledger = new Ledger(Path.of("target", "ledger.jsonl"));
        var subscriber = Subscriber.to(rest)) {
      hire(rest);
      SignedCharter.inForce(rest);

      var storm = new Storm(live, random.split());
      try (var load = Load.start(rest, ledger, random.split(), clients())) {
        var hits = storm.rage(kills);
        while (load.handedOver() < handoffs()) {
          hits = storm.rage(Target.values().length);
        }
        System.out.printf(
            "hits %s, %d requests answered, %d handoffs%n",
            hits, load.answered(), load.handedOver());
      }

      await()
          .atMost(SETTLED)
          .ignoreExceptionsInstanceOf(SQLException.class)
          .untilAsserted(() -> assertThat(RelayConnections.waiting(live.file())).isZero());
      await()
          .atMost(SETTLED)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> nothingIsLost(ledger, Log.read(live.topics())));
      await()
          .atMost(SETTLED)
          .pollInterval(Duration.ofSeconds(2))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () ->
                  assertThat(reported(rest)).isEqualTo(Funnel.recounted(Log.read(live.topics()))));
      await()
          .atMost(SETTLED)
          .pollInterval(Duration.ofSeconds(2))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> everybodyHeard(rest, ledger, Log.read(live.topics())));
      await()
          .atMost(SETTLED)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(Promises.of(Log.read(live.topics())).faults()).isEmpty());
      everyClockWasJudgedInTime(rest, Promises.of(Log.read(live.topics())), storm.troubles());
      await()
          .atMost(SETTLED)
          .pollInterval(Duration.ofSeconds(1))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> verdictsAreCounted(rest, Promises.of(Log.read(live.topics()))));
      await()
          .atMost(SETTLED)
          .pollInterval(Duration.ofSeconds(1))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> reportsSayWhatTheTopicsSay(rest, Log.read(live.topics())));
      await()
          .atMost(SETTLED)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> everyStepWasDelivered(subscriber, Log.read(live.topics())));
      var log = Log.read(live.topics());
      System.out.printf("%d records, %d of them repeats%n", log.size(), log.repeats());
      assertThat(log.disorder()).isEmpty();
      nothingIsDoubled(ledger, log);
      assertThat(Funnel.ended(funnel(rest))).isEqualTo(Funnel.total(funnel(rest)).captured());
    }
  }

  private static void nothingIsLost(Ledger ledger, Log log) {
    assertThat(ledger.read().stream().filter(Ledger.Entry::acknowledged).count())
        .isGreaterThan(100);
    assertThat(keys(log.on("lead-captured")))
        .containsAll(ledger.acknowledged("capture").map(Ledger.Entry::gave).toList());
    assertThat(texts(log.on("lead-outcome"), "outcomeId"))
        .containsAll(ledger.acknowledged("outcome").map(Ledger.Entry::gave).toList());
    for (var step : Map.of("accept", "accepted", "qualify", "qualified").entrySet()) {
      var published =
          log.on("lead-handoff").stream()
              .filter(told -> step.getValue().equals(told.text("step")))
              .toList();
      assertThat(texts(published, "handoffId"))
          .as(step.getValue())
          .doesNotHaveDuplicates()
          .containsAll(
              ledger.acknowledged(step.getKey()).map(Ledger.Entry::subject).distinct().toList());
    }
  }

  /**
   * What one service said, the others did: every pass was offered, and lead-service knows how far
   * each lead got. Leads with an outcome are left out: whether it met the handoff open is chance.
   */
  private static void everybodyHeard(Rest rest, Ledger ledger, Log log) throws IOException {
    var told = Set.copyOf(keys(log.on("lead-outcome")));
    var passes =
        log.on("lead-qualified").stream().filter(pass -> !told.contains(pass.key())).toList();
    assertThat(texts(log.on("lead-handoff"), "passId"))
        .as("passes with a handoff")
        .containsAll(texts(passes, "passId"));
    var reached = new HashMap<String, String>();
    for (var step : log.on("lead-handoff")) {
      if (!told.contains(step.key())) {
        switch (String.valueOf(step.text("step"))) {
          case "offered" -> reached.putIfAbsent(step.key(), "mql");
          case "accepted", "deemed-accepted" -> reached.put(step.key(), "sal");
          case "qualified" -> reached.put(step.key(), "sql");
          default -> {}
        }
      }
    }
    var kept = stages(rest);
    assertThat(kept.keySet())
        .as("acknowledged leads that lead-service still has")
        .containsAll(ledger.acknowledged("capture").map(Ledger.Entry::gave).toList());
    assertThat(kept).as("stages").containsAllEntriesOf(reached);
  }

  /** At least once, each under one id, by which who hears it again knows it. */
  private static void everyStepWasDelivered(Subscriber subscriber, Log log) {
    var heard = subscriber.heard();
    assertThat(heard.keySet())
        .containsAll(
            log.on("lead-handoff").stream()
                .map(
                    told ->
                        Subscriber.step(
                            String.valueOf(told.text("handoffId")),
                            String.valueOf(told.text("revision"))))
                .toList());
    assertThat(heard).allSatisfy((_, ids) -> assertThat(ids).hasSize(1));
  }

  /** As lead-service says them. */
  private static Map<String, String> stages(Rest rest) throws IOException {
    var stages = new HashMap<String, String>();
    var next = "";
    do {
      var reply = rest.get("lead", "marketing", "/leads?limit=500" + next);
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      for (var item : (List<?>) reply.body().getOrDefault("items", List.of())) {
        var lead = (Map<?, ?>) item;
        stages.put(String.valueOf(lead.get("leadId")), String.valueOf(lead.get("stage")));
      }
      next = reply.body().get("next") == null ? "" : "&cursor=" + reply.said("next");
    } while (!next.isEmpty());
    return stages;
  }

  /** Late is what was judged later than when it was due, or than when all was ready again. */
  private static void everyClockWasJudgedInTime(Rest rest, Promises promises, Troubles troubles)
      throws IOException {
    var states = SignedCharter.states(rest);
    states.replaceAll(
        (what, state) -> promises.excused(what) && !state.equals("broken") ? "excused" : state);
    assertThat(states).isEqualTo(promises.states());
    var undisturbed =
        promises.breaches().stream()
            .filter(breach -> troubles.spare(breach.due(), PROMPT))
            .map(Promises.Breach::late)
            .sorted()
            .toList();
    System.out.printf(
        "%d promises kept, %d broken, %d of them while nothing was down: late by %s at most%n",
        promises.met(),
        promises.breaches().size(),
        undisturbed.size(),
        undisturbed.isEmpty() ? "-" : undisturbed.getLast());
    assertThat(promises.breaches()).as("breaches, enough to tell").hasSizeGreaterThan(50);
    assertThat(promises.met()).as("kept promises").isPositive();
    assertThat(undisturbed).isNotEmpty();
    assertThat(undisturbed.get(undisturbed.size() * 99 / 100)).isLessThanOrEqualTo(PROMPT);
    assertThat(promises.breaches())
        .allSatisfy(
            breach ->
                assertThat(breach.judged())
                    .isBefore(troubles.judgeableFrom(breach.due(), PROMPT).plus(AT_THE_LATEST)));
  }

  /** By who judges, and by who reports. */
  private static void verdictsAreCounted(Rest rest, Promises promises) throws IOException {
    for (var service : List.of("handoff", "reporting")) {
      var metrics = rest.get(service, "admin", "/metrics").text();
      assertThat(metrics)
          .as(service)
          .contains(
              "baton_verdicts{owed_by=\"sales\",verdict=\"met\"} %d.0\n".formatted(promises.met()))
          .contains(
              "baton_verdicts{owed_by=\"sales\",verdict=\"broken\"} %d.0\n"
                  .formatted(promises.breaches().size()));
    }
  }

  /** Clause by clause, and source by source. */
  private static void reportsSayWhatTheTopicsSay(Rest rest, Log log) throws IOException {
    assertThat(Verdicts.reported(report(rest, "/sla"))).isEqualTo(Verdicts.recounted(log));
    for (var model : List.of("first", "last", "linear")) {
      var credits = Credit.recounted(log, model);
      assertThat(credits).as(model).isNotEmpty();
      assertThat(Credit.reported(report(rest, "/attribution?by=source&model=" + model)))
          .as(model)
          .isEqualTo(credits);
    }
  }

  private static void nothingIsDoubled(Ledger ledger, Log log) {
    assertThat(keys(log.on("lead-captured"))).doesNotHaveDuplicates();
    assertThat(revisions(log.on("lead-outcome"), "outcomeId")).doesNotHaveDuplicates();
    assertThat(revisions(log.on("lead-handoff"), "handoffId")).doesNotHaveDuplicates();
    assertThat(texts(log.on("lead-qualified"), "passId")).doesNotHaveDuplicates();
    var leadsOfPerson =
        log.on("lead-contact").stream()
            .collect(
                groupingBy(
                    told -> String.valueOf(told.text("email")), mapping(Told::key, toSet())));
    assertThat(leadsOfPerson).allSatisfy((_, leads) -> assertThat(leads).hasSize(1));
    var intended =
        ledger.read().stream()
            .filter(entry -> entry.act().equals("capture"))
            .map(Ledger.Entry::subject)
            .collect(toSet());
    assertThat(intended).containsAll(leadsOfPerson.keySet());
    var answers =
        ledger
            .acknowledged("capture")
            .collect(groupingBy(Ledger.Entry::subject, mapping(Ledger.Entry::gave, toSet())));
    assertThat(answers).allSatisfy((_, leads) -> assertThat(leads).hasSize(1));
    assertThat(ledger.read().stream().filter(NoLossIT::wronglyRefused).toList()).isEmpty();
  }

  /** A handoff may have been answered by another client a moment before. */
  private static boolean wronglyRefused(Ledger.Entry entry) {
    return entry.refused() && entry.status() != 409;
  }

  private static void hire(Rest rest) throws IOException {
    for (var seller : List.of("ada", "grace", "linus")) {
      var reply =
          rest.put("handoff", "sales-manager", "/sellers/" + seller, Map.of("name", seller));
      assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }
  }

  private static Map<String, Funnel> reported(Rest rest) throws IOException {
    return Funnel.reported(funnel(rest));
  }

  private static Map<String, Object> funnel(Rest rest) throws IOException {
    return report(rest, "/funnel?by=source");
  }

  private static Map<String, Object> report(Rest rest, String path) throws IOException {
    var reply = rest.get("reporting", "report", path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.body();
  }

  private static List<String> keys(List<Told> records) {
    return records.stream().map(Told::key).toList();
  }

  /** A fact may be corrected: the same id again, in a revision of its own. */
  private static List<String> revisions(List<Told> records, String id) {
    return records.stream().map(told -> told.text(id) + " " + told.text("revision")).toList();
  }

  private static List<String> texts(List<Told> records, String field) {
    return records.stream().map(told -> String.valueOf(told.text(field))).toList();
  }

  private static long seed() {
    var given = System.getProperty("baton.seed", "");
    return given.isBlank() ? System.nanoTime() : Long.parseLong(given);
  }

  private static int handoffs() {
    return Boolean.getBoolean("baton.soak") ? HANDOFFS_OF_LONG : 0;
  }

  private static int clients() {
    return Boolean.getBoolean("baton.soak") ? CLIENTS_OF_LONG : CLIENTS;
  }

  private static int kills() {
    var given = System.getProperty("baton.kills", "");
    if (!given.isBlank()) {
      return Integer.parseInt(given);
    }
    return Boolean.getBoolean("baton.soak") ? LONG : SHORT;
  }
}
