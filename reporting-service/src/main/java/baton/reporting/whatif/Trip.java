package baton.reporting.whatif;

import baton.contracts.HandoffStep;
import baton.reporting.journey.Fact.Became;
import baton.reporting.journey.Fact.Handed;
import baton.reporting.journey.Fact.Qualified;
import baton.reporting.journey.Journey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pass that marketing's word began, and since when it is over for whoever may begin another; null
 * while it isn't.
 */
record Trip(Qualified qualified, @Nullable Instant endedAt) {
  /** Where an end stands among others: only one that outranks those before it is heard. */
  private record End(Instant at, int rank) {}

  /** Whether it had ended by then, and is none that could have begun then. */
  boolean isOver(Instant at) {
    return endedAt != null && endedAt.isBefore(at);
  }

  /** By when they began. */
  static List<Trip> of(Journey journey) {
    var began =
        journey.facts().stream()
            .filter(Qualified.class::isInstance)
            .map(Qualified.class::cast)
            .sorted(Comparator.comparing(Qualified::at).thenComparing(Qualified::passId))
            .toList();
    return began.stream().map(each -> new Trip(each, endedAt(journey, each, began))).toList();
  }

  private static @Nullable Instant endedAt(Journey journey, Qualified pass, List<Qualified> began) {
    var ends = new ArrayList<End>();
    for (var fact : journey.facts()) {
      switch (fact) {
        case Handed handed when handed.passId().equals(pass.passId()) ->
            add(ends, handed.at(), rank(handed.step()));
        case Became became when pass.passId().equals(pass(became.passId(), became.at(), began)) ->
            add(ends, became.at(), rank(became));
        default -> {}
      }
    }
    ends.sort(Comparator.comparing(End::at).thenComparing(End::rank));
    Instant ended = null;
    int reached = 0;
    for (var end : ends) {
      if (end.rank() > reached) {
        ended = end.at();
        reached = end.rank();
      }
    }
    return ended == null || ended.isAfter(pass.at()) ? ended : pass.at();
  }

  private static void add(List<End> ends, Instant at, int rank) {
    if (rank > 0) {
      ends.add(new End(at, rank));
    }
  }

  /** Without a pass it is about the latest until then, else the first. */
  static UUID pass(@Nullable UUID named, Instant at, List<Qualified> began) {
    if (named != null) {
      return named;
    }
    var pass = began.getFirst();
    for (var each : began) {
      pass = each.at().isAfter(at) ? pass : each;
    }
    return pass.passId();
  }

  private static int rank(HandoffStep step) {
    return switch (step) {
      case CLOSED -> 1;
      case REJECTED -> 2;
      case RETURNED -> 3;
      case OFFERED,
          ACCEPTED,
          DEEMED_ACCEPTED,
          QUALIFIED,
          REASSIGNED,
          ATTEMPTED,
          CONNECTED,
          REFUSED ->
          0;
    };
  }

  private static int rank(Became became) {
    return switch (became.result()) {
      case DISQUALIFIED -> 4;
      case LOST -> 5;
      case WON -> 6;
      case OPPORTUNITY, PURCHASED, RENEWED, CHURNED, VOIDED -> 0;
    };
  }
}
