package baton.reporting.restatement;

import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part;
import baton.reporting.funnel.Part.Entered;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Part.Standing;
import baton.reporting.funnel.Part.Tallied;
import baton.reporting.funnel.Promises;
import baton.reporting.funnel.Quarter;
import baton.reporting.funnel.Term;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which number it is that reports tell of a day.
 *
 * @param label its currency, reason, clause, rating or channel; empty where it has none
 */
public record Figure(String metric, String label) {
  /** Parts of deals that a channel is owed if all touches are owed alike. */
  static final String CREDIT = "credit";

  private static final String RATINGS = "ratings";
  private static final String DEALS_LOST = "deals-lost";
  private static final String PROMISES = "promises-";

  private static final Set<Kind> KINDS =
      EnumSet.of(Kind.REVENUE, Kind.SOURCED, Kind.REJECTED, Kind.RETURNED, Kind.LOST_VALUE);

  /** What a report is asked for, to tell any figure but credit. */
  public static final Numbers NUMBERS =
      new Numbers(
          true,
          KINDS,
          Set.of(Matter.PROMISE, Matter.OPEN_PROMISE, Matter.RATING, Matter.DEAL),
          false);

  public static Figure credit(String channel) {
    return new Figure(CREDIT, channel);
  }

  public boolean isCredit() {
    return metric.equals(CREDIT);
  }

  public boolean isMoney() {
    return "currency".equals(of());
  }

  /** What its label is; null where it has none. */
  public @Nullable String of() {
    return switch (metric) {
      case "revenue", "sourced-revenue", "lost-value" -> "currency";
      case "rejected", "returned" -> "reason";
      case PROMISES + "met", PROMISES + "breached", PROMISES + "excused" -> "clause";
      case RATINGS -> "rating";
      case CREDIT -> "channel";
      default -> null;
    };
  }

  /** Where in time this is counted. */
  static int at(Part part) {
    return switch (part) {
      case Entered entered -> entered.at();
      case Tallied tallied -> tallied.at();
      case Noted noted -> noted.at();
      case Standing _ -> Quarter.NEVER;
    };
  }

  /** What this adds to which figures. */
  static void each(Part part, BiConsumer<Figure, BigDecimal> into) {
    switch (part) {
      case Entered entered when entered.passes() == WhichPasses.ANY -> {
        into.accept(new Figure(entered.stage().word(), ""), BigDecimal.ONE);
        if (Column.of(entered.stage(), entered.how(), true) != null) {
          into.accept(new Figure(word(entered.stage(), entered.how()), ""), BigDecimal.ONE);
        }
      }
      case Tallied tallied
          when tallied.passes() == WhichPasses.ANY && KINDS.contains(tallied.kind()) ->
          into.accept(new Figure(word(tallied.kind()), tallied.label()), tallied.amount());
      case Noted noted when noted.passes() == WhichPasses.ANY -> noted(noted, into);
      case Entered _, Tallied _, Noted _, Standing _ -> {}
    }
  }

  private static void noted(Noted noted, BiConsumer<Figure, BigDecimal> into) {
    for (var term : noted.terms()) {
      var words = Term.words(term);
      var first = words.getFirst();
      switch (noted.matter()) {
        case PROMISE -> {
          if (words.size() == 3) {
            into.accept(new Figure(PROMISES + words.get(2), first), BigDecimal.ONE);
          }
        }
        case OPEN_PROMISE -> into.accept(new Figure(PROMISES + "breached", first), BigDecimal.ONE);
        case RATING -> {
          if (first.equals("rating")) {
            into.accept(new Figure(RATINGS, words.get(1)), BigDecimal.ONE);
          }
        }
        case DEAL -> {
          if (words.size() == 1 && first.equals("lost")) {
            into.accept(new Figure(DEALS_LOST, ""), BigDecimal.ONE);
          }
        }
        case PASS, DECISION, END, OPEN_DEAL, CUSTOMER -> {}
      }
    }
  }

  /**
   * What it is where these are the sums of its day.
   *
   * @param now what was due before and is open has been broken
   */
  public BigDecimal in(Counts counts, Instant now) {
    for (var stage : Stage.values()) {
      if (metric.equals(stage.word())) {
        return BigDecimal.valueOf(counts.reached(stage, Basis.PERIOD));
      }
      for (var how : How.values()) {
        if (metric.equals(word(stage, how))) {
          return BigDecimal.valueOf(counts.reached(stage, how, Basis.PERIOD));
        }
      }
    }
    for (var kind : KINDS) {
      if (metric.equals(word(kind))) {
        return counts.tallied(kind).getOrDefault(label, BigDecimal.ZERO);
      }
    }
    return switch (metric) {
      case PROMISES + "met" -> promises(counts, now, Promises::met);
      case PROMISES + "breached" -> promises(counts, now, Promises::breached);
      case PROMISES + "excused" -> promises(counts, now, Promises::excused);
      case RATINGS -> noted(counts, Matter.RATING, "rating", label);
      case DEALS_LOST -> noted(counts, Matter.DEAL, "lost");
      default -> BigDecimal.ZERO;
    };
  }

  private BigDecimal promises(Counts counts, Instant now, ToLongFunction<Promises> which) {
    return BigDecimal.valueOf(
        which.applyAsLong(Promises.sum(counts, now, clause -> clause.id().equals(label))));
  }

  private static BigDecimal noted(Counts counts, Matter matter, String... words) {
    return BigDecimal.valueOf(
        counts.noted(matter).entrySet().stream()
            .filter(term -> Term.words(term.getKey()).equals(List.of(words)))
            .mapToLong(Map.Entry::getValue)
            .sum());
  }

  private static String word(Stage stage, How how) {
    return stage.word() + "-" + how.name().toLowerCase(Locale.ROOT);
  }

  private static String word(Kind kind) {
    return kind == Kind.SOURCED
        ? "sourced-revenue"
        : kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
