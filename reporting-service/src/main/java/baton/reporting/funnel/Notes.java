package baton.reporting.funnel;

import baton.contracts.ClockChange;
import baton.contracts.OutcomeResult;
import baton.contracts.Side;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Part.Tallied;
import baton.reporting.journey.Fact.Became;
import baton.reporting.journey.Fact.Broken;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Handed;
import baton.reporting.journey.Fact.Kept;
import baton.reporting.journey.Fact.Qualified;
import baton.reporting.journey.Fact.Rated;
import baton.reporting.journey.Fact.Touched;
import baton.reporting.journey.Handling;
import baton.reporting.journey.Holder;
import baton.reporting.journey.How;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Pass;
import baton.reporting.journey.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What there is to note about one lead: how its passes went, what was promised for it, its deals.
 *
 * <p>{@code ANY} is the first pass that got there, else the first; where passes aren't told apart,
 * each counts.
 */
final class Notes {
  /** What a promise can be kept by, late. */
  private record Deed(String word, @Nullable Instant at) {}

  /** What is to be noted of one pass. */
  private record OfPass(List<String> terms, Instant at, int charter, boolean gotThere) {}

  private final Journey journey;
  private final List<Pass> passes;
  private final @Nullable String tier;
  private final Reached entry;
  private final int cohort;
  private final ObjIntConsumer<Part> into;
  private final List<Broken> breaches;

  private Notes(
      Journey journey,
      List<Pass> passes,
      Dimensions dimensions,
      Reached entry,
      ObjIntConsumer<Part> into) {
    this.journey = journey;
    this.passes = passes;
    this.tier = dimensions.get(Dimension.TIER);
    this.entry = entry;
    this.cohort = Quarter.of(entry.at());
    this.into = into;
    this.breaches = journey.breaches();
  }

  /** Adds what there is to note, each part with its weight. */
  static void add(
      Journey journey,
      List<Pass> passes,
      Dimensions dimensions,
      Reached entry,
      ObjIntConsumer<Part> into) {
    new Notes(journey, passes, dimensions, entry, into).add();
  }

  private void add() {
    var going = new ArrayList<@Nullable OfPass>();
    var decisions = new ArrayList<@Nullable OfPass>();
    var ends = new ArrayList<@Nullable OfPass>();
    for (var pass : passes) {
      var handling = journey.handling(pass);
      going.add(going(pass, handling));
      decisions.add(decision(pass, handling));
      ends.add(end(pass));
    }
    spread(Matter.PASS, going);
    spread(Matter.DECISION, decisions);
    spread(Matter.END, ends);
    for (var fact : journey.facts()) {
      switch (fact) {
        case Rated rated -> rating(rated);
        case Kept kept ->
            note(
                Matter.PROMISE,
                List.of(Term.of(kept.clause(), kept.owedBy().word(), "met")),
                kept.due(),
                kept.charter(),
                new Holder(kept.seller(), kept.team()));
        case Became became -> deal(became);
        default -> {}
      }
    }
    breaches.forEach(this::broken);
    openPromises();
  }

  // ---- passes

  private void spread(Matter matter, List<@Nullable OfPass> ofPasses) {
    var there = ofPasses.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    if (there.isEmpty()) {
      return;
    }
    var any = there.stream().filter(OfPass::gotThere).findFirst().orElse(there.getFirst());
    note(WhichPasses.ANY, matter, any, 1);
    if (passes.size() > 1) {
      var first = ofPasses.getFirst();
      if (first != null) {
        note(WhichPasses.FIRST, matter, first, 1);
      }
      note(WhichPasses.FIRST, matter, any, -1);
      there.forEach(each -> note(WhichPasses.ALL, matter, each, 1));
      note(WhichPasses.ALL, matter, any, -1);
    }
  }

