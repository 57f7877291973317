package baton.local.demo;

import baton.local.client.Refused;
import baton.local.client.Rest;
import baton.local.progress.Pause;
import baton.local.progress.Progress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A minute of the company's present, under its charter. Promises run from now on only: the quarter
 * that was played before has none. Some sellers are prompt, some aren't, and marketing leaves one
 * question of sales unanswered and announces a campaign too late.
 */
public final class Live {
  /** How many are captured. */
  public static final int LEADS = 36;

  private static final Duration BETWEEN_LEADS = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofMillis(250);

  /** The longest promise and what a busy machine adds to it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CONFLICT = 409;
  private static final int BREACHES_SHOWN = 3;
  private static final int LINES_SHOWN = 6;
  private static final String MARKETING = "marketing";
  private static final String NOTICE = "campaign-notice";

  /** What the seller does whose turn it is. */
  private enum Habit {
    PROMPT,
    TAKES_IT_AND_FORGETS,
    SILENT,
    REJECTS_AND_SAYS_WHY,
    REJECTS
  }

  /** Of twelve leads; the next twelve fare the same. */
  private static final List<Habit> HABITS =
      List.of(
          Habit.PROMPT,
          Habit.PROMPT,
          Habit.TAKES_IT_AND_FORGETS,
          Habit.PROMPT,
          Habit.REJECTS_AND_SAYS_WHY,
          Habit.PROMPT,
          Habit.SILENT,
          Habit.PROMPT,
          Habit.PROMPT,
          Habit.REJECTS,
          Habit.PROMPT,
          Habit.PROMPT);

  /** What sales asks marketing for; the last question is the one that nobody answers. */
  private static final List<String> QUESTIONS = List.of("price", "security", "integration-effort");

  private final Rest rest;
  private final PrintStream out;
  private final Instant began;
  private final Map<String, Habit> habits = new HashMap<>();
  private int asked;

  public Live(Rest rest, InstantSource clock, PrintStream out) {
    this.rest = rest;
    this.out = out;
    this.began = clock.instant();
  }

