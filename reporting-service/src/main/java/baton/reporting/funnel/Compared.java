package baton.reporting.funnel;

import baton.reporting.journey.Journey;
import baton.reporting.whatif.WhatIf;
import java.time.Instant;
import java.util.ArrayList;

/**
 * What happened beside what would have, over leads that are shown one by one. Leads are asked for
 * by what they are counted under, on both sides.
 */
public final class Compared {
  private final Question asked;
  private final Tally happened = new Tally();
  private final Tally wouldHave = new Tally();
  private long kept;
  private long lost;
  private long gained;
  private long notReproduced;
  private long approximated;

  public Compared(Question asked) {
    this.asked = asked;
  }

  public void add(Journey journey, WhatIf whatIf, Instant now) {
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
      notReproduced += replayed.reproduced() ? 0 : 1;
      approximated += replayed.approximated();
    }
  }

  /** Takes in what was compared of other leads. */
  public void add(Compared other) {
    happened.add(other.happened);
    wouldHave.add(other.wouldHave);
    kept += other.kept;
    lost += other.lost;
    gained += other.gained;
    notReproduced += other.notReproduced;
    approximated += other.approximated;
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
