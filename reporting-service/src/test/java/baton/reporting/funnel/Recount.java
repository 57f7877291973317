package baton.reporting.funnel;

import baton.contracts.ErasureKind;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadErased;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.OutcomeResult;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The funnel as somebody would count it by hand, lead by lead and with nothing kept: slow, and made
 * of nothing that the service counts with but the events and the question.
 */
public final class Recount {

  /** One stage of one pass. */
  record Got(Instant at, String how) {}

  static final class Trip {
    @Nullable LeadQualified qualified;
    final List<LeadHandoff> steps = new ArrayList<>();
    private final List<LeadOutcome> outcomes = new ArrayList<>();
    @Nullable UUID id;

    Instant began() {
      return qualified != null ? qualified.occurredAt() : firstFact();
    }

    private Instant firstFact() {
      return Stream.concat(
              steps.stream().map(Event::occurredAt), outcomes.stream().map(Event::occurredAt))
          .min(Comparator.naturalOrder())
          .orElseThrow();
    }

    private @Nullable Instant first(HandoffStep step) {
      return steps.stream()
          .filter(each -> each.step() == step)
          .map(Event::occurredAt)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }

    private @Nullable Instant first(OutcomeResult result) {
      return outcomes.stream()
          .filter(each -> each.result() == result)
          .map(Event::occurredAt)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }

    Map<Stage, Got> got() {
      var got = new HashMap<Stage, Got>();
      var won = first(OutcomeResult.WON);
      var verified = earliest(first(HandoffStep.QUALIFIED), first(OutcomeResult.OPPORTUNITY));
      var accepted = first(HandoffStep.ACCEPTED);
      var deemed = first(HandoffStep.DEEMED_ACCEPTED);
      if (won != null) {
        got.put(Stage.WON, new Got(won, "explicit"));
      }
      if (verified != null) {
        got.put(Stage.SQL, new Got(verified, "explicit"));
      } else if (won != null) {
        got.put(Stage.SQL, new Got(won, "inferred"));
      }
      if (accepted != null || deemed != null) {
        got.put(
            Stage.SAL,
            new Got(
                Objects.requireNonNull(earliest(accepted, deemed)),
                accepted != null ? "explicit" : "deemed"));
      } else if (verified != null || won != null) {
        got.put(Stage.SAL, new Got(Objects.requireNonNull(earliest(verified, won)), "inferred"));
      }
      got.put(Stage.MQL, new Got(began(), qualified != null ? "explicit" : "inferred"));
      return got;
    }

    /** When a deal was opened, or at the latest must have been. */
    private @Nullable Instant opened() {
      var opened = first(OutcomeResult.OPPORTUNITY);
      return opened == null ? first(OutcomeResult.WON) : opened;
    }

    /** The ending and its reason, or null while open. */
    @Nullable Ended end() {
      var ends = new ArrayList<Ended>();
      for (var step : steps) {
        if (step.step() == HandoffStep.REJECTED) {
          ends.add(new Ended("rejected", step.occurredAt(), step.reason()));
        }
        if (step.step() == HandoffStep.RETURNED) {
          ends.add(new Ended("returned", step.occurredAt(), step.reason()));
        }
      }
      for (var outcome : outcomes) {
        switch (outcome.result()) {
          case WON -> ends.add(new Ended("won", outcome.occurredAt(), outcome.reason()));
          case LOST -> ends.add(new Ended("lost", outcome.occurredAt(), outcome.reason()));
          case DISQUALIFIED ->
              ends.add(new Ended("disqualified", outcome.occurredAt(), outcome.reason()));
          default -> {}
        }
      }
      var wins = ends.stream().filter(end -> end.what.equals("won")).toList();
      return (wins.isEmpty() ? ends : wins)
          .stream()
              .min(
                  Comparator.comparing(Ended::at)
                      .thenComparing(
                          end ->
                              List.of("won", "lost", "rejected", "returned", "disqualified")
                                  .indexOf(end.what))
                      .thenComparing(
                          Ended::reason, Comparator.nullsFirst(Comparator.naturalOrder())))
              .orElse(null);
    }
  }

  /** A life as it counts, from when it was captured or must have been. */
  record Lead(
      @Nullable LeadCaptured captured,
      List<Trip> trips,
      Instant entered,
      Map<Dimension, @Nullable String> keys) {

    /** Null where it is none, or is no lead any more. */
    static @Nullable Lead of(List<Event> life) {
      if (life.stream()
          .anyMatch(
              event ->
                  event instanceof LeadErased erased && erased.kind() == ErasureKind.RETRACTED)) {
        return null;
      }
      var trips = Recount.trips(life);
      var captured =
          life.stream()
              .filter(LeadCaptured.class::isInstance)
              .map(LeadCaptured.class::cast)
              .findFirst()
              .orElse(null);
      if (captured == null && trips.isEmpty()) {
        return null;
      }
      var entered =
          captured != null
              ? captured.occurredAt()
              : trips.stream()
                  .flatMap(trip -> trip.got().values().stream())
                  .map(Got::at)
                  .min(Comparator.naturalOrder())
                  .orElseThrow();
      return new Lead(captured, trips, entered, Recount.keys(life, captured, trips));
    }
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant two) {
    return one == null || (two != null && two.isBefore(one)) ? two : one;
  }