  private @Nullable OfPass going(Pass pass, Handling handling) {
    var terms = new TreeSet<String>();
    var qualified = journey.qualified(pass);
    if (qualified != null) {
      asked(terms, qualified, handling);
      var outcome = pass.end() == null ? "open" : pass.end().ending().word();
      terms.add(Term.of("band", band(qualified), outcome, isSql(pass) ? "sql" : ""));
      terms.add(Term.of("number", pass.number() > 1 ? "again" : "first", isSql(pass) ? "sql" : ""));
    }
    if (handling.offered() != null) {
      offered(terms, pass, handling);
    }
    between(terms, Pace.CAPTURED_TO_MQL, entry, pass.mql());
    between(terms, Pace.MQL_TO_SAL, pass.mql(), pass.sal());
    between(terms, Pace.SAL_TO_SQL, pass.sal(), pass.sql());
    between(terms, Pace.SQL_TO_WON, pass.sql(), pass.won());
    between(terms, Pace.CAPTURED_TO_WON, entry, pass.won());
    return terms.isEmpty()
        ? null
        : new OfPass(
            List.copyOf(terms),
            pass.mql().at(),
            pass.mql().charter(),
            handling.attempted() != null);
  }

  private static boolean isSql(Pass pass) {
    var sql = pass.sql();
    return sql != null && sql.how() == How.EXPLICIT;
  }

  /** The lead's view: it asked, and waits. */
  private void asked(TreeSet<String> terms, Qualified qualified, Handling handling) {
    took(terms, Pace.SPEED_ON_THE_WALL, touchThatQualified(qualified), handling.attempted());
    var offered = handling.offered();
    if (offered != null) {
      took(terms, Pace.ASSIGNMENT, qualified.at(), offered);
    }
  }

  private void offered(TreeSet<String> terms, Pass pass, Handling handling) {
    var offered = Objects.requireNonNull(handling.offered());
    var attempted = handling.attempted();
    took(terms, Pace.FIRST_ATTEMPT, offered.at(), attempted);
    took(terms, Pace.CONTACT, offered.at(), handling.connected());
    took(terms, Pace.DECISION, offered.at(), handling.decided());
    var start = offered.worked();
    if (start != null) {
      var end = attempted == null ? null : attempted.worked();
      var worked = end == null ? null : end.since(start);
      if (attempted == null || worked != null) {
        terms.add(Term.of(Pace.SPEED_IN_WORKING_TIME.word(), Durations.bucket(worked)));
      }
    }
    terms.add(Term.of("hops", Integer.toString(handling.hops())));
    answered(terms, pass, handling);
  }

  /** Whether sales answered, in time or late, what that came to, and whether it never did. */
  private void answered(TreeSet<String> terms, Pass pass, Handling handling) {
    var broken =
        breaches.stream()
            .filter(breach -> breach.owedBy() == Side.SALES && !breach.excused())
            .filter(breach -> Objects.equals(pass.id(), breach.passId()))
            .map(Broken::due)
            .toList();
    var answered = handling.answered();
    if (answered == null) {
      if (!broken.isEmpty()) {
        terms.add(Term.of("ignored"));
      }
      return;
    }
    boolean late = broken.stream().anyMatch(due -> due.isBefore(answered.at()));
    if (late || isPromised(pass)) {
      terms.add(
          Term.of("answered", tier, late ? "late" : "in-time", pass.won() == null ? "" : "won"));
    }
  }

  private boolean isPromised(Pass pass) {
    for (var fact : journey.facts()) {
      boolean promise =
          switch (fact) {
            case Handed handed ->
                handed.passId().equals(pass.id())
                    && handed.clocks().stream()
                        .anyMatch(clock -> clock.change() == ClockChange.STARTED);
            case Kept kept ->
                kept.owedBy() == Side.SALES && Objects.equals(pass.id(), kept.passId());
            case Broken broken ->
                broken.owedBy() == Side.SALES && Objects.equals(pass.id(), broken.passId());
            default -> false;
          };
      if (promise) {
        return true;
      }
    }
    return false;
  }

