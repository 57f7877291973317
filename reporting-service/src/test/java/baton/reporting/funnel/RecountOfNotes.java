package baton.reporting.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.BreachStep;
import baton.contracts.ClockChange;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadTouched;
import baton.contracts.OutcomeResult;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.reporting.funnel.Recount.Got;
import baton.reporting.funnel.Recount.Trip;
import baton.reporting.journey.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;

/**
 * Passes, promises and deals as somebody would count them by hand: whole durations are kept and
 * sorted, and nothing is shared with what the service counts by.
 */
public final class RecountOfNotes {
  private static final Instant NOW = Instant.parse("2026-04-10T00:00:00Z");
  private static final List<HandoffStep> TRIES =
      List.of(HandoffStep.ATTEMPTED, HandoffStep.CONNECTED);
  private static final List<HandoffStep> DECIDES =
      List.of(HandoffStep.ACCEPTED, HandoffStep.REJECTED);
  private static final List<HandoffStep> DISPOSES =
      List.of(HandoffStep.QUALIFIED, HandoffStep.RETURNED);
  private static final List<HandoffStep> OFFERS =
      List.of(HandoffStep.OFFERED, HandoffStep.REASSIGNED);

  /** What there is in a row: counts, and how long things took, null for never. */
  private static final class Row {
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final TreeMap<String, List<@Nullable Duration>> took = new TreeMap<>();
  }

  /** Something to put in a row, at its time. */
  private static final class Noted {
    private final Instant at;
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final TreeMap<String, @Nullable Duration> took = new TreeMap<>();
    private boolean gotThere;

    Noted(Instant at) {
      this.at = at;
    }

    void count(String what) {
      counts.merge(what, 1L, Long::sum);
    }

    void took(String what, Instant from, @Nullable Instant to) {
      took.put(
          what, to == null ? null : to.isBefore(from) ? Duration.ZERO : Duration.between(from, to));
    }
  }

  private final Question question;
  private final boolean always;
  private final Map<List<@Nullable String>, Row> rows = new HashMap<>();

  private RecountOfNotes(Question question, boolean always) {
    this.question = question;
    this.always = always;
  }

  /**
   * @param always whether the charter before any is known, whose working time never pauses
   */
  public static RecountOfNotes of(List<List<Event>> lives, Question question, boolean always) {
    var recount = new RecountOfNotes(question, always);
    lives.forEach(recount::count);
    return recount;
  }

  /** Counts must be equal, and percentiles within 1 %. */
  public void compare(Report report) {
    var told = new HashMap<List<@Nullable String>, Map<String, Long>>();
    for (var row : report.rows()) {
      var key = new ArrayList<@Nullable String>();
      if (row.period() != null) {
        key.add(row.period());
      }
      key.addAll(row.key());
      told.put(key, counts(row.counts()));
      times(key, row.counts());
    }
    var expected = new HashMap<List<@Nullable String>, Map<String, Long>>();
    rows.forEach((key, row) -> expected.put(key, row.counts));
    told.values().removeIf(Map::isEmpty);
    expected.values().removeIf(Map::isEmpty);
    assertThat(told).as(question.toString()).isEqualTo(expected);
  }

  private void times(List<@Nullable String> key, Counts counts) {
    var row = Objects.requireNonNullElseGet(rows.get(key), Row::new);
    var told = new TreeMap<String, Durations>();
    Pace.of(counts).forEach((pace, durations) -> told.put(pace.word(), durations));
    Promises.of(counts, NOW)
        .forEach(
            (clause, promises) ->
                promises
                    .overrun()
                    .forEach(
                        (deed, durations) ->
                            told.put("over " + clause.id() + " " + deed, durations)));
    told.values().removeIf(durations -> durations.count() + durations.never() == 0);
    assertThat(told.keySet()).as(question.toString()).isEqualTo(row.took.keySet());
    told.forEach(
        (what, durations) -> {
          var all = new ArrayList<>(Objects.requireNonNull(row.took.get(what)));
          all.sort(Comparator.nullsLast(Comparator.naturalOrder()));
          assertThat(durations.never())
              .as(what)
              .isEqualTo(all.stream().filter(Objects::isNull).count());
          for (var share : List.of(0.5, 0.9, 0.95)) {
            var exact = all.get(Math.max(1, (int) Math.ceil(share * all.size())) - 1);
            var percentile = durations.percentile(share);
            if (exact == null) {
              assertThat(percentile).as(what).isNull();
            } else {
              assertThat(percentile).as(what).isNotNull();
              assertThat((double) Objects.requireNonNull(percentile).toMillis())
                  .as(what)
                  .isCloseTo(exact.toMillis(), Offset.offset(1 + exact.toMillis() * 0.01));
            }
          }
        });
  }

