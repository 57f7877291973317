package baton.reporting.journey;

import baton.contracts.BreachStep;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.Company;
import baton.contracts.ErasureKind;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadErased;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadMerged;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.LeadUnmerged;
import baton.contracts.LeadUpdated;
import baton.contracts.Money;
import baton.contracts.Origin;
import baton.contracts.OutcomeResult;
import baton.contracts.SalesStep;
import baton.contracts.SellerStep;
import baton.contracts.Side;
import baton.contracts.SlaMet;
import baton.infrastructure.telling.Promised;
import baton.infrastructure.telling.Qualified;
import baton.infrastructure.telling.Stepped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plausible and implausible lives of leads, the same for the same seed. */
public final class Lives {
  private static final Instant SPRING = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<String> SOURCES = List.of("google", "linkedin", "webinar", "unknown");
  private static final List<String> COMPANIES = List.of("acme.example", "globex.example", "=cmd()");
  private static final List<String> SELLERS = List.of("grace", "alan");
  private static final List<String> CLAUSES = List.of("decide", "first-attempt", "feedback");
  private static final List<String> REASONS = List.of("timing", "spam", "no-budget");

  private final SplittableRandom random;
  private final UUID lead;
  private final List<Event> events = new ArrayList<>();

  private Lives(SplittableRandom random, UUID lead) {
    this.random = random;
    this.lead = lead;
  }

  /** One lead's events, no two of them contradicting each other. */
  public static List<Event> of(SplittableRandom random) {
    return new Lives(random, id(random)).lived();
  }

  /** As {@link #of}, and some that replace another without saying which was first. */
  public static List<Event> contradicting(SplittableRandom random) {
    var life = new Lives(random, id(random));
    var events = new ArrayList<>(life.lived());
    events.add(life.captured());
    for (var event : List.copyOf(events)) {
      if (event instanceof LeadOutcome outcome && random.nextBoolean()) {
        events.add(life.outcome(outcome.outcomeId(), outcome.revision(), outcome.passId()));
      } else if (event instanceof LeadTouched touched && random.nextBoolean()) {
        events.add(life.touched(touched.touchId()));
      } else if (event instanceof LeadUpdated updated && random.nextBoolean()) {
        events.add(life.updated(updated.revision()));
      }
    }
    return events;
  }

