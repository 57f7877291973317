package baton.reporting.restatement;

import baton.contracts.OutcomeResult;
import baton.reporting.attribution.Crediting;
import baton.reporting.attribution.Model;
import baton.reporting.attribution.Route.Won;
import baton.reporting.attribution.Routes;
import baton.reporting.attribution.Terms;
import baton.reporting.attribution.Whence;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Dimensions;
import baton.reporting.funnel.Level;
import baton.reporting.funnel.Part;
import baton.reporting.funnel.Quarter;
import baton.reporting.journey.Fact.Became;
import baton.reporting.journey.Journey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a batch changes of days that are over. Most batches change none, which costs a look at the
 * time of what their leads count for. One thread fills it.
 */
public final class Restating {
  /** Of so many leads the event is named; what more of them change is told together. */
  public static final int MOST_LEADS = 20;

  /** How credit is told: every touch alike, by its channel. */
  public static final Terms CREDIT =
      new Terms(Model.Placed.LINEAR, List.of(Whence.Part.CHANNEL), null);

  /** Where a figure stands; leads come from nowhere in particular where it isn't told by that. */
  public record Place(LocalDate day, Figure figure, @Nullable Dimensions origin) {}

  private record Why(Place place, @Nullable By by) {}

  private record Amount(BigDecimal value, int leads) {
    private Amount plus(Amount other) {
      return new Amount(value.add(other.value), leads + other.leads);
    }
  }

  private final ZoneId zone;

  /** The first quarter of an hour that is not of a day that is over. */
  private final int today;

  private final Map<Why, Amount> amounts = new LinkedHashMap<>();
  private int leads;

  /**
   * @param zone in which days are days
   * @param heard when the batch was
   */
  public Restating(ZoneId zone, Instant heard) {
    this(zone, Quarter.of(start(LocalDate.ofInstant(heard, zone), zone)));
  }

  private Restating(ZoneId zone, int today) {
    this.zone = zone;
    this.today = today;
  }

  /** Where nothing was told yet, nothing is told anew. */
  public static Restating nothing() {
    return new Restating(ZoneOffset.UTC, Quarter.EVER);
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** What one lead, or some that count together, change. */
  public final class Moves {
    private final Map<Place, BigDecimal> net = new HashMap<>();

    private Moves() {}

    /** What counted as {@code was} counts as {@code is} now. */
    public void replaced(Journey before, Contribution was, Journey after, Contribution is) {
      if (today == Quarter.EVER || (!reachesBack(was) && !reachesBack(is))) {
        return;
      }
      var from = origin(was);
      var to = origin(is);
      boolean same = from.equals(to);
      was.parts()
          .forEach(
              (part, weight) ->
                  add(part, (same ? is.parts().getOrDefault(part, 0) : 0) - weight, from));
      is.parts()
          .forEach(
              (part, weight) -> {
                if (!same || !was.parts().containsKey(part)) {
                  add(part, weight, to);
                }
              });
      if (wonBefore(before) || wonBefore(after)) {
        credit(before, after);
      }
    }

    private void add(Part part, int weight, Dimensions origin) {
      int at = Figure.at(part);
      if (weight != 0 && at < today) {
        var day = day(at);
        Figure.each(
            part,
            (figure, amount) ->
                add(new Place(day, figure, origin), amount.multiply(BigDecimal.valueOf(weight))));
      }
    }

    private void add(Place place, BigDecimal amount) {
      net.merge(
          place, amount, (one, other) -> one.add(other).signum() == 0 ? null : one.add(other));
    }

    private void credit(Journey before, Journey after) {
      var days = new HashMap<LocalDate, Crediting>();
      owe(days, before, -1);
      owe(days, after, 1);
      days.forEach(
          (day, crediting) ->
              crediting
                  .credits()
                  .rows()
                  .forEach(
                      row -> {
                        var channel = row.key().values().getFirst();
                        if (row.conversions().signum() != 0) {
                          add(
                              new Place(day, Figure.credit(channel == null ? "" : channel), null),
                              row.conversions());
                        }
                      }));
    }

    private void owe(Map<LocalDate, Crediting> days, Journey journey, int sign) {
      Routes.of(journey)
          .forEach(
              (route, times) -> {
                int at = Quarter.of(route.at());
                if (route instanceof Won won && at < today) {
                  days.computeIfAbsent(day(at), _ -> new Crediting(CREDIT)).won(won, sign * times);
                }
              });
    }

    public Set<Place> places() {
      return net.keySet();
    }
  }

  public Moves moves() {
    return new Moves();
  }

  /** A lead's moves, and why each came about. */
  public void add(Moves moves, Supplier<Function<Place, By>> whys) {
    if (moves.net.isEmpty()) {
      return;
    }
    Function<Place, @Nullable By> why = leads < MOST_LEADS ? whys.get()::apply : _ -> null;
    leads++;
    moves.net.forEach(
        (place, amount) ->
            amounts.merge(new Why(place, why.apply(place)), new Amount(amount, 1), Amount::plus));
  }

  /** All that changed. */
  public List<Change> changes() {
    var changes = new ArrayList<Change>();
    amounts.forEach(
        (why, amount) -> {
          var place = why.place();
          if (amount.value().signum() != 0) {
            changes.add(
                new Change(
                    place.day(),
                    start(place.day().plusDays(1), zone),
                    place.figure(),
                    place.origin() == null ? null : place.origin().id(),
                    amount.value(),
                    why.by(),
                    amount.leads()));
          }
        });
    return changes;
  }

  private LocalDate day(int quarter) {
    return LocalDate.ofInstant(Quarter.start(quarter), zone);
  }

  private boolean reachesBack(Contribution contribution) {
    for (var part : contribution.parts().keySet()) {
      if (Figure.at(part) < today) {
        return true;
      }
    }
    return false;
  }

  private boolean wonBefore(Journey journey) {
    for (var fact : journey.facts()) {
      if (fact instanceof Became became
          && became.result() == OutcomeResult.WON
          && Quarter.of(became.at()) < today) {
        return true;
      }
    }
    return false;
  }

  private static Dimensions origin(Contribution contribution) {
    return contribution.dimensions().only(Level.ORIGIN_DAY.dimensions());
  }
}