  /** What the service tells, in this count's words. */
  private static Map<String, Long> counts(Counts counts) {
    var told = new TreeMap<String, Long>();
    for (var matter : List.of(Matter.END, Matter.DEAL, Matter.OPEN_DEAL, Matter.RATING)) {
      counts
          .noted(matter)
          .forEach(
              (term, count) ->
                  told.put(
                      matter.name().toLowerCase(java.util.Locale.ROOT)
                          + " "
                          + String.join(" ", Term.words(term)),
                      count));
    }
    var answered = Answered.of(counts);
    put(told, "accepted", answered.accepted());
    put(told, "deemed", answered.deemed());
    put(told, "undecided", answered.open());
    answered.reasons().forEach((reason, count) -> put(told, "rejected " + reason, count));
    var timed = Pace.of(counts).keySet().stream().map(Pace::word).toList();
    counts
        .noted(Matter.PASS)
        .forEach(
            (term, count) -> {
              var words = Term.words(term);
              if (!timed.contains(words.getFirst())) {
                put(told, String.join(" ", words), count);
              }
            });
    Promises.of(counts, NOW)
        .forEach(
            (clause, promises) -> {
              var name = clause.owedBy() + " " + clause.id() + " ";
              put(told, name + "met", promises.met());
              put(told, name + "breached", promises.breached());
              put(told, name + "excused", promises.excused());
              put(told, name + "open", promises.open());
            });
    return told;
  }

  private static void put(Map<String, Long> told, String what, long count) {
    if (count != 0) {
      told.put(what, count);
    }
  }

  private void count(List<Event> life) {
    var lead = Recount.Lead.of(life);
    if (lead == null) {
      return;
    }
    var keys = lead.keys();
    var entered = lead.entered();
    var trips = lead.trips();
    var going = new ArrayList<@Nullable Noted>();
    var decided = new ArrayList<@Nullable Noted>();
    var ended = new ArrayList<@Nullable Noted>();
    for (int i = 0; i < trips.size(); i++) {
      going.add(going(life, trips.get(i), i, lead.captured(), keys.get(Dimension.TIER)));
      decided.add(decided(trips.get(i)));
      ended.add(ended(trips.get(i)));
    }
    chosen(going).forEach(noted -> put(keys, entered, noted));
    chosen(decided).forEach(noted -> put(keys, entered, noted));
    chosen(ended).forEach(noted -> put(keys, entered, noted));
    for (var event : life) {
      if (event instanceof SlaMet met) {
        var noted = new Noted(met.dueAt());
        noted.count(met.owedBy().word() + " " + met.clauseId() + " met");
        put(held(keys, met.sellerId(), met.team()), entered, noted);
      }
    }
    breaches(life).forEach(breach -> broken(life, breach, keys, entered));
    open(life, keys, entered);
    ratings(life).forEach(noted -> put(keys, entered, noted));
    deals(life).forEach(noted -> put(keys, entered, noted));
  }

  private List<Noted> chosen(List<@Nullable Noted> all) {
    var there = new ArrayList<Noted>();
    all.forEach(
        each -> {
          if (each != null) {
            there.add(each);
          }
        });
    return switch (question.passes()) {
      case ALL -> there;
      case FIRST -> {
        var first = all.isEmpty() ? null : all.getFirst();
        yield first == null ? List.of() : List.of(first);
      }
      case ANY ->
          there.isEmpty()
              ? List.of()
              : List.of(
                  there.stream()
                      .filter(each -> each.gotThere)
                      .findFirst()
                      .orElse(there.getFirst()));
    };
  }