  /** The latest one until then; a tool that qualified the lead itself may know of none. */
  private Instant touchThatQualified(Qualified qualified) {
    Instant latest = null;
    for (var fact : journey.facts()) {
      if ((fact instanceof Captured || fact instanceof Touched)
          && !fact.at().isAfter(qualified.at())
          && (latest == null || fact.at().isAfter(latest))) {
        latest = fact.at();
      }
    }
    return latest == null ? qualified.at() : latest;
  }

  /** Tens of points: {@code 60} holds from 60 to under 70. */
  private static @Nullable String band(Qualified qualified) {
    var score = qualified.score();
    return score == null
        ? null
        : Long.toString(Math.floorDiv((long) Math.floor(score.doubleValue()), 10L) * 10);
  }

  private static void took(TreeSet<String> terms, Pace pace, Instant start, @Nullable Handed end) {
    terms.add(
        Term.of(
            pace.word(), Durations.bucket(end == null ? null : Duration.between(start, end.at()))));
  }

  private static void between(
      TreeSet<String> terms, Pace pace, @Nullable Reached start, @Nullable Reached end) {
    if (start != null && end != null && start.how() != How.INFERRED && end.how() != How.INFERRED) {
      terms.add(Term.of(pace.word(), Durations.bucket(Duration.between(start.at(), end.at()))));
    }
  }

  /** How the offer of a pass that marketing qualified was answered. */
  private @Nullable OfPass decision(Pass pass, Handling handling) {
    if (pass.mql().how() != How.EXPLICIT) {
      return null;
    }
    var decided = handling.decided();
    var sal = pass.sal();
    if (decided != null) {
      var term =
          switch (decided.step()) {
            case REJECTED -> Term.of("rejected", decided.reason());
            default -> Term.of("accepted");
          };
      return new OfPass(List.of(term), decided.at(), decided.charter(), true);
    }
    return sal != null && sal.how() == How.DEEMED
        ? new OfPass(List.of(Term.of("deemed")), sal.at(), sal.charter(), false)
        : new OfPass(List.of(Term.of("open")), pass.mql().at(), pass.mql().charter(), false);
  }

  private static @Nullable OfPass end(Pass pass) {
    var end = pass.end();
    return end == null
        ? null
        : new OfPass(List.of(Term.of(end.ending().word())), end.at(), end.charter(), true);
  }

  // ---- what sales thinks

  private void rating(Rated rated) {
    var terms = new TreeSet<String>();
    if (rated.rating() != null) {
      terms.add(Term.of("rating", Integer.toString(rated.rating())));
    }
    rated.reasons().forEach(reason -> terms.add(Term.of("reason", reason)));
    if (!terms.isEmpty()) {
      note(Matter.RATING, List.copyOf(terms), rated.at(), rated.charter(), null);
    }
  }

  // ---- promises

  private void broken(Broken breach) {
    var terms = new TreeSet<String>();
    var owedBy = breach.owedBy().word();
    terms.add(Term.of(breach.clause(), owedBy, breach.excused() ? "excused" : "breached"));
    if (breach.owedBy() == Side.SALES) {
      for (var deed : deeds(breach)) {
        terms.add(
            Term.of(
                breach.clause(),
                owedBy,
                "over",
                deed.word(),
                Durations.bucket(
                    deed.at() == null ? null : Duration.between(breach.due(), deed.at()))));
      }
    }
    note(
        Matter.PROMISE,
        List.copyOf(terms),
        breach.due(),
        breach.charter(),
        new Holder(breach.seller(), breach.team()));
  }

  /**
   * What each sort of promise would have been kept by after it was due; which sort this one is, the
   * charter says.
   */
  private List<Deed> deeds(Broken breach) {
    return List.of(
        new Deed(
            "decision",
            step(
                breach,
                step ->
                    switch (step.step()) {
                      case ACCEPTED, REJECTED -> true;
                      default -> false;
                    })),
        new Deed(
            "first-attempt",
            step(
                breach,
                step ->
                    switch (step.step()) {
                      case ATTEMPTED, CONNECTED -> true;
                      default -> false;
                    })),
        new Deed(
            "disposition",
            step(
                breach,
                step ->
                    switch (step.step()) {
                      case QUALIFIED, RETURNED, CLOSED -> true;
                      default -> false;
                    })),
        new Deed(
            "assignment",
            step(
                breach,
                step ->
                    switch (step.step()) {
                      case OFFERED, REASSIGNED -> step.seller() != null;
                      default -> false;
                    })),
        new Deed("feedback", rated(breach)));
  }

