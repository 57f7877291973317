package baton.local.demo;

import baton.contracts.Vocabulary;
import baton.local.demo.Chase.End;
import baton.local.demo.Chase.Step;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A company that sells software to other companies. The same seed tells the same stories, each lead
 * for itself, so that more leads don't change the first ones.
 */
public record Company(long seed, int leads, Quarter quarter, Instant now) {
  /** Whose lead ids the demo's external ids are. */
  static final String SYSTEM = "crm";

  private static final List<String> FIRST =
      List.of(
          "Anna", "Ben", "Clara", "David", "Elena", "Felix", "Greta", "Hannes", "Ida", "Jonas",
          "Katrin", "Lukas", "Marta", "Nils", "Olga", "Paul", "Quirin", "Rosa", "Simon", "Tara");
  private static final List<String> LAST =
      List.of(
          "Albers", "Becker", "Conti", "Dietz", "Ekström", "Fischer", "Garcia", "Hofer", "Ivanova",
          "Jansen", "Keller", "Lopez", "Moreau", "Novak", "Ott", "Peeters", "Richter", "Schmid",
          "Tanaka", "Weber");
  private static final List<String> TRADES =
      List.of("logistics", "machinery", "retail", "software", "energy", "chemicals");
  private static final List<String> COUNTRIES = List.of("DE", "DE", "DE", "AT", "CH", "NL", "FR");
  private static final List<String> TITLES =
      List.of(
          "Head of Sales", "Marketing Manager", "Managing Director", "RevOps Lead", "CRM Admin");
  private static final List<String> PAGES =
      List.of("/", "/pricing", "/handoff", "/customers", "/webinars/handoff-clinic");
  private static final List<String> TOUCHES =
      List.of("page-view", "email-click", "content-download", "webinar-attended");
  private static final List<String> HANDS = List.copyOf(new TreeSet<>(Vocabulary.HAND_RAISING));
  private static final double REPEATED = 0.08;

  Stream<Story> stories() {
    return IntStream.range(0, leads).mapToObj(this::story);
  }

  private Story story(int number) {
    var random = new SplittableRandom(seed * 1_000_003 + number).split();
    var source = source(random);
    var id = "L%06d".formatted(number);
    var at = momentIn(random);
    var capture = capture(random, source, id, number, at);
    var raisesHand = random.nextDouble() < source.ready();
    var touches = new ArrayList<ObjectNode>();
    var last = at;
    for (var i = geometric(random, raisesHand ? 0.6 : 0.35); i > 0; i--) {
      last = after(last, random, Duration.ofDays(4));
      if (last.isBefore(now)) {
        touches.add(touch(id, pick(TOUCHES, random), "T%s-%d".formatted(id, i), last));
      }
    }
    var repeats = new ArrayList<ObjectNode>();
    if (random.nextDouble() < REPEATED) {
      var again = after(at, random, Duration.ofDays(12));
      if (again.isBefore(now)) {
        repeats.add(repeat(capture, again, random));
      }
    }
    var ready = raisesHand ? raiseHand(random, id, capture, touches, last) : null;
    if (ready == null) {
      return new Story(id, capture, repeats, touches, null, null);
    }
    var chase = chase(random, source, id, 1, ready);
    return new Story(
        id, capture, repeats, touches, chase, comeback(random, source, id, chase, ready));
  }

  /** The lead becomes an MQL by its tool's word, by the form it came with, or by a later touch. */
  private @Nullable Instant raiseHand(
      RandomGenerator random,
      String id,
      ObjectNode capture,
      List<ObjectNode> touches,
      Instant last) {
    var how = random.nextDouble();
    var captured = Instant.parse(capture.path("occurredAt").asText());
    if (how < 0.2) {
      capture.put("qualified", true).put("qualifiedAt", captured.toString());
      return captured;
    }
    if (how < 0.45) {
      capture.withObjectProperty("touch").put("kind", pick(HANDS, random));
      return captured;
    }
    var at = after(last, random, Duration.ofDays(3));
    if (!at.isBefore(now)) {
      return null;
    }
    touches.add(touch(id, pick(HANDS, random), "T" + id + "-hand", at));
    return at;
  }