  private @Nullable Noted going(
      List<Event> life,
      Trip trip,
      int index,
      @Nullable LeadCaptured captured,
      @Nullable String tier) {
    var got = trip.got();
    var noted = new Noted(Objects.requireNonNull(got.get(Stage.MQL)).at());
    var offered = first(trip, step -> step.sellerId() != null && OFFERS.contains(step.step()));
    var attempted = first(trip, step -> TRIES.contains(step.step()));
    noted.gotThere = attempted != null;
    var qualified = trip.qualified;
    if (qualified != null) {
      var asked =
          life.stream()
              .filter(event -> event instanceof LeadCaptured || event instanceof LeadTouched)
              .map(Event::occurredAt)
              .filter(at -> !at.isAfter(qualified.occurredAt()))
              .max(Comparator.naturalOrder())
              .orElse(qualified.occurredAt());
      noted.took("speed", asked, at(attempted));
      if (offered != null) {
        noted.took("assignment", qualified.occurredAt(), offered.occurredAt());
      }
      var score = qualified.score();
      var band =
          score == null
              ? ""
              : Long.toString(
                  Math.floorDiv(
                          score.setScale(0, java.math.RoundingMode.FLOOR).longValueExact(), 10)
                      * 10);
      var end = trip.end();
      var sql = got.containsKey(Stage.SQL) && got.get(Stage.SQL).how().equals("explicit");
      noted.count(
          "band " + band + " " + (end == null ? "open" : end.what()) + (sql ? " sql" : " "));
      noted.count("number " + (index > 0 ? "again" : "first") + (sql ? " sql" : " "));
    }
    if (offered != null) {
      var start = offered.occurredAt();
      noted.took("attempt", start, at(attempted));
      noted.took("contact", start, at(first(trip, step -> step.step() == HandoffStep.CONNECTED)));
      noted.took("decision", start, at(first(trip, step -> DECIDES.contains(step.step()))));
      if (always
          && offered.charterVersion() == 0
          && (attempted == null || attempted.charterVersion() == 0)) {
        noted.took("speed-working", start, at(attempted));
      }
      noted.count("hops " + hops(trip));
      var answered =
          at(
              first(
                  trip,
                  step ->
                      TRIES.contains(step.step())
                          || DECIDES.contains(step.step())
                          || DISPOSES.contains(step.step())));
      var due =
          breaches(life).stream()
              .filter(
                  breach ->
                      breach.owedBy() == Side.SALES
                          && breach.step() != BreachStep.EXCUSED
                          && Objects.equals(trip.id, breach.passId()))
              .map(SlaBreach::dueAt)
              .toList();
      if (answered == null) {
        if (!due.isEmpty()) {
          noted.count("ignored");
        }
      } else {
        var late = due.stream().anyMatch(each -> each.isBefore(answered));
        if (late || promised(life, trip)) {
          noted.count(
              "answered "
                  + Objects.requireNonNullElse(tier, "")
                  + (late ? " late" : " in-time")
                  + (got.containsKey(Stage.WON) ? " won" : " "));
        }
      }
    }
    between(noted, "captured-mql", captured == null ? null : captured.occurredAt(), got, Stage.MQL);
    between(noted, "mql-sal", explicit(got, Stage.MQL), got, Stage.SAL);
    between(noted, "sal-sql", explicit(got, Stage.SAL), got, Stage.SQL);
    between(noted, "sql-won", explicit(got, Stage.SQL), got, Stage.WON);
    between(noted, "captured-won", captured == null ? null : captured.occurredAt(), got, Stage.WON);
    return noted.counts.isEmpty() && noted.took.isEmpty() ? null : noted;
  }

  private static boolean promised(List<Event> life, Trip trip) {
    return life.stream()
        .anyMatch(
            event ->
                switch (event) {
                  case SlaMet met ->
                      met.owedBy() == Side.SALES && Objects.equals(trip.id, met.passId());
                  case SlaBreach breach ->
                      breach.owedBy() == Side.SALES && Objects.equals(trip.id, breach.passId());
                  case LeadHandoff step ->
                      step.passId().equals(trip.id)
                          && step.clocks().stream()
                              .anyMatch(clock -> clock.change() == ClockChange.STARTED);
                  default -> false;
                });
  }

  private static @Nullable Instant explicit(Map<Stage, Got> got, Stage stage) {
    var reached = got.get(stage);
    return reached == null || reached.how().equals("inferred") ? null : reached.at();
  }

  private static void between(
      Noted noted, String what, @Nullable Instant from, Map<Stage, Got> got, Stage stage) {
    var to = explicit(got, stage);
    if (from != null && to != null) {
      noted.took(what, from, to);
    }
  }

