package baton.reporting.journey;

import baton.contracts.HandoffStep;
import baton.contracts.OutcomeResult;
import baton.reporting.journey.Fact.Became;
import baton.reporting.journey.Fact.Handed;
import baton.reporting.journey.Fact.Qualified;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a lead's facts into its passes. A fact without a pass belongs to the latest one qualified
 * until then, else to the first, else to one that is inferred from it.
 */
final class Passes {
  private static final Comparator<Gathered> IN_ORDER =
      Comparator.comparing(Gathered::began)
          .thenComparing(pass -> pass.id, Comparator.nullsFirst(Comparator.naturalOrder()));

  private Passes() {}

  static List<Pass> of(Fact[] facts) {
    var gathered = new ArrayList<Gathered>(2);
    var homeless = new ArrayList<Became>(2);
    for (var fact : facts) {
      switch (fact) {
        case Qualified qualified -> {
          var pass = gathered(gathered, qualified.passId());
          pass.qualified = qualified;
          pass.seen(qualified);
        }
        case Handed handed when handed.step() != HandoffStep.REFUSED ->
            gathered(gathered, handed.passId()).hear(handed);
        case Became became when bears(became.result()) -> {
          if (became.passId() == null) {
            homeless.add(became);
          } else {
            gathered(gathered, became.passId()).hear(became);
          }
        }
        default -> {}
      }
    }
    gathered.sort(IN_ORDER);
    if (gathered.isEmpty() && !homeless.isEmpty()) {
      gathered.add(new Gathered(null));
    }
    // where each belongs is decided before any is given away: giving must not move a pass
    var homes = homeless.stream().map(fact -> home(gathered, fact.at())).toList();
    for (int i = 0; i < homes.size(); i++) {
      homes.get(i).hear(homeless.get(i));
    }
    var passes = new ArrayList<Pass>(gathered.size());
    for (var pass : gathered) {
      passes.add(pass.as(passes.size() + 1));
    }
    return passes;
  }

  /** Whether this result is part of the funnel; the others are a customer's life after it. */
  private static boolean bears(OutcomeResult result) {
    return switch (result) {
      case OPPORTUNITY, WON, LOST, DISQUALIFIED -> true;
      case PURCHASED, RENEWED, CHURNED, VOIDED -> false;
    };
  }

  private static Gathered gathered(List<Gathered> passes, UUID id) {
    for (var pass : passes) {
      if (id.equals(pass.id)) {
        return pass;
      }
    }
    var pass = new Gathered(id);
    passes.add(pass);
    return pass;
  }

  private static Gathered home(List<Gathered> inOrder, Instant at) {
    for (int i = inOrder.size() - 1; i > 0; i--) {
      if (!inOrder.get(i).began().isAfter(at)) {
        return inOrder.get(i);
      }
    }
    return inOrder.getFirst();
  }

  /** A pass as far as its facts have been heard. */
  private static final class Gathered {
    private final @Nullable UUID id;
    private @Nullable Qualified qualified;
    private @Nullable Reached first;
    private @Nullable Reached accepted;
    private @Nullable Reached deemed;
    private @Nullable Reached sold;
    private @Nullable Reached opened;
    private @Nullable Reached won;
    private @Nullable End end;
    private final List<Sale> sales = new ArrayList<>(1);

    Gathered(@Nullable UUID id) {
      this.id = id;
    }

    Instant began() {
      return qualified != null ? qualified.at() : first == null ? Instant.MAX : first.at();
    }

    void seen(Fact fact) {
      first = earliest(first, reached(fact, How.INFERRED));
    }

    void hear(Handed handed) {
      seen(handed);
      switch (handed.step()) {
        case ACCEPTED -> accepted = earliest(accepted, reached(handed, How.EXPLICIT));
        case DEEMED_ACCEPTED -> deemed = earliest(deemed, reached(handed, How.DEEMED));
        case QUALIFIED -> sold = earliest(sold, reached(handed, How.EXPLICIT));
        case REJECTED -> end(Ending.REJECTED, handed, handed.reason());
        case RETURNED -> end(Ending.RETURNED, handed, handed.reason());
        case OFFERED, REASSIGNED, ATTEMPTED, CONNECTED, CLOSED, REFUSED -> {}
      }
    }

    void hear(Became became) {
      seen(became);
      switch (became.result()) {
        case OPPORTUNITY -> {
          sold = earliest(sold, reached(became, How.EXPLICIT));
          opened = earliest(opened, reached(became, How.EXPLICIT));
        }
        case WON -> {
          won = earliest(won, reached(became, How.EXPLICIT));
          end(Ending.WON, became, became.reason());
          if (became.amount() != null && became.currency() != null) {
            sales.add(new Sale(became.at(), became.amount(), became.currency(), became.charter()));
          }
        }
        case LOST -> end(Ending.LOST, became, became.reason());
        case DISQUALIFIED -> end(Ending.DISQUALIFIED, became, became.reason());
        case PURCHASED, RENEWED, CHURNED, VOIDED -> {}
      }
    }

    private void end(Ending ending, Fact fact, @Nullable String reason) {
      end = End.holding(end, new End(ending, fact.at(), reason, fact.charter()));
    }

    Pass as(int number) {
      var qualify = sold;
      var sql = qualify != null ? qualify : inferred(won);
      var opportunity = opened != null ? opened : inferred(won);
      var accept =
          accepted != null && deemed != null
              ? accepted.or(deemed)
              : accepted != null ? accepted : deemed;
      var sal = accept != null ? accept : inferred(earliest(qualify, won));
      var mql =
          qualified != null
              ? reached(qualified, How.EXPLICIT)
              : Objects.requireNonNull(first, "a pass has facts");
      return new Pass(
          number, id, mql.at(), mql, sal, sql, opportunity, won, end, List.copyOf(sales));
    }

    private static Reached reached(Fact fact, How how) {
      return new Reached(fact.at(), how, fact.charter());
    }

    private static @Nullable Reached inferred(@Nullable Reached later) {
      return later == null ? null : later.inferred();
    }

    /** The earlier; of two at once that under the older charter, so that order can't matter. */
    private static @Nullable Reached earliest(@Nullable Reached one, @Nullable Reached other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      int order = one.at().compareTo(other.at());
      return order < 0 || (order == 0 && one.charter() <= other.charter()) ? one : other;
    }
  }
}