  record Ended(String what, Instant at, @Nullable String reason) {}

  private final Question question;
  private final Map<List<@Nullable String>, TreeMap<String, BigDecimal>> rows = new HashMap<>();

  private Recount(Question question) {
    this.question = question;
  }

  /** By key, what was counted by its name; zeros are left out. */
  public static Map<List<@Nullable String>, TreeMap<String, BigDecimal>> of(
      List<List<Event>> lives, Question question) {
    var recount = new Recount(question);
    lives.forEach(recount::count);
    recount.rows.values().forEach(row -> row.values().removeIf(value -> value.signum() == 0));
    recount.rows.values().removeIf(Map::isEmpty);
    return recount.rows;
  }

  private void count(List<Event> life) {
    var lead = Lead.of(life);
    if (lead == null || !lets(question, lead.keys)) {
      return;
    }
    var keys = lead.keys;
    var entered = lead.entered;
    var trips = lead.trips;
    put(keys, entered, "captured", BigDecimal.ONE);
    if (lead.captured == null) {
      put(keys, entered, "capturedInferred", BigDecimal.ONE);
    }
    var now = trips.isEmpty() ? null : trips.getLast().end();
    put(keys, entered, "now " + (now == null ? "open" : now.what), BigDecimal.ONE);
    var chosen =
        question.passes() == WhichPasses.FIRST && !trips.isEmpty() ? trips.subList(0, 1) : trips;
    for (var stage : List.of(Stage.MQL, Stage.SAL, Stage.SQL, Stage.WON)) {
      var reached =
          chosen.stream().map(trip -> trip.got().get(stage)).filter(Objects::nonNull).toList();
      for (var got : once(reached)) {
        at(keys, entered, got.at, stage.word(), BigDecimal.ONE);
        if (!got.how.equals("explicit")) {
          at(keys, entered, got.at, stage.word() + " " + got.how, BigDecimal.ONE);
        }
      }
    }
    var opened =
        chosen.stream().map(Trip::opened).filter(Objects::nonNull).map(Objects::requireNonNull);
    for (var at :
        question.passes() == WhichPasses.ALL
            ? opened.toList()
            : opened.min(Comparator.naturalOrder()).stream().toList()) {
      at(keys, entered, at, "opportunities", BigDecimal.ONE);
    }
    for (var what : List.of("rejected", "returned")) {
      var ended =
          chosen.stream()
              .map(Trip::end)
              .filter(end -> end != null && end.what.equals(what))
              .limit(question.passes() == WhichPasses.ALL ? Long.MAX_VALUE : 1)
              .toList();
      for (var end : ended) {
        at(
            keys,
            entered,
            Objects.requireNonNull(end).at,
            what + " " + Objects.requireNonNullElse(end.reason, ""),
            BigDecimal.ONE);
      }
    }
    for (var trip : chosen) {
      for (var outcome : trip.outcomes) {
        if (outcome.result() == OutcomeResult.WON && outcome.amount() != null) {
          at(
              keys,
              entered,
              outcome.occurredAt(),
              "revenue " + outcome.amount().currency(),
              outcome.amount().amount());
        }
      }
    }
  }

  /** Of several passes, all; or the lead once: first time, best evidence. */
  private List<Got> once(List<Got> reached) {
    if (question.passes() == WhichPasses.ALL || reached.isEmpty()) {
      return reached;
    }
    var best =
        Stream.of("explicit", "deemed", "inferred")
            .filter(how -> reached.stream().anyMatch(got -> got.how.equals(how)))
            .findFirst()
            .orElseThrow();
    return List.of(
        new Got(reached.stream().map(Got::at).min(Comparator.naturalOrder()).orElseThrow(), best));
  }

  private void at(
      Map<Dimension, @Nullable String> keys,
      Instant entered,
      Instant at,
      String what,
      BigDecimal much) {
    if (question.basis() == Basis.PERIOD) {
      put(keys, at, what, much);
    } else if (question.withinDays() == null
        || Duration.between(entered, at).compareTo(Duration.ofHours(24L * question.withinDays()))
            <= 0) {
      put(keys, entered, what, much);
    }
  }

  private void put(
      Map<Dimension, @Nullable String> keys, Instant when, String what, BigDecimal much) {
    var key = key(question, keys, when);
    if (key != null) {
      rows.computeIfAbsent(key, _ -> new TreeMap<>()).merge(what, much, BigDecimal::add);
    }
  }

  static boolean lets(Question question, Map<Dimension, @Nullable String> keys) {
    return question.only().entrySet().stream()
        .allMatch(only -> only.getValue().contains(keys.get(only.getKey())));
  }