  private static int hops(Trip trip) {
    int hops = 0;
    for (var step : trip.steps) {
      if (step.step() == HandoffStep.REASSIGNED
          && trip.steps.stream()
              .anyMatch(
                  before ->
                      before.handoffId().equals(step.handoffId())
                          && before.revision() < step.revision()
                          && before.sellerId() != null)) {
        hops++;
      }
    }
    return hops;
  }

  private static @Nullable LeadHandoff first(Trip trip, Predicate<LeadHandoff> which) {
    return trip.steps.stream()
        .filter(which)
        .min(
            Comparator.comparing(LeadHandoff::occurredAt)
                .thenComparing(LeadHandoff::handoffId)
                .thenComparing(LeadHandoff::revision))
        .orElse(null);
  }

  private static @Nullable Instant at(@Nullable LeadHandoff step) {
    return step == null ? null : step.occurredAt();
  }

  private static @Nullable Noted decided(Trip trip) {
    if (trip.qualified == null) {
      return null;
    }
    var step = first(trip, each -> DECIDES.contains(each.step()));
    var sal = trip.got().get(Stage.SAL);
    if (step != null) {
      var noted = new Noted(step.occurredAt());
      noted.gotThere = true;
      noted.count(
          step.step() == HandoffStep.ACCEPTED
              ? "accepted"
              : "rejected " + Objects.requireNonNullElse(step.reason(), ""));
      return noted;
    }
    if (sal != null && sal.how().equals("deemed")) {
      var noted = new Noted(sal.at());
      noted.count("deemed");
      return noted;
    }
    var noted = new Noted(trip.qualified.occurredAt());
    noted.count("undecided");
    return noted;
  }

  private static @Nullable Noted ended(Trip trip) {
    var end = trip.end();
    if (end == null) {
      return null;
    }
    var noted = new Noted(end.at());
    noted.gotThere = true;
    noted.count("end " + end.what());
    return noted;
  }

  private static List<SlaBreach> breaches(List<Event> life) {
    var latest = new HashMap<UUID, SlaBreach>();
    for (var event : life) {
      if (event instanceof SlaBreach breach) {
        latest.merge(
            breach.breachId(),
            breach,
            (one, other) -> one.revision() > other.revision() ? one : other);
      }
    }
    return List.copyOf(latest.values());
  }

  private void broken(
      List<Event> life, SlaBreach breach, Map<Dimension, @Nullable String> keys, Instant entered) {
    var noted = new Noted(breach.dueAt());
    noted.count(
        breach.owedBy().word()
            + " "
            + breach.clauseId()
            + (breach.step() == BreachStep.EXCUSED ? " excused" : " breached"));
    if (breach.owedBy() == Side.SALES) {
      var deeds =
          Map.of(
              "decision", DECIDES,
              "first-attempt", TRIES,
              "disposition",
                  List.of(HandoffStep.QUALIFIED, HandoffStep.RETURNED, HandoffStep.CLOSED),
              "assignment", OFFERS);
      deeds.forEach(
          (deed, steps) ->
              noted.took(
                  "over " + breach.clauseId() + " " + deed,
                  breach.dueAt(),
                  life.stream()
                      .filter(LeadHandoff.class::isInstance)
                      .map(LeadHandoff.class::cast)
                      .filter(step -> step.passId().equals(breach.passId()))
                      .filter(step -> steps.contains(step.step()))
                      .filter(step -> !deed.equals("assignment") || step.sellerId() != null)
                      .map(LeadHandoff::occurredAt)
                      .filter(at -> at.isAfter(breach.dueAt()))
                      .min(Comparator.naturalOrder())
                      .orElse(null)));
      noted.took(
          "over " + breach.clauseId() + " feedback",
          breach.dueAt(),
          life.stream()
              .filter(LeadFeedback.class::isInstance)
              .map(LeadFeedback.class::cast)
              .filter(rated -> rated.passId() != null && rated.passId().equals(breach.passId()))
              .map(LeadFeedback::occurredAt)
              .filter(at -> at.isAfter(breach.dueAt()))
              .min(Comparator.naturalOrder())
              .orElse(null));
    }
    put(held(keys, breach.sellerId(), breach.team()), entered, noted);
  }

