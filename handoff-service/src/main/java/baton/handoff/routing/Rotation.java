package baton.handoff.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deals turns so that every seller stays within one turn of his weight's share at every moment, not
 * only in the long run.
 *
 * <p>Each handoff owes every eligible seller a part of a turn, his weight's share. Of the sellers
 * who are owed enough it goes to the one whose next whole turn falls due first (Tijdeman's solution
 * of the chairman assignment problem). Who isn't eligible is owed nothing meanwhile, and what he
 * was owed before waits for him: an absence neither costs a turn nor piles turns up.
 */
public final class Rotation {
  /** Of those who are due at the same time the first by id is served, whatever sums round to. */
  private static final double ROUNDING = 1e-9;

  private static final class Place {
    final Candidate seller;
    double credit;
    int room;

    Place(Candidate seller) {
      this.seller = seller;
      this.credit = seller.credit();
      this.room = seller.room();
    }
  }

  private final List<Place> places;
  private final List<Place> eligible;
  private double weights;

  public Rotation(List<Candidate> candidates) {
    places =
        candidates.stream()
            .sorted(Comparator.comparing(Candidate::sellerId))
            .map(Place::new)
            .toList();
    eligible = new ArrayList<>(places.stream().filter(place -> place.room > 0).toList());
    weigh();
  }

  /** Gives the next handoff to a seller, or to nobody when nobody is eligible. */
  public @Nullable Turn next() {
    if (eligible.isEmpty()) {
      return null;
    }
    for (var place : eligible) {
      place.credit += share(place);
    }
    var due = soonestDue();
    var owed = due.credit;
    var among = eligible.size();
    due.credit -= 1;
    due.room--;
    var turn = new Turn(due.seller.sellerId(), due.seller.team(), why(due, owed, among));
    if (due.room == 0) {
      eligible.remove(due);
      weigh();
    }
    return turn;
  }

  /** Whether the next handoff would find a seller. */
  public boolean anybody() {
    return !eligible.isEmpty();
  }

  /** Why nobody was dealt a handoff. */
  public String whyNobody() {
    return places.isEmpty()
        ? "nobody eligible: there is no active seller"
        : "nobody eligible: every active seller has reached his capacity";
  }

  /** What every seller is owed now, by id. */
  public Map<String, Double> credits() {
    var credits = new TreeMap<String, Double>();
    for (var place : places) {
      credits.put(place.seller.sellerId(), place.credit);
    }
    return credits;
  }

  private void weigh() {
    weights = eligible.stream().mapToDouble(place -> place.seller.weight()).sum();
  }

  private double share(Place place) {
    return place.seller.weight() / weights;
  }

  private Place soonestDue() {
    var slack = eligible.size() == 1 ? 0 : 1.0 / (2.0 * eligible.size() - 2);
    Place soonest = null;
    var soonestDeadline = Double.POSITIVE_INFINITY;
    Place mostOwed = eligible.getFirst();
    for (var place : eligible) {
      if (place.credit > mostOwed.credit + ROUNDING) {
        mostOwed = place;
      }
      var deadline = (1 - slack - place.credit) / share(place);
      if (place.credit >= slack - ROUNDING && deadline < soonestDeadline - ROUNDING) {
        soonest = place;
        soonestDeadline = deadline;
      }
    }
    return soonest == null ? mostOwed : soonest;
  }

  private String why(Place place, double owed, int among) {
    return among == 1
        ? "the only eligible seller"
        : String.format(
            Locale.ROOT,
            "his turn: owed %.2f of a turn, next due of %d eligible sellers (weight %s of %s)",
            owed,
            among,
            plain(place.seller.weight()),
            plain(weights));
  }

  private static String plain(double weight) {
    return java.math.BigDecimal.valueOf(weight)
        .setScale(3, java.math.RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
