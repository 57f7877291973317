package baton.reporting.funnel;

import baton.reporting.journey.Journey;
import baton.reporting.whatif.Delivered;
import baton.reporting.whatif.WhatIf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened beside what would have, over leads that are shown one by one. Leads are asked for
 * by what they are counted under, on both sides.
 */
public final class Compared {
  private final Question asked;
  private final WhatIf whatIf;
  private final Delivered delivered;
  private final Delivered wouldBeDelivered;
  private final Tally happened = new Tally();
  private final Tally wouldHave = new Tally();
  private long kept;
  private long lost;
  private long gained;
  private long notReproduced;
  private long approximated;

  public Compared(Question asked, WhatIf whatIf) {
    this.asked = asked;
    this.whatIf = whatIf;
    this.delivered = whatIf.delivered();
    this.wouldBeDelivered = whatIf.delivered();
  }

  public void add(Journey journey, Instant now) {
    var contribution = Contribution.of(journey);
    var keys = contribution.dimensions();
    var replayed = whatIf.of(journey, now);
    var before = happened.add(asked, journey, contribution, keys, now);
    var after =
        wouldHave.add(
            asked,
            replayed.journey(),
            replayed.journey() == journey ? contribution : Contribution.of(replayed.journey()),
            keys,
            now);
    var both = new ArrayList<>(before);
    both.retainAll(after);
    kept += both.size();
    lost += before.size() - both.size();
    gained += after.size() - both.size();
    if (asked.lets(keys)) {
      whatIf.deliver(journey, this::asks, delivered);
      whatIf.deliver(replayed.journey(), this::asks, wouldBeDelivered);
      notReproduced += replayed.reproduced() ? 0 : 1;
      approximated += replayed.approximated();
    }
  }

  private boolean asks(Instant at) {
    return asked.basis() == Basis.PERIOD && asked.asks(Quarter.EVER, Quarter.of(at), 0);
  }

  /** Takes in what was compared of other leads. */
  public void add(Compared other) {
    delivered.add(other.delivered);
    wouldBeDelivered.add(other.wouldBeDelivered);
    happened.add(other.happened);
    wouldHave.add(other.wouldHave);
    kept += other.kept;
    lost += other.lost;
    gained += other.gained;
    notReproduced += other.notReproduced;
    approximated += other.approximated;
  }

  /** A promise about a period that was asked about whole, by the draft on both sides. */
  public record Promised(Delivered.Period happened, Delivered.Period wouldHave) {}

  /** None unless it was asked about what happened in a time. */
  public List<Promised> periods(Instant now) {
    delivered.alongside(wouldBeDelivered);
    wouldBeDelivered.alongside(delivered);
    var happened = delivered.periods(now);
    var wouldHave = wouldBeDelivered.periods(now);
    var promised = new ArrayList<Promised>();
    for (int i = 0; i < happened.size(); i++) {
      var stretch = happened.get(i).stretch();
      if (Quarter.of(stretch.starts()) >= asked.first()
          && Quarter.of(stretch.ends()) <= asked.end()) {
        promised.add(new Promised(happened.get(i), wouldHave.get(i)));
      }
    }
    return promised;
  }

  public Tally happened() {
    return happened;
  }

  public Tally wouldHave() {
    return wouldHave;
  }

  /** MQLs, pass by pass, that happened and would have. */
  public long kept() {
    return kept;
  }

  public long lost() {
    return lost;
  }

  public long gained() {
    return gained;
  }

  /** Leads whose passes the charters that governed don't make of their facts. */
  public long notReproduced() {
    return notReproduced;
  }

  /** Promises that would come to something else, and of which the same is true. */
  public long approximated() {
    return approximated;
  }
}