  private void open(List<Event> life, Map<Dimension, @Nullable String> keys, Instant entered) {
    var steps =
        life.stream()
            .filter(LeadHandoff.class::isInstance)
            .map(LeadHandoff.class::cast)
            .sorted(
                Comparator.comparing(LeadHandoff::handoffId).thenComparing(LeadHandoff::revision))
            .toList();
    for (var step : steps) {
      for (var clock : step.clocks()) {
        var due = clock.dueAt();
        var moved =
            steps.stream()
                .anyMatch(
                    later ->
                        later.handoffId().equals(step.handoffId())
                            && later.revision() > step.revision()
                            && later.clocks().stream()
                                .anyMatch(other -> other.clauseId().equals(clock.clauseId())));
        var judged =
            life.stream()
                .anyMatch(
                    event ->
                        switch (event) {
                          case SlaMet met ->
                              step.passId().equals(met.passId())
                                  && met.clauseId().equals(clock.clauseId())
                                  && !met.judgedAt().isBefore(step.occurredAt());
                          case SlaBreach breach ->
                              step.passId().equals(breach.passId())
                                  && breach.clauseId().equals(clock.clauseId())
                                  && !breach.judgedAt().isBefore(step.occurredAt());
                          default -> false;
                        });
        if (clock.change() == ClockChange.STARTED && due != null && !moved && !judged) {
          var noted = new Noted(due);
          noted.count("sales " + clock.clauseId() + (due.isBefore(NOW) ? " breached" : " open"));
          put(held(keys, step.sellerId(), step.team()), entered, noted);
        }
      }
    }
  }

  private static List<Noted> ratings(List<Event> life) {
    var latest = new HashMap<UUID, LeadFeedback>();
    for (var event : life) {
      if (event instanceof LeadFeedback rated) {
        latest.merge(
            rated.feedbackId(),
            rated,
            (one, other) -> one.revision() > other.revision() ? one : other);
      }
    }
    var all = new ArrayList<Noted>();
    for (var rated : latest.values()) {
      var noted = new Noted(rated.occurredAt());
      if (rated.rating() != null) {
        noted.count("rating rating " + rated.rating());
      }
      Set.copyOf(rated.reasons()).forEach(reason -> noted.count("rating reason " + reason));
      all.add(noted);
    }
    return all;
  }

  private static List<Noted> deals(List<Event> life) {
    var latest = new HashMap<UUID, LeadOutcome>();
    for (var event : life) {
      if (event instanceof LeadOutcome outcome) {
        latest.merge(
            outcome.outcomeId(),
            outcome,
            (one, other) -> one.revision() > other.revision() ? one : other);
      }
    }
    var all = new ArrayList<Noted>();
    for (var outcome : latest.values()) {
      var closed =
          latest.values().stream()
              .anyMatch(
                  other ->
                      List.of(OutcomeResult.WON, OutcomeResult.LOST, OutcomeResult.DISQUALIFIED)
                              .contains(other.result())
                          && !other.occurredAt().isBefore(outcome.occurredAt()));
      var word =
          switch (outcome.result()) {
            case WON -> "deal won";
            case LOST -> "deal lost";
            case OPPORTUNITY -> closed ? null : "open_deal deal";
            default -> null;
          };
      if (word != null) {
        var noted = new Noted(outcome.occurredAt());
        noted.count(word);
        if (outcome.amount() != null) {
          noted.count(word + " " + outcome.amount().currency());
        }
        all.add(noted);
      }
    }
    return all;
  }

  private static Map<Dimension, @Nullable String> held(
      Map<Dimension, @Nullable String> keys, @Nullable String seller, @Nullable String team) {
    var held = new HashMap<Dimension, @Nullable String>(keys);
    held.put(Dimension.SELLER, seller);
    held.put(Dimension.TEAM, team);
    return held;
  }

  private void put(Map<Dimension, @Nullable String> keys, Instant entered, Noted noted) {
    if (!Recount.lets(question, keys)) {
      return;
    }
    if (question.withinDays() != null
        && Duration.between(entered, noted.at)
                .compareTo(Duration.ofHours(24L * question.withinDays()))
            > 0) {
      return;
    }
    var when = question.basis() == Basis.PERIOD ? noted.at : entered;
    var key = Recount.key(question, keys, when);
    if (key == null) {
      return;
    }
    var row = rows.computeIfAbsent(key, _ -> new Row());
    noted.counts.forEach((what, count) -> row.counts.merge(what, count, Long::sum));
    noted.took.forEach(
        (what, took) -> row.took.computeIfAbsent(what, _ -> new ArrayList<>()).add(took));
  }
}