  /** Signs the charter and plays under it; empty where another charter is under way. */
  public Optional<Verdicts> play() {
    var pact = Pact.read();
    var signed = Signing.sign(rest, pact);
    if (signed.isEmpty()) {
      return Optional.empty();
    }
    Sellers.hire(rest);
    out.printf(
        "%nboth sides have signed \"%s\": version %d is in force%n",
        pact.name(), signed.getAsInt());
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      new Launches(rest, out).announceTooLate(began);
      ask(people);
      capture();
      return Optional.of(watch(people, pact, signed.getAsInt()));
    }
  }

  private void capture() {
    var run = Long.toString(began.toEpochMilli(), Character.MAX_RADIX);
    try (var progress = new Progress("live leads", LEADS, out)) {
      for (var number = 0; number < LEADS; number++) {
        var answer = rest.post("lead", "capture", "/leads", lead(run, number));
        habits.put(answer.path("leadId").asText(), HABITS.get(number % HABITS.size()));
        progress.step();
        Pause.of(BETWEEN_LEADS);
      }
    }
  }

  private static ObjectNode lead(String run, int number) {
    var source = Source.ALL.get(number % Source.ALL.size());
    var domain = "%s-%d.example.com".formatted(run, number);
    var body = object();
    body.putObject("contact").put("email", "somebody@" + domain).put("jobTitle", "Head of Sales");
    body.putObject("company").put("domain", domain).put("country", "DE");
    body.putObject("touch").put("kind", number % 2 == 0 ? "demo-request" : "contact-sales");
    return source.name() == null
        ? body
        : body.put("source", source.name()).put("medium", source.medium());
  }

  private void ask(ExecutorService people) {
    for (var question : QUESTIONS) {
      var request =
          rest.post("feedback", "sales", "/content-requests", object().put("objection", question));
      asked++;
      if (asked < QUESTIONS.size()) {
        people.execute(
            () -> {
              Pause.of(Duration.ofSeconds(1));
              rest.patch(
                  "feedback",
                  MARKETING,
                  "/content-requests/" + request.path("requestId").asText(),
                  "\"" + request.path("revision").asLong() + "\"",
                  object().put("state", "delivered").put("reply", "it is on the wiki"));
            });
      }
    }
  }

  /** Has sellers work what they are offered until every promise was kept or broken. */
  private Verdicts watch(ExecutorService people, Pact pact, int version) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var seen = new HashSet<String>();
    var shown = 0;
    try (var progress = new Progress("promises judged", expected(), out)) {
      while (true) {
        var handoffs = handoffs();
        for (var handoff : handoffs) {
          if (handoff.path("state").asText().equals("offered")
              && seen.add(handoff.path("handoffId").asText())) {
            people.execute(() -> work(handoff));
          }
        }
        var verdicts = verdicts(pact, version, handoffs);
        var judged =
            verdicts.clauses().stream().mapToInt(each -> each.kept() + each.broken()).sum();
        progress.step(judged - shown);
        shown = judged;
        if ((handoffs.size() == LEADS && judged >= LEADS && verdicts.areAllIn())
            || System.nanoTime() > deadline) {
          return verdicts;
        }
        Pause.of(LOOK);
      }
    }
  }

  /** Beside notice: a decision on each lead, an attempt at it or feedback on it, and replies. */
  private static int expected() {
    return 2 * LEADS + QUESTIONS.size() + 1;
  }

  private void work(JsonNode handoff) {
    var path = "/handoffs/" + handoff.path("handoffId").asText() + "/";
    switch (habits.getOrDefault(handoff.path("leadId").asText(), Habit.SILENT)) {
      case PROMPT -> {
        act(path + "accept", object());
        Pause.of(Duration.ofSeconds(1));
        act(path + "attempts", object().put("channel", "phone").put("result", "connected"));
      }
      case TAKES_IT_AND_FORGETS -> act(path + "accept", object());
      case REJECTS_AND_SAYS_WHY -> {
        act(path + "reject", object().put("reason", "bad-contact-data"));
        var feedback =
            object().put("handoffId", handoff.path("handoffId").asText()).put("rating", 1);
        feedback.putArray("reasons").add("bad-contact-data");
        rest.post("feedback", "sales", "/feedback", feedback);
      }
      case REJECTS -> act(path + "reject", object().put("reason", "wrong-geography"));
      case SILENT -> {}
    }
  }

  private void act(String path, ObjectNode body) {
    try {
      rest.post("handoff", "sales", path, body);
    } catch (Refused refused) {
      if (refused.status() != CONFLICT) {
        throw refused;
      }
    }
  }

  private List<JsonNode> handoffs() {
    return items("/handoffs?limit=500&since=" + began)
        .filter(handoff -> habits.containsKey(handoff.path("leadId").asText()))
        .toList();
  }

  private Verdicts verdicts(Pact pact, int version, List<JsonNode> handoffs) {
    var states = new LinkedHashMap<String, Map<String, Integer>>();
    for (var handoff : handoffs) {
      for (var clock : handoff.path("clocks")) {
        states
            .computeIfAbsent(clock.path("clauseId").asText(), _ -> new HashMap<>())
            .merge(clock.path("state").asText(), 1, Integer::sum);
      }
    }
    var breaches = breaches(pact);
    var clauses =
        pact.clauses().stream()
            .map(
                clause ->
                    switch (clause.owes()) {
                      case "content-reply" -> replies(clause, breaches);
                      case NOTICE -> notice(clause, breaches);
                      default -> ofClause(clause, states.getOrDefault(clause.id(), Map.of()));
                    })
            .toList();
    return new Verdicts(version, clauses, shown(pact, breaches));
  }

  /** Notice that came too late was due before: the others were due since. */
  private List<JsonNode> breaches(Pact pact) {
    return Stream.concat(
            items("/breaches?limit=500&from=" + began),
            pact.clauses().stream()
                .filter(clause -> clause.owes().equals(NOTICE))
                .flatMap(clause -> items("/breaches?limit=500&clause=" + clause.id())))
        .filter(breach -> !Instant.parse(breach.path("judgedAt").asText()).isBefore(began))
        .distinct()
        .toList();
  }

  /** Of the one campaign that was announced. */
  private static Verdicts.OfClause notice(Pact.Clause clause, List<JsonNode> breaches) {
    var broken = broken(clause, breaches);
    return new Verdicts.OfClause(
        clause.id(), clause.owedBy(), clause.promise(), 0, broken, broken == 0 ? 1 : 0);
  }

  private static int broken(Pact.Clause clause, List<JsonNode> breaches) {
    return (int)
        breaches.stream()
            .filter(breach -> breach.path("clauseId").asText().equals(clause.id()))
            .count();
  }

  private static Verdicts.OfClause ofClause(Pact.Clause clause, Map<String, Integer> states) {
    return new Verdicts.OfClause(
        clause.id(),
        clause.owedBy(),
        clause.promise(),
        states.getOrDefault("met", 0),
        states.getOrDefault("broken", 0),
        states.getOrDefault("running", 0));
  }

  /** The inbox shows no clocks of requests: one that nobody answers is open until it is broken. */
  private Verdicts.OfClause replies(Pact.Clause clause, List<JsonNode> breaches) {
    var broken = broken(clause, breaches);
    return new Verdicts.OfClause(
        clause.id(),
        clause.owedBy(),
        clause.promise(),
        asked - Math.max(1, broken),
        broken,
        broken == 0 ? 1 : 0);
  }

  /** One of each clause, marketing's first. */
  private static List<Verdicts.Shown> shown(Pact pact, List<JsonNode> breaches) {
    var ofClause = new LinkedHashMap<String, JsonNode>();
    breaches.forEach(breach -> ofClause.putIfAbsent(breach.path("clauseId").asText(), breach));
    return pact.clauses().reversed().stream()
        .flatMap(clause -> Stream.ofNullable(ofClause.get(clause.id())))
        .limit(BREACHES_SHOWN)
        .map(Live::shown)
        .toList();
  }

  private static Verdicts.Shown shown(JsonNode breach) {
    var evidence = new ArrayList<String>();
    breach.path("evidence").forEach(line -> evidence.add(line.asText()));
    return new Verdicts.Shown(
        breach.path("breachId").asText(),
        breach.path("clauseId").asText(),
        breach.path("owedBy").asText(),
        breach.path("sellerId").asText(null),
        evidence.subList(0, Math.min(LINES_SHOWN, evidence.size())));
  }

  private Stream<JsonNode> items(String path) {
    var items = new ArrayList<JsonNode>();
    rest.get("handoff", "sales-manager", path).path("items").forEach(items::add);
    return items.stream();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
