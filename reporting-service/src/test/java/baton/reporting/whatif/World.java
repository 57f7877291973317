package baton.reporting.whatif;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.charter.Form;
import baton.charter.Read;
import baton.charter.clause.Clock;
import baton.charter.clause.Deed;
import baton.charter.clause.Moves;
import baton.charter.clause.Verdict;
import baton.charter.expression.Facts;
import baton.charter.expression.Touch;
import baton.charter.scoring.Ruling;
import baton.contracts.BreachStep;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.Company;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.Origin;
import baton.contracts.Profile;
import baton.contracts.Side;
import baton.contracts.TouchSeen;
import baton.infrastructure.telling.Captured;
import baton.infrastructure.telling.Promised;
import baton.infrastructure.telling.Stepped;
import baton.infrastructure.telling.Updated;
import baton.reporting.journey.Journey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One lead among services that do what they are there for: it is judged at what it does, offered to
 * a seller a minute later, and promises are judged when they are due. A seller's clocks start some
 * milliseconds after the step that starts them.
 */
final class World {
  static final UUID LEAD = new UUID(0x7000L, 0x8000000000000001L);
  static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  static final Duration NOTHING = Duration.ZERO;
  private static final int VERSION = 1;
  private static final Duration LATE = Duration.ofMillis(7);

  /** What a seller does with the first pass, the second and so on, each so long after the offer. */
  record Manner(@Nullable Duration attempt, @Nullable Duration accept, @Nullable Duration reject) {}

  private final Agreement charter;
  private final Instant now;
  private final List<Manner> manners;
  private final List<Event> events = new ArrayList<>();
  private final List<Touch> touches = new ArrayList<>();
  private Profile profile;
  private long made = 100;
  private long revision = 1;
  private int passes;
  private @Nullable Instant asOf;
  private @Nullable Instant endedAt;
  private boolean open;
  private @Nullable Instant ends;

  private World(Agreement charter, Instant now, List<Manner> manners, Profile profile) {
    this.charter = charter;
    this.now = now;
    this.manners = manners;
    this.profile = profile;
  }