  public static UUID id(SplittableRandom random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** The events in another order, some of them more than once. */
  public static List<Event> retold(List<Event> events, SplittableRandom random) {
    var retold = new ArrayList<>(events);
    for (var event : events) {
      for (int again = random.nextInt(3); again > 0; again--) {
        retold.add(event);
      }
    }
    for (int i = retold.size() - 1; i > 0; i--) {
      java.util.Collections.swap(retold, i, random.nextInt(i + 1));
    }
    return retold;
  }

  private List<Event> lived() {
    if (random.nextInt(20) > 0) {
      events.add(captured());
    }
    for (int touches = random.nextInt(4); touches > 0; touches--) {
      events.add(touched(id(random)));
    }
    for (int revision = random.nextInt(4); revision > 0; revision--) {
      events.add(updated(revision));
    }
    var passes = new ArrayList<UUID>();
    for (int count = random.nextInt(4); count > 0; count--) {
      passes.add(pass());
    }
    for (int count = random.nextInt(3); count > 0; count--) {
      var outcome = id(random);
      var pass = passes.isEmpty() || random.nextBoolean() ? null : pick(passes);
      for (int revision = 1 + random.nextInt(3); revision > 0; revision--) {
        events.add(outcome(outcome, revision, pass));
      }
    }
    if (random.nextInt(3) == 0) {
      events.add(feedback(passes));
      events.add(step());
    }
    for (int count = random.nextInt(3); count > 0; count--) {
      events.add(met(passes));
    }
    for (int count = random.nextInt(3); count > 0; count--) {
      broken(passes);
    }
    if (random.nextInt(15) == 0) {
      var mergeId = id(random);
      var other = id(random);
      events.add(new LeadMerged(lead, moment(), 0, mergeId, lead, other));
      events.add(new LeadUnmerged(lead, moment(), 0, mergeId, lead, other));
    }
    if (random.nextInt(12) == 0) {
      var kind = random.nextInt(3) == 0 ? ErasureKind.RETRACTED : ErasureKind.ERASED;
      events.add(new LeadErased(lead, moment(), 0, kind, id(random)));
    }
    return events;
  }

  private UUID pass() {
    var pass = id(random);
    if (random.nextInt(8) > 0) {
      events.add(qualified(pass));
    }
    for (int handoffs = random.nextInt(3); handoffs > 0; handoffs--) {
      var handoff = id(random);
      int steps = random.nextInt(5);
      for (int revision = 1; revision <= steps; revision++) {
        events.add(handoff(handoff, revision, pass));
      }
    }
    return pass;
  }

  private LeadCaptured captured() {
    return new LeadCaptured(
        lead,
        moment(),
        charter(),
        id(random),
        "form",
        maybe("ebook"),
        maybe(pick(SOURCES)),
        maybe("cpc"),
        pick(List.of("Paid Search", "Direct")),
        maybe("spring-" + random.nextInt(3)),
        null,
        maybe("/pricing"),
        null,
        maybe(pick(List.of("DE", "BR"))),
        Origin.INBOUND,
        maybe("Head of IT"),
        random.nextBoolean() ? random.nextBoolean() : null,
        null,
        random.nextBoolean() ? new Company(pick(COMPANIES), 10, null, null) : null,
        maybe("buyer"),
        maybe("smb"),
        maybe(pick(List.of("A", "B"))),
        attributes(),
        List.of(),
        List.of(),
        random.nextBoolean() ? new BigDecimal("12.50") : null);
  }

  private LeadTouched touched(UUID touch) {
    return new LeadTouched(
        lead,
        moment(),
        charter(),
        touch,
        "visit",
        null,
        maybe(pick(SOURCES)),
        null,
        "Direct",
        null,
        attributes());
  }

  private Map<String, JsonNode> attributes() {
    return random.nextBoolean()
        ? Map.of()
        : Map.of("budget", new IntNode(random.nextInt(3)), "role", new TextNode("buyer"));
  }

  private LeadUpdated updated(long revision) {
    return new LeadUpdated(
        lead,
        moment(),
        charter(),
        revision,
        maybe(pick(SOURCES)),
        null,
        null,
        maybe("FR"),
        maybe("CIO"),
        null,
        null,
        random.nextBoolean() ? null : new Company(null, random.nextInt(500), null, "DE"),
        maybe("owner"),
        null,
        null,
        attributes(),
        List.of(),
        List.of(),
        random.nextBoolean() ? List.of("tier") : List.of());
  }

  private LeadQualified qualified(UUID pass) {
    return Qualified.of(lead, moment(), pass)
        .under(charter())
        .as(maybe("decider"), maybe("C"))
        .priority(1)
        .scored(random.nextBoolean() ? BigDecimal.valueOf(random.nextInt(-100, 1500), 1) : null)
        .told();
  }

  private LeadHandoff handoff(UUID handoff, long revision, UUID pass) {
    var steps = HandoffStep.values();
    return Stepped.of(lead, handoff, pass)
        .under(charter())
        .revision(revision)
        .with(maybe(pick(SELLERS)), maybe("north"))
        .because(maybe(pick(REASONS)))
        .clocks(clocks())
        .to(steps[random.nextInt(steps.length)], moment());
  }

  private LeadOutcome outcome(UUID outcome, long revision, @Nullable UUID pass) {
    var results = OutcomeResult.values();
    return new LeadOutcome(
        lead,
        moment(),
        charter(),
        outcome,
        revision,
        pass,
        random.nextInt(3) == 0 ? OutcomeResult.WON : results[random.nextInt(results.length)],
        random.nextBoolean()
            ? new Money(
                BigDecimal.valueOf(random.nextInt(1, 100_000), 2), pick(List.of("EUR", "BRL")))
            : null,
        random.nextBoolean() ? LocalDate.of(2026, 6, 1) : null,
        maybe(pick(REASONS)),
        maybe(pick(SELLERS)),
        null,
        random.nextInt(5) == 0 ? List.of(id(random), id(random)) : List.of());
  }

  private LeadFeedback feedback(List<UUID> passes) {
    return new LeadFeedback(
        lead,
        moment(),
        charter(),
        id(random),
        1 + random.nextInt(2),
        passes.isEmpty() ? null : pick(passes),
        null,
        1 + random.nextInt(5),
        List.of("timing"),
        List.of("price"),
        List.of(),
        "grace");
  }

  private SalesStep step() {
    return new SalesStep(
        lead, moment(), 0, id(random), 1, SellerStep.CONNECTED, "phone", "grace", null, null);
  }

  private SlaMet met(List<UUID> passes) {
    return new SlaMet(
        lead,
        moment(),
        1,
        id(random),
        pick(CLAUSES),
        Side.SALES,
        maybe(pick(SELLERS)),
        maybe("south"),
        null,
        passes.isEmpty() || random.nextInt(6) == 0 ? null : pick(passes),
        moment(),
        moment(),
        moment(),
        "2026a");
  }

  private void broken(List<UUID> passes) {
    var breach = id(random);
    var clause = pick(CLAUSES);
    var side = random.nextInt(6) == 0 ? Side.MARKETING : Side.SALES;
    var seller = maybe(pick(SELLERS));
    var pass = passes.isEmpty() || random.nextInt(6) == 0 ? null : pick(passes);
    var due = moment();
    var promised =
        Promised.in(clause, side, SPRING, due).under(1).of(lead, null, pass).by(seller, null);
    var steps = BreachStep.values();
    int revisions = 1 + random.nextInt(3);
    for (int revision = 1; revision <= revisions; revision++) {
      events.add(
          promised.broken(
              breach,
              revision,
              revision == 1 ? BreachStep.BREACHED : steps[1 + random.nextInt(steps.length - 1)],
              moment()));
    }
  }

  private List<ClockStep> clocks() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> List.of(new ClockStep(pick(CLAUSES), ClockChange.STARTED, moment()));
      case 2 -> List.of(new ClockStep(pick(CLAUSES), ClockChange.STOPPED, null));
      default -> List.of();
    };
  }

  /** Within two months; now and then two things happen at once. */
  private Instant moment() {
    return random.nextInt(6) == 0
        ? SPRING.plus(Duration.ofDays(random.nextInt(60)))
        : SPRING.plusMillis(random.nextLong(Duration.ofDays(60).toMillis()));
  }

  private int charter() {
    return random.nextInt(3);
  }

  private @Nullable String maybe(String value) {
    return random.nextInt(4) == 0 ? null : value;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