  private ObjectNode capture(
      RandomGenerator random, Source source, String id, int number, Instant at) {
    var first = pick(FIRST, random);
    var last = pick(LAST, random);
    var trade = pick(TRADES, random);
    var founder = pick(LAST, random);
    var domain = "%s-%s-%d.example.com".formatted(ascii(founder), trade, random.nextInt(1, 40));
    var body = object();
    var contact =
        body.putObject("contact")
            .put("email", "%s.%s.%d@%s".formatted(ascii(first), ascii(last), number, domain))
            .put("firstName", first)
            .put("lastName", last)
            .put("jobTitle", pick(TITLES, random));
    if (random.nextInt(3) == 0) {
      contact.put("phone", "+49 151 %08d".formatted(20_000_000 + number));
    }
    body.putObject("company")
        .put("name", founder + " " + trade)
        .put("domain", domain)
        .put("employees", (int) Math.round(Math.exp(4.2 + 1.3 * random.nextGaussian())) + 1)
        .put("industry", trade)
        .put("country", pick(COUNTRIES, random));
    if (source.name() != null) {
      body.put("source", source.name()).put("medium", source.medium());
    }
    if (!source.campaigns().isEmpty()) {
      var campaign = pick(source.campaigns(), random);
      body.put("campaign", campaign);
      body.putObject("utm")
          .put("source", source.name())
          .put("medium", source.medium())
          .put("campaign", campaign);
    }
    body.put("landingPage", "https://www.example.com" + pick(PAGES, random));
    body.put("form", random.nextInt(3) == 0 ? "newsletter" : "contact");
    body.putArray("externalIds").addObject().put("system", SYSTEM).put("id", id);
    return body.put("occurredAt", at.toString());
  }

  private static ObjectNode repeat(ObjectNode capture, Instant at, RandomGenerator random) {
    var body = object();
    body.putObject("contact").put("email", capture.path("contact").path("email").asText());
    body.putObject("touch").put("kind", pick(TOUCHES, random));
    return body.put("source", "newsletter")
        .put("medium", "email")
        .put("form", "whitepaper")
        .put("occurredAt", at.toString());
  }

  private static ObjectNode touch(String lead, String kind, String id, Instant at) {
    var body = object();
    body.putObject("leadExternalId").put("system", SYSTEM).put("id", lead);
    return body.put("kind", kind).put("externalId", id).put("occurredAt", at.toString());
  }

  private Story.@Nullable Comeback comeback(
      RandomGenerator random, Source source, String id, Chase chase, Instant ready) {
    if (chase.end() != End.RETURNED || random.nextDouble() > 0.3) {
      return null;
    }
    var at = after(ready.plus(30, ChronoUnit.DAYS), random, Duration.ofDays(7));
    return at.isBefore(now)
        ? new Story.Comeback(
            touch(id, "contact-sales", "T" + id + "-again", at), chase(random, source, id, 2, at))
        : null;
  }

  private Chase chase(RandomGenerator random, Source source, String id, int pass, Instant ready) {
    var steps = new ArrayList<Step>();
    var outcomes = new ArrayList<ObjectNode>();
    var vocabulary = Vocabulary.DEFAULT;
    var luck = random.nextDouble();
    var at = after(ready, random, Duration.ofHours(7));
    if (luck < 0.06 || !at.isBefore(now)) {
      return new Chase(steps, outcomes, null, End.UNTOUCHED);
    }
    if (luck < 0.06 + 0.13 / source.fit()) {
      var reason = pick(vocabulary.rejectionReasons(), random);
      steps.add(step("reject", at).with("reason", reason));
      return new Chase(steps, outcomes, feedback(random, 1, reason, null), End.REJECTED);
    }
    if (random.nextInt(3) > 0) {
      steps.add(step("accept", at));
    }
    var connected = false;
    for (var i = 0; i < 4 && !connected; i++) {
      at = after(at, random, Duration.ofHours(20));
      connected = random.nextDouble() < 0.5;
      if (at.isBefore(now)) {
        steps.add(
            step("attempts", at)
                .with("channel", random.nextInt(3) == 0 ? "email" : "phone")
                .with("result", connected ? "connected" : "no-answer"));
      }
    }
    at = after(at, random, Duration.ofDays(2));
    var end = random.nextDouble();
    if (!at.isBefore(now) || end < 0.08) {
      return new Chase(steps, outcomes, null, End.WORKED);
    }
    if (!connected || end < 0.35) {
      var reason = connected ? pick(vocabulary.returnReasons(), random) : "unresponsive";
      steps.add(step("return", at).with("reason", reason));
      return new Chase(steps, outcomes, feedback(random, 2, null, "timing"), End.RETURNED);
    }
    var qualify = step("qualify", at);
    qualify.body().putObject("facts").put("budget", random.nextBoolean() ? "yes" : "asked for");
    steps.add(qualify);
    return deal(random, source, id, pass, at, steps);
  }