  /** Of the row for what happened then; null where it was not in the time asked about. */
  static @Nullable List<@Nullable String> key(
      Question question, Map<Dimension, @Nullable String> keys, Instant when) {
    var day = when.atZone(question.zone()).toLocalDate();
    if ((question.from() != null && day.isBefore(question.from()))
        || (question.to() != null && !day.isBefore(question.to()))) {
      return null;
    }
    var key = new ArrayList<@Nullable String>();
    if (question.period() != null) {
      key.add(name(question.period(), day));
    }
    question.by().forEach(dimension -> key.add(keys.get(dimension)));
    return key;
  }

  private static String name(Period period, LocalDate day) {
    return switch (period) {
      case DAY -> day.toString();
      case WEEK ->
          day.get(IsoFields.WEEK_BASED_YEAR)
              + "-W"
              + (day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) < 10 ? "0" : "")
              + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTH -> day.toString().substring(0, 7);
      case QUARTER -> day.getYear() + "-Q" + ((day.getMonthValue() + 2) / 3);
    };
  }

  private static List<Trip> trips(List<Event> life) {
    var trips = new HashMap<UUID, Trip>();
    for (var event : life) {
      if (event instanceof LeadQualified qualified) {
        trip(trips, qualified.passId()).qualified = qualified;
      }
      if (event instanceof LeadHandoff handoff && handoff.step() != HandoffStep.REFUSED) {
        trip(trips, handoff.passId()).steps.add(handoff);
      }
    }
    var latest = new HashMap<UUID, LeadOutcome>();
    for (var event : life) {
      if (event instanceof LeadOutcome outcome) {
        latest.merge(
            outcome.outcomeId(),
            outcome,
            (one, two) -> one.revision() > two.revision() ? one : two);
      }
    }
    var bearing =
        latest.values().stream()
            .filter(
                outcome ->
                    List.of(
                            OutcomeResult.OPPORTUNITY,
                            OutcomeResult.WON,
                            OutcomeResult.LOST,
                            OutcomeResult.DISQUALIFIED)
                        .contains(outcome.result()))
            .toList();
    bearing.stream()
        .filter(outcome -> outcome.passId() != null)
        .forEach(
            outcome -> trip(trips, Objects.requireNonNull(outcome.passId())).outcomes.add(outcome));
    var ordered =
        new ArrayList<>(
            trips.values().stream()
                .sorted(
                    Comparator.comparing(Trip::began)
                        .thenComparing(trip -> Objects.requireNonNull(trip.id)))
                .toList());
    var began = ordered.stream().map(Trip::began).toList();
    for (var outcome : bearing) {
      if (outcome.passId() == null) {
        int home = 0;
        for (int i = 0; i < began.size(); i++) {
          if (!began.get(i).isAfter(outcome.occurredAt())) {
            home = i;
          }
        }
        if (ordered.isEmpty()) {
          ordered.add(new Trip());
        }
        ordered.get(home).outcomes.add(outcome);
      }
    }
    return ordered;
  }

  private static Trip trip(Map<UUID, Trip> trips, UUID id) {
    var trip = trips.computeIfAbsent(id, _ -> new Trip());
    trip.id = id;
    return trip;
  }

  private static Map<Dimension, @Nullable String> keys(
      List<Event> life, @Nullable LeadCaptured captured, List<Trip> trips) {
    var keys = new HashMap<Dimension, @Nullable String>();
    if (captured != null) {
      keys.put(Dimension.SOURCE, captured.source());
      keys.put(Dimension.MEDIUM, captured.medium());
      keys.put(Dimension.CHANNEL, captured.channel());
      keys.put(Dimension.CAMPAIGN, captured.campaignId());
      keys.put(Dimension.COUNTRY, captured.country());
      keys.put(Dimension.LANDING_PAGE, captured.landingPage());
      keys.put(Dimension.COMPANY, captured.company() == null ? null : captured.company().domain());
      keys.put(Dimension.PERSONA, captured.persona());
      keys.put(Dimension.SEGMENT, captured.segment());
      keys.put(Dimension.TIER, captured.tier());
    }
    trips.stream()
        .map(trip -> trip.qualified)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            first -> {
              var qualified = Objects.requireNonNull(first);
              if (qualified.persona() != null) {
                keys.put(Dimension.PERSONA, qualified.persona());
              }
              if (qualified.segment() != null) {
                keys.put(Dimension.SEGMENT, qualified.segment());
              }
              if (qualified.tier() != null) {
                keys.put(Dimension.TIER, qualified.tier());
              }
            });
    for (int i = trips.size() - 1; i >= 0; i--) {
      var holding = holding(trips.get(i).steps);
      if (holding != null) {
        keys.put(Dimension.SELLER, holding.sellerId());
        keys.put(Dimension.TEAM, holding.team());
        break;
      }
    }
    return keys;
  }

  /** Of each handoff the last step that names a seller, and of those the latest. */
  private static @Nullable LeadHandoff holding(List<LeadHandoff> steps) {
    var last = new HashMap<UUID, LeadHandoff>();
    for (var step : steps) {
      if (step.sellerId() != null) {
        last.merge(
            step.handoffId(), step, (one, two) -> one.revision() > two.revision() ? one : two);
      }
    }
    return last.values().stream()
        .max(Comparator.comparing(LeadHandoff::occurredAt).thenComparing(LeadHandoff::handoffId))
        .orElse(null);
  }
}