  private @Nullable Instant step(Broken breach, Predicate<Handed> which) {
    return journey.facts().stream()
        .filter(Handed.class::isInstance)
        .map(Handed.class::cast)
        .filter(step -> step.passId().equals(breach.passId()) && which.test(step))
        .map(Handed::at)
        .filter(at -> at.isAfter(breach.due()))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private @Nullable Instant rated(Broken breach) {
    return journey.facts().stream()
        .filter(Rated.class::isInstance)
        .map(Rated.class::cast)
        .filter(rated -> breach.passId() != null && breach.passId().equals(rated.passId()))
        .map(Rated::at)
        .filter(at -> at.isAfter(breach.due()))
        .min(Instant::compareTo)
        .orElse(null);
  }

  private void openPromises() {
    for (var awaited : journey.awaited()) {
      var due = awaited.due();
      var step = awaited.since();
      note(
          Matter.OPEN_PROMISE,
          List.of(Term.of(awaited.clause(), Side.SALES.word(), Long.toString(due.toEpochMilli()))),
          due,
          step.charter(),
          new Holder(step.seller(), step.team()));
    }
  }

  // ---- deals

  private void deal(Became became) {
    switch (became.result()) {
      case WON -> note(Matter.DEAL, terms("won", became), became.at(), became.charter(), null);
      case LOST -> {
        note(Matter.DEAL, terms("lost", became), became.at(), became.charter(), null);
        money(Kind.LOST_VALUE, became, "");
      }
      case OPPORTUNITY -> {
        if (isOpen(became)) {
          note(Matter.OPEN_DEAL, terms("deal", became), became.at(), became.charter(), null);
          var close = became.expectedClose();
          money(Kind.PIPELINE, became, close == null ? "" : close.toString());
        }
      }
      case DISQUALIFIED, PURCHASED, RENEWED, CHURNED, VOIDED -> {}
    }
  }

  private static List<String> terms(String word, Became became) {
    return became.amount() == null || became.currency() == null
        ? List.of(Term.of(word))
        : List.of(Term.of(word), Term.of(word, became.currency()));
  }

  /** Nothing after it says how it ended. */
  private boolean isOpen(Became opportunity) {
    return journey.facts().stream()
        .filter(Became.class::isInstance)
        .map(Became.class::cast)
        .noneMatch(
            other ->
                (other.result() == OutcomeResult.WON
                        || other.result() == OutcomeResult.LOST
                        || other.result() == OutcomeResult.DISQUALIFIED)
                    && !other.at().isBefore(opportunity.at()));
  }

  private void money(Kind kind, Became became, String when) {
    if (became.amount() != null && became.currency() != null) {
      into.accept(
          new Tallied(
              WhichPasses.ANY,
              kind,
              when.isEmpty() ? Term.of(became.currency()) : Term.of(became.currency(), when),
              cohort,
              Quarter.of(became.at()),
              Quarter.lag(entry.at(), became.at()),
              became.amount()),
          1);
    }
  }

  private void note(WhichPasses which, Matter matter, OfPass of, int weight) {
    into.accept(
        new Noted(
            which,
            matter,
            of.terms(),
            cohort,
            Quarter.of(of.at()),
            Quarter.lag(entry.at(), of.at()),
            of.charter(),
            null),
        weight);
  }

  private void note(
      Matter matter, List<String> terms, Instant at, int charter, @Nullable Holder holder) {
    into.accept(
        new Noted(
            WhichPasses.ANY,
            matter,
            terms,
            cohort,
            Quarter.of(at),
            Quarter.lag(entry.at(), at),
            charter,
            holder),
        1);
  }
}
