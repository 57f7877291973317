package baton.charter.clause;

import baton.charter.Clause;
import baton.charter.time.Calendar;
import baton.charter.time.Window;
import baton.charter.time.Wording;
import baton.charter.time.ZoneData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One timed clause running for one handoff or request. It holds facts only and computes the rest
 * each time, so that a clock which is built again from its facts, with a new {@link Calendar} after
 * new time zone rules came, is due where those say.
 *
 * @param startedBy what started it, as evidence tells it: {@code offered to grace}
 * @param mqlsThatDay how many MQLs marketing handed over on the day of the start; null where nobody
 *     counted, and then nothing is relaxed
 * @param restarted whether an owner change started it anew
 */
public record Clock(
    Clause.Timed clause,
    int charterVersion,
    Calendar calendar,
    Instant startedAt,
    String startedBy,
    boolean restarted,
    @Nullable Integer mqlsThatDay,
    List<OwnerChange> owners,
    List<Pause> pauses) {
  private static final int INTERVALS_TOLD = 12;
  private static final int DEEDS_TOLD = 10;
  private static final Set<Deed.Kind> ENDS =
      Set.of(Deed.Kind.REJECTED, Deed.Kind.RETURNED, Deed.Kind.CLOSED);

  /** A stretch that doesn't count; {@code until} is null while it lasts. */
  public record Pause(Instant from, @Nullable Instant until, String why) {}

  /** From now on somebody else owes it. */
  public record OwnerChange(Instant at, String to) {}

  /** A step of the clause's ladder and when it is taken if the breach still stands. */
  public record Rung(Instant at, Clause.Escalation step) {}

  /** Time that counts; {@code to} is null where the clock runs on into a pause without an end. */
  private record Run(Instant from, @Nullable Instant to) {}

  public Clock {
    owners = List.copyOf(owners);
    pauses = List.copyOf(pauses);
  }

  public static Clock start(
      Clause.Timed clause, int charterVersion, Calendar calendar, Instant at, String startedBy) {
    return new Clock(
        clause, charterVersion, calendar, at, startedBy, false, null, List.of(), List.of());
  }

  /** Tells it how many MQLs the day of its start had, in the clause's calendar. */
  public Clock onDayWith(int mqls) {
    return new Clock(
        clause, charterVersion, calendar, startedAt, startedBy, restarted, mqls, owners, pauses);
  }

  /**
   * A decision and attempts are owed anew by a new owner, in his calendar if that is the clause's.
   */
  public Clock handedTo(String owner, Calendar his, Instant at) {
    var anew = Moves.owedAnew(clause);
    return new Clock(
        clause,
        charterVersion,
        anew ? his : calendar,
        anew ? at : startedAt,
        anew ? "reassigned to " + owner : startedBy,
        anew || restarted,
        mqlsThatDay,
        and(owners, new OwnerChange(at, owner)),
        anew ? List.of() : pauses);
  }

  /** Stops counting; a clock that is paused already, or due by then, stays as it is. */
  public Clock paused(Instant at, String why) {
    var due = due();
    return due == null || !at.isBefore(due)
        ? this
        : with(and(pauses, new Pause(later(at, running()), null, why)));
  }

  public Clock resumed(Instant at) {
    if (due() != null) {
      return this;
    }
    var last = pauses.getLast();
    var before = pauses.subList(0, pauses.size() - 1);
    return with(and(before, new Pause(last.from(), later(at, last.from()), last.why())));
  }

  /** Since when it runs without a break. */
  private Instant running() {
    var until = pauses.isEmpty() ? null : pauses.getLast().until();
    return until == null ? startedAt : until;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private Clock with(List<Pause> changed) {
    return new Clock(
        clause,
        charterVersion,
        calendar,
        startedAt,
        startedBy,
        restarted,
        mqlsThatDay,
        owners,
        changed);
  }

  /** How long it has: the clause's time, or the relaxed one on a day with many MQLs. */
  public Window within() {
    var relax = clause.limit().relax();
    return relax != null && mqlsThatDay != null && mqlsThatDay > relax.ifDailyMqlsOver()
        ? relax.to()
        : clause.limit().within();
  }

  /** When it must be kept; null while it is paused. */
  public @Nullable Instant due() {
    return runs().getLast().to();
  }

  /** When the owner is warned; null if the clause warns nobody, or a pause comes before. */
  public @Nullable Instant warning() {
    var share = clause.limit().warnAt();
    if (share == null) {
      return null;
    }
    var left = part(share, length(startedAt, within().from(startedAt, calendar)));
    for (var run : runs()) {
      if (run.to() == null) {
        return null;
      }
      var length = length(run.from(), run.to());
      if (left.compareTo(length) <= 0) {
        return advance(run.from(), left);
      }
      left = left.minus(length);
    }
    return due();
  }

  /**
   * What happens after a breach, and when; offsets run in the clause's calendar from when it was
   * due.
   */
  public List<Rung> ladder() {
    var due = due();
    return due == null
        ? List.of()
        : clause.limit().onBreach().stream()
            .map(
                step -> {
                  var after = step.after();
                  return new Rung(after == null ? due : after.from(due, calendar), step);
                })
            .sorted(Comparator.comparing(Rung::at))
            .toList();
  }

  /**
   * What it comes to at {@code now}, which is the database's clock. {@code deeds} are all that are
   * known of this handoff or request, in any order; of a clock that an owner change started anew,
   * those before it don't count. A deed at the very instant it was due keeps it.
   *
   * <p>Asked again after a breach, with a deed that was told late, it answers {@link Verdict.Met}
   * where the promise was kept in time: that breach is then excused.
   */
  public Verdict judged(List<Deed> deeds, Instant now) {
    var known = known(deeds);
    var due = due();
    var kept = keptAt(known);
    if (kept != null && (due == null || !kept.isAfter(due))) {
      return new Verdict.Met(kept);
    }
    var ended = endedAt(known);
    if (ended != null && (due == null || !ended.at().isAfter(due))) {
      return new Verdict.NotJudged(
          "%s %s, before it was due"
              .formatted(ended.words(), Wording.of(ended.at(), calendar.zone())));
    }
    if (due == null || now.isBefore(due)) {
      return new Verdict.Open(due);
    }
    var silent =
        kept == null && clause instanceof Clause.Decision decision && decision.silenceAccepts();
    return new Verdict.Broken(due, kept, length(due, kept == null ? now : kept), silent);
  }

  /** The lines by which a person can follow a verdict, as {@code sla-breach} publishes them. */
  public List<String> evidence(List<Deed> deeds, Verdict verdict) {
    var known = known(deeds);
    var lines = new ArrayList<String>();
    lines.add("charter version " + charterVersion + ": " + ClauseText.of(clause));
    owners.forEach(
        change ->
            lines.add(Wording.of(change.at(), calendar.zone()) + ": handed to " + change.to()));
    lines.add("started " + Wording.of(startedAt, calendar.zone()) + ": " + startedBy);
    if (!within().equals(clause.limit().within())) {
      lines.add("relaxed to %s: that day had %d MQLs".formatted(within(), mqlsThatDay));
    }
    runs().forEach(run -> lines.addAll(counted(run)));
    pauses.forEach(pause -> lines.add(told(pause)));
    var due = due();
    if (due != null) {
      lines.add(
          "due "
              + Wording.of(due, calendar.zone())
              + ": "
              + within()
              + " from the start"
              + (pauses.isEmpty() ? "" : ", pauses left out"));
    }
    lines.add("counted in " + calendar.zone() + " by time zone rules " + ZoneData.tzdbVersion());
    known.stream().limit(DEEDS_TOLD).forEach(deed -> lines.add(told(deed)));
    if (known.size() > DEEDS_TOLD) {
      lines.add("%d more steps".formatted(known.size() - DEEDS_TOLD));
    }
    lines.add(ClauseText.of(verdict, calendar.zone()));
    return lines;
  }

  private List<Deed> known(List<Deed> deeds) {
    return deeds.stream()
        .filter(deed -> !restarted || !deed.at().isBefore(startedAt))
        .sorted(Comparator.comparing(Deed::at))
        .toList();
  }

  private @Nullable Instant keptAt(List<Deed> known) {
    return switch (clause) {
      case Clause.Decision _ -> first(known, Deed.Kind.ACCEPTED, Deed.Kind.REJECTED);
      case Clause.FirstAttempt attempt ->
          earliest(
              first(known, Deed.Kind.CONNECTED),
              enough(counting(known, attempt.counts()).toList(), 1, 1));
      case Clause.Attempts attempts ->
          earliest(
              attempts.unlessConnected() ? first(known, Deed.Kind.CONNECTED) : null,
              enough(
                  counting(known, attempts.counts()).toList(),
                  attempts.atLeast(),
                  attempts.onDays() == null ? 1 : attempts.onDays()));
      case Clause.Disposition _ ->
          first(known, Deed.Kind.QUALIFIED, Deed.Kind.RETURNED, Deed.Kind.OUTCOME);
      case Clause.Feedback _ ->
          latest(first(known, Deed.Kind.RATED), first(known, Deed.Kind.REASONED));
      case Clause.Assignment _ -> first(known, Deed.Kind.ASSIGNED);
      case Clause.ContentReply _ ->
          first(known, Deed.Kind.ACCEPTED, Deed.Kind.DECLINED, Deed.Kind.DELIVERED);
    };
  }

  /** What ends the handoff ends its clocks, but not those that the end itself started. */
  private @Nullable Deed endedAt(List<Deed> known) {
    return switch (clause) {
      case Clause.Feedback _, Clause.ContentReply _ -> null;
      case Clause.Decision _,
          Clause.FirstAttempt _,
          Clause.Attempts _,
          Clause.Disposition _,
          Clause.Assignment _ ->
          known.stream().filter(deed -> ENDS.contains(deed.kind())).findFirst().orElse(null);
    };
  }

  private static Stream<Deed> counting(List<Deed> known, Set<String> channels) {
    return known.stream()
        .filter(deed -> deed.kind() == Deed.Kind.ATTEMPTED)
        .filter(
            deed ->
                channels.isEmpty()
                    || (deed.channel() != null && channels.contains(deed.channel())));
  }

  private @Nullable Instant enough(List<Deed> attempts, int atLeast, int onDays) {
    var days = new HashSet<LocalDate>();
    for (var i = 0; i < attempts.size(); i++) {
      days.add(attempts.get(i).at().atZone(calendar.zone()).toLocalDate());
      if (i + 1 >= atLeast && days.size() >= onDays) {
        return attempts.get(i).at();
      }
    }
    return null;
  }

  private static @Nullable Instant first(List<Deed> known, Deed.Kind... kinds) {
    var wanted = Set.of(kinds);
    return known.stream()
        .filter(deed -> wanted.contains(deed.kind()))
        .map(Deed::at)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }

  private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other == null ? null : one.isAfter(other) ? one : other;
  }

  private List<Run> runs() {
    var runs = new ArrayList<Run>();
    var from = startedAt;
    var due = within().from(startedAt, calendar);
    for (var pause : pauses) {
      if (!pause.from().isBefore(due)) {
        break;
      }
      var left = length(pause.from(), due);
      runs.add(new Run(from, pause.from()));
      if (pause.until() == null) {
        runs.add(new Run(pause.from(), null));
        return runs;
      }
      from = pause.until();
      due = advance(from, left);
    }
    runs.add(new Run(from, due));
    return runs;
  }

  private Duration length(Instant from, Instant to) {
    return within().business() ? calendar.between(from, to) : Duration.between(from, to);
  }

  private Instant advance(Instant from, Duration length) {
    return within().business() ? calendar.add(from, length) : from.plus(length);
  }

  private static Duration part(BigDecimal share, Duration of) {
    return Duration.ofMillis(
        share
            .multiply(BigDecimal.valueOf(of.toMillis()))
            .setScale(0, RoundingMode.DOWN)
            .longValueExact());
  }

  private List<String> counted(Run run) {
    if (run.to() == null) {
      return List.of();
    }
    if (within().business()) {
      return calendar.counted(run.from(), run.to(), INTERVALS_TOLD).lines();
    }
    return List.of(
        "ran from "
            + Wording.of(run.from(), calendar.zone())
            + " to "
            + Wording.of(run.to(), calendar.zone())
            + ": "
            + Wording.of(Duration.between(run.from(), run.to())));
  }

  private String told(Pause pause) {
    var from = Wording.of(pause.from(), calendar.zone());
    return pause.until() == null
        ? "paused from %s: %s".formatted(from, pause.why())
        : "paused from %s to %s: %s"
            .formatted(from, Wording.of(pause.until(), calendar.zone()), pause.why());
  }

  private String told(Deed deed) {
    return Wording.of(deed.at(), calendar.zone()) + ": " + deed.words();
  }

  private static <T> List<T> and(List<T> list, T more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }
}
