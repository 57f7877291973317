package baton.charter.clause;

import baton.charter.Clause;
import baton.charter.time.Calendar;
import baton.charter.time.Wording;
import baton.charter.time.ZoneData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One clause about a period, for one period. It is due when the period ends. */
public record PeriodClock(
    Clause.Periodic clause, int charterVersion, Stretch stretch, Calendar calendar) {
  private static final int SCALE = 4;

  public Instant due() {
    return stretch.ends();
  }

  /** What the period comes to; {@link Verdict.Open} before it ends. */
  public Verdict judged(Tally tally, Instant now) {
    if (now.isBefore(due())) {
      return new Verdict.Open(due());
    }
    var why = unjudgeable(tally, tally.of());
    if (why != null) {
      return new Verdict.NotJudged(why);
    }
    return holds(tally)
        ? new Verdict.Met(due())
        : new Verdict.Broken(due(), null, Duration.ZERO, false);
  }

  /** The lines by which a person can follow a verdict, as {@code sla-breach} publishes them. */
  public List<String> evidence(Tally tally, Verdict verdict) {
    return lines(
        tally,
        switch (verdict) {
          case Verdict.Met _ -> "kept";
          case Verdict.Broken _ -> "broken";
          case Verdict.Open _ -> "the period isn't over";
          case Verdict.NotJudged not -> "not judged: " + not.why();
        });
  }

  /** How it will end: a number grows with the business days, a share stays as it is. */
  public Forecast forecast(Tally tally, Instant now) {
    var gone = gone(now);
    if (gone.signum() == 0 || (tally.of() == 0 && !(clause instanceof Clause.Mqls))) {
      return forecast(Forecast.Outlook.TOO_EARLY, null, tally, "too early to say");
    }
    var expectedOf = projected(tally.of(), gone);
    var why = unjudgeable(tally, expectedOf);
    var expected =
        clause instanceof Clause.Mqls
            ? BigDecimal.valueOf(projected(tally.counted(), gone))
            : share(tally);
    if (why != null) {
      return forecast(
          Forecast.Outlook.WILL_NOT_BE_JUDGED, expected, tally, "will not be judged: " + why);
    }
    var outlook = holds(expected) ? Forecast.Outlook.ON_TRACK : Forecast.Outlook.AT_RISK;
    return forecast(
        outlook,
        expected,
        tally,
        "after %s of the business days, expected at the end: %s of %s promised"
            .formatted(ClauseText.percent(gone), figure(expected), figure(promised())));
  }

  private Forecast forecast(
      Forecast.Outlook outlook, @Nullable BigDecimal expected, Tally tally, String outcome) {
    return new Forecast(outlook, promised(), expected, lines(tally, outcome));
  }

  private BigDecimal promised() {
    return switch (clause) {
      case Clause.Mqls mqls -> BigDecimal.valueOf(mqls.atLeast());
      case Clause.Share share -> share.atLeast();
      case Clause.RejectionRate rate -> rate.atMost();
      case Clause.Fields fields -> fields.share();
    };
  }

  private boolean holds(BigDecimal figure) {
    var difference = figure.compareTo(promised());
    return clause instanceof Clause.RejectionRate ? difference <= 0 : difference >= 0;
  }

  /** Exact: a share is compared by its product, not by a rounded quotient. */
  private boolean holds(Tally tally) {
    if (clause instanceof Clause.Mqls) {
      return holds(BigDecimal.valueOf(tally.counted()));
    }
    var difference =
        BigDecimal.valueOf(tally.counted())
            .compareTo(promised().multiply(BigDecimal.valueOf(tally.of())));
    return clause instanceof Clause.RejectionRate ? difference <= 0 : difference >= 0;
  }

  private @Nullable String unjudgeable(Tally tally, long of) {
    return switch (clause) {
      case Clause.Mqls _ -> null;
      case Clause.Share share -> tooFew(of, share.minimum(), "MQLs");
      case Clause.Fields _ -> tooFew(of, 1, "MQLs");
      case Clause.RejectionRate rate -> {
        var suspended = suspended(rate.suspendedBy(), tally.other());
        yield suspended == null ? tooFew(of, rate.minimum(), "decisions") : suspended;
      }
    };
  }

  private static @Nullable String tooFew(long of, int minimum, String what) {
    var needed = Math.max(1, minimum);
    return of < needed ? "%d %s, fewer than %d".formatted(of, what, needed) : null;
  }

  /** A promise that nobody had to keep in the period suspends nothing. */
  private static @Nullable String suspended(
      Clause.@Nullable Suspension suspension, Tally.@Nullable Kept other) {
    if (suspension == null || other == null || other.met() + other.broken() == 0) {
      return null;
    }
    var all = other.met() + other.broken();
    return BigDecimal.valueOf(other.met())
                .compareTo(suspension.below().multiply(BigDecimal.valueOf(all)))
            < 0
        ? "%s was kept in %d of %d, below %s"
            .formatted(
                suspension.clause(), other.met(), all, ClauseText.percent(suspension.below()))
        : null;
  }

  private BigDecimal gone(Instant now) {
    return stretch.gone(calendar, now).setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  private static long projected(long counted, BigDecimal gone) {
    return BigDecimal.valueOf(counted).divide(gone, 0, RoundingMode.HALF_EVEN).longValueExact();
  }

  private static BigDecimal share(Tally tally) {
    return quotient(BigDecimal.valueOf(tally.counted()), BigDecimal.valueOf(tally.of()));
  }

  private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    return dividend.divide(divisor, SCALE, RoundingMode.HALF_EVEN);
  }

  private String figure(BigDecimal figure) {
    return clause instanceof Clause.Mqls ? figure.toPlainString() : ClauseText.percent(figure);
  }

  private List<String> lines(Tally tally, String outcome) {
    var lines = new ArrayList<String>();
    lines.add("charter version %d: %s".formatted(charterVersion, ClauseText.of(clause)));
    lines.add(
        "period %s, from %s to before %s"
            .formatted(
                stretch,
                Wording.of(stretch.starts(), stretch.zone()),
                Wording.of(stretch.ends(), stretch.zone())));
    lines.add(
        clause instanceof Clause.Mqls || tally.of() == 0
            ? "counted: %d".formatted(tally.counted())
            : "counted: %d of %d, %s"
                .formatted(tally.counted(), tally.of(), ClauseText.percent(share(tally))));
    if (clause instanceof Clause.RejectionRate rate
        && rate.suspendedBy() != null
        && tally.other() != null) {
      lines.add(
          "%s was kept in %d of %d"
              .formatted(
                  rate.suspendedBy().clause(),
                  tally.other().met(),
                  tally.other().met() + tally.other().broken()));
    }
    lines.add("edges by time zone rules " + ZoneData.tzdbVersion());
    lines.add(outcome);
    return lines;
  }
}