  private Chase deal(
      RandomGenerator random, Source source, String id, int pass, Instant sql, List<Step> steps) {
    var outcomes = new ArrayList<ObjectNode>();
    var objection = pick(Vocabulary.DEFAULT.objections(), random);
    var opened = after(sql, random, Duration.ofDays(3));
    if (random.nextDouble() < 0.12 || !opened.isBefore(now)) {
      return new Chase(steps, outcomes, null, End.QUALIFIED);
    }
    var amount = Math.round(Math.exp(9 + 0.7 * random.nextGaussian()));
    var deal = "D" + id + "-" + pass;
    var close = opened.plus(35, ChronoUnit.DAYS).atZone(ZoneOffset.UTC).toLocalDate();
    outcomes.add(
        money(outcome(id, deal, "opportunity", opened), amount)
            .put("expectedClose", close.toString()));
    var closed = after(opened.plus(5, ChronoUnit.DAYS), random, Duration.ofDays(20));
    var luck = random.nextDouble();
    if (!closed.isBefore(now) || luck > 0.85) {
      return new Chase(steps, outcomes, feedback(random, 4, null, objection), End.OPPORTUNITY);
    }
    if (luck < 0.32 * source.fit()) {
      outcomes.add(money(outcome(id, deal, "won", closed), amount));
      return new Chase(steps, outcomes, feedback(random, 5, null, null), End.WON);
    }
    outcomes.add(
        outcome(id, deal, "lost", closed)
            .put("reason", pick(Vocabulary.DEFAULT.lossReasons(), random)));
    return new Chase(steps, outcomes, feedback(random, 3, null, objection), End.LOST);
  }

  private static ObjectNode outcome(String lead, String deal, String result, Instant at) {
    var body = object();
    body.putObject("leadExternalId").put("system", SYSTEM).put("id", lead);
    body.putObject("externalId").put("system", SYSTEM + "-deal").put("id", deal + "-" + result);
    return body.put("result", result).put("occurredAt", at.toString());
  }

  private static ObjectNode money(ObjectNode outcome, long amount) {
    outcome.putObject("amount").put("amount", amount + ".00").put("currency", "EUR");
    return outcome;
  }

  private static @Nullable ObjectNode feedback(
      RandomGenerator random, int rating, @Nullable String reason, @Nullable String objection) {
    if (random.nextDouble() > 0.7) {
      return null;
    }
    var body = object().put("rating", Math.clamp(rating + random.nextInt(-1, 2), 1, 5));
    if (reason != null) {
      body.putArray("reasons").add(reason);
    }
    if (objection != null) {
      body.putArray("objections").add(objection);
    }
    return body;
  }

  private Instant momentIn(RandomGenerator random) {
    while (true) {
      var day = quarter.from().plusDays(random.nextInt((int) quarter.days()));
      var weekend =
          day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
      if (!weekend || random.nextInt(4) == 0) {
        var minute = Math.clamp(Math.round(13 * 60 + 200 * random.nextGaussian()), 0, 24 * 60 - 1);
        return day.atStartOfDay(ZoneOffset.UTC)
            .plusMinutes(minute)
            .plusSeconds(random.nextInt(60))
            .toInstant();
      }
    }
  }

  private static Instant after(Instant at, RandomGenerator random, Duration mean) {
    var wait = -Math.log(1 - random.nextDouble()) * mean.toSeconds();
    return at.plusSeconds(60 + Math.round(wait));
  }

  private static int geometric(RandomGenerator random, double more) {
    var count = 0;
    while (count < 8 && random.nextDouble() < more) {
      count++;
    }
    return count;
  }

  private static Source source(RandomGenerator random) {
    var at = random.nextInt(100);
    for (var source : Source.ALL) {
      at -= source.share();
      if (at < 0) {
        return source;
      }
    }
    throw new IllegalStateException("the shares don't sum to 100");
  }

  private static <T> T pick(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }

  private static String ascii(String name) {
    return name.toLowerCase(Locale.ROOT).replace("ö", "oe");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Step step(String action, Instant at) {
    return new Step(action, object().put("occurredAt", at.toString()));
  }
}
