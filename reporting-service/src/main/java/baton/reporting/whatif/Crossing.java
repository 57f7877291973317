package baton.reporting.whatif;

import baton.charter.Agreement;
import baton.charter.expression.Facts;
import baton.charter.scoring.Judgement;
import baton.charter.scoring.Ruling;
import baton.reporting.whatif.Life.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lead crosses the MQL line, by some charter.
 *
 * @param trip the pass that it makes, as far as one happened: it ends when that ended
 */
record Crossing(Judgement judgement, @Nullable String segment, @Nullable Trip trip) {

  private record Seen(Agreement agreement, Life life, Moment moment) implements Ruling.Sight {
    @Override
    public Facts asOf(Instant instant, boolean qualified) {
      return life.asOf(moment, instant, qualified);
    }
  }

  Instant at() {
    return judgement.at();
  }

  /** Whether sales would be told of the same lead at the same time. */
  boolean isAs(Crossing other) {
    return at().equals(other.at())
        && Objects.equals(judgement.tier(), other.judgement.tier())
        && judgement.persona().id().equals(other.judgement.persona().id())
        && judgement.score().compareTo(other.judgement.score()) == 0;
  }

  /** Each crossing of a life in which facts came in the order in which they happened. */
  static List<Crossing> of(Life life, List<Trip> trips, Law law) {
    var crossings = new ArrayList<Crossing>(2);
    int next = 0;
    var stood = new Ruling.Stood(life.moments().getFirst().at(), null, false, null);
    for (var moment : life.moments()) {
      if (stood.open()
          && crossings.getLast().endedAt() instanceof Instant end
          && !end.isAfter(moment.at())) {
        stood = new Ruling.Stood(stood.asOf(), stood.saidQualifiedAt(), false, end);
      }
      var told = new Ruling.Told(moment.at(), moment.saidQualified() ? moment.at() : null);
      if (stood.open()) {
        stood = stood.told(told);
        continue;
      }
      var ruling = Ruling.of(stood, told, at -> new Seen(law.at(at).agreement(), life, moment));
      var ready = ruling.ready();
      if (ready != null) {
        var at = ready.judgement().at();
        while (next < trips.size() && trips.get(next).isOver(at)) {
          next++;
        }
        crossings.add(
            new Crossing(
                ready.judgement(),
                moment.segment(),
                next < trips.size() ? trips.get(next++) : null));
      }
      stood =
          new Ruling.Stood(
              ruling.asOf(),
              ruling.saidQualifiedAt(),
              ready != null,
              ready != null ? null : stood.endedAt());
    }
    return crossings;
  }

  /** A pass never ends before it began. */
  private @Nullable Instant endedAt() {
    var end = trip == null ? null : trip.endedAt();
    return end == null ? null : Ruling.later(end, at());
  }
}