  static Agreement charter(String yaml) {
    return switch (Agreement.read(yaml.getBytes(StandardCharsets.UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new IllegalArgumentException(faults.toString());
    };
  }

  /** The charter as version 1 from the beginning. */
  static Law governing(Agreement charter) {
    var version = new Law.Version(VERSION, charter);
    return new Law() {
      @Override
      public Version at(Instant instant) {
        return version;
      }

      @Override
      public Agreement version(int number) {
        return charter;
      }
    };
  }

  /** A lead is captured with its first touch. */
  static World captured(
      Agreement charter,
      Instant now,
      Instant at,
      String touch,
      @Nullable Integer employees,
      List<Manner> manners) {
    var company = employees == null ? null : new Company("acme.example", employees, null, "DE");
    var profile =
        new Profile(
            "google",
            null,
            "Direct",
            null,
            null,
            "DE",
            Origin.INBOUND,
            null,
            false,
            "acme.example",
            company,
            Map.of());
    var world = new World(charter, now, manners, profile);
    var id = world.id();
    world.events.add(
        Captured.of(LEAD, at)
            .under(VERSION)
            .touch(id)
            .kind(touch)
            .from("google")
            .in("DE")
            .workingAt("acme.example")
            .company(company)
            .told());
    world.touches.add(new Touch(id, touch, at, null, "google", null, "Direct", null, Map.of()));
    world.judge(at);
    return world;
  }

  World touched(Instant at, String kind, Map<String, JsonNode> attributes) {
    var id = id();
    events.add(
        new LeadTouched(LEAD, at, VERSION, id, kind, null, null, null, "Direct", null, attributes));
    touches.add(new Touch(id, kind, at, null, null, null, "Direct", null, attributes));
    judge(at);
    return this;
  }

  World updated(
      Instant at, @Nullable String title, @Nullable Company company, @Nullable String plan) {
    var attributes = new LinkedHashMap<>(profile.attributes());
    if (plan != null) {
      attributes.put("plan", new TextNode(plan));
    }
    profile =
        new Profile(
            profile.source(),
            null,
            "Direct",
            null,
            null,
            "DE",
            Origin.INBOUND,
            title == null ? profile.jobTitle() : title,
            false,
            "acme.example",
            company == null ? profile.company() : company,
            attributes);
    events.add(
        Updated.of(LEAD, at)
            .under(VERSION)
            .revision(++revision)
            .job(title, company)
            .attributes(plan == null ? Map.of() : Map.of("plan", new TextNode(plan)))
            .told());
    judge(at);
    return this;
  }

  List<Event> events() {
    return events;
  }

  /** As it is told, in another order. */
  Journey journey() {
    var journey = Journey.UNTRAVELLED;
    for (var event : events.reversed()) {
      journey = journey.with(event);
    }
    return journey;
  }

  /** A life made at random, the same under every charter. */
  static World lived(Agreement charter, Instant now, long seed) {
    var random = new SplittableRandom(seed);
    var kinds = List.of("webinar", "content-download", "page-view", "demo-request");
    var at = MONDAY.plus(Duration.ofMinutes(random.nextInt(20_000)));
    var manners = new ArrayList<Manner>();
    for (int pass = 0; pass < 4; pass++) {
      manners.add(
          new Manner(
              random.nextInt(4) == 0 ? null : Duration.ofMinutes(random.nextInt(1, 3_000)),
              random.nextInt(3) == 0 ? null : Duration.ofMinutes(random.nextInt(1, 3_000)),
              random.nextBoolean() ? null : Duration.ofMinutes(random.nextInt(1, 6_000))));
    }
    var world =
        captured(
            charter,
            now,
            at,
            kinds.get(random.nextInt(3)),
            random.nextBoolean() ? null : random.nextInt(1, 400),
            manners);
    for (int more = random.nextInt(8); more > 0; more--) {
      at = at.plus(Duration.ofMinutes(random.nextInt(1, 15_000)));
      switch (random.nextInt(5)) {
        case 0 ->
            world.updated(
                at,
                "Head of " + (random.nextBoolean() ? "IT " : "HR ") + more,
                random.nextBoolean() ? null : new Company("acme.example", 250, null, "DE"),
                random.nextBoolean() ? "pro" : null);
        default ->
            world.touched(
                at,
                kinds.get(random.nextInt(random.nextInt(5) == 0 ? 4 : 3)),
                random.nextBoolean() ? Map.of() : Map.of("size", new TextNode("large")));
      }
    }
    return world;
  }

  // ---- judging

  private record Seen(Agreement agreement, Profile profile, List<Touch> touches)
      implements Ruling.Sight {
    @Override
    public Facts asOf(Instant instant, boolean qualified) {
      return Facts.of(
          profile,
          null,
          qualified,
          Set.of("email"),
          touches.stream().filter(touch -> !touch.at().isAfter(instant)).toList());
    }
  }

  private void judge(Instant at) {
    if (open && ends != null && !ends.isAfter(at)) {
      open = false;
      endedAt = ends;
    }
    var ruling =
        Ruling.of(
            new Ruling.Stood(asOf == null ? at : asOf, null, open, endedAt),
            new Ruling.Told(at, null),
            _ -> new Seen(charter, profile, List.copyOf(touches)));
    asOf = ruling.asOf();
    if (ruling.ready() instanceof Ruling.Ready<?> ready) {
      open = true;
      endedAt = null;
      var judgement = ready.judgement();
      var mql =
          new LeadQualified(
              LEAD,
              judgement.at(),
              VERSION,
              id(),
              judgement.readiness().why(),
              judgement.persona().id(),
              null,
              judgement.tier(),
              null,
              judgement.score(),
              judgement.frozen(),
              profile,
              touches.stream()
                  .map(touch -> new TouchSeen(touch.touchId(), touch.kind(), touch.at()))
                  .toList());
      events.add(mql);
      ends = handOver(mql, manners.get(Math.min(passes++, manners.size() - 1)));
    }
  }

  // ---- handing over

  private record Done(HandoffStep step, Instant at, @Nullable String channel) {}

  /** Answers when that pass ended; null if it didn't. */
  private @Nullable Instant handOver(LeadQualified mql, Manner manner) {
    var offered = mql.occurredAt().plusSeconds(60);
    var done = new ArrayList<Done>();
    done.add(new Done(HandoffStep.OFFERED, offered, null));
    add(done, HandoffStep.ATTEMPTED, offered, manner.attempt(), "call");
    add(done, HandoffStep.ACCEPTED, offered, manner.accept(), null);
    if (manner.reject() != null) {
      add(done, HandoffStep.REJECTED, offered, manner.reject(), null);
    }
    done.sort(Comparator.comparing(Done::at));
    var end =
        done.stream()
            .filter(each -> each.step() == HandoffStep.REJECTED)
            .map(Done::at)
            .findFirst()
            .orElse(null);
    done.removeIf(each -> each.at().isAfter(end == null ? now : end));
    var deeds = new ArrayList<Deed>();
    done.forEach(each -> deeds.addAll(Moves.deeds(each.step(), each.at(), each.channel(), true)));
    var clocks = new LinkedHashMap<Done, List<ClockStep>>();
    for (Clause.Timed clause : Moves.promised(charter, Facts.of(mql))) {
      for (var each : done) {
        if (Moves.starts(clause, each.step(), true)) {
          var clock =
              Clock.start(
                  clause,
                  VERSION,
                  charter.calendar(clause.limit().calendar()),
                  each.at().plus(LATE),
                  "it");
          clocks
              .computeIfAbsent(each, _ -> new ArrayList<>())
              .add(new ClockStep(clause.id(), ClockChange.STARTED, clock.due()));
          if (!judge(mql, clock, deeds)) {
            clocks
                .computeIfAbsent(done.getLast(), _ -> new ArrayList<>())
                .add(new ClockStep(clause.id(), ClockChange.STOPPED, null));
          }
          break;
        }
      }
    }
    var handoff = id();
    int step = 0;
    for (var each : done) {
      events.add(
          Stepped.of(LEAD, handoff, mql.passId())
              .under(VERSION)
              .revision(++step)
              .with("grace", "north")
              .because(each.step() == HandoffStep.REJECTED ? "spam" : null)
              .by(each.channel())
              .clocks(clocks.getOrDefault(each, List.of()))
              .to(each.step(), each.at()));
    }
    return end;
  }

  private static void add(
      List<Done> done,
      HandoffStep step,
      Instant offered,
      @Nullable Duration after,
      @Nullable String channel) {
    if (after != null) {
      done.add(new Done(step, offered.plus(after), channel));
    }
  }

  /** False where it came to nothing that could be judged. */
  private boolean judge(LeadQualified mql, Clock clock, List<Deed> deeds) {
    var due = Objects.requireNonNull(clock.due());
    var promised =
        Promised.in(clock.clause().id(), Side.SALES, clock.startedAt(), due)
            .under(VERSION)
            .of(LEAD, null, mql.passId())
            .by("grace", "north");
    var verdict = clock.judged(deeds, now);
    switch (verdict) {
      case Verdict.Met met -> events.add(promised.kept(id(), met.at()));
      case Verdict.Broken _ -> events.add(promised.broken(id(), 1, BreachStep.BREACHED, due));
      case Verdict.Open _, Verdict.NotJudged _ -> {}
    }
    return !(verdict instanceof Verdict.NotJudged);
  }

  private UUID id() {
    return new UUID(0x7000L, 0x8000000000000000L | made++);
  }
}
