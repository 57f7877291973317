package baton.reporting.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RocTest {
  /** 3 and 2 succeeded, 2 and 1 didn't: of four pairs three are in order, one is a tie. */
  @Test
  void a_tie_counts_half() {
    var roc = Roc.of(new double[] {3, 2, 2, 1}, new boolean[] {true, true, false, false});

    assertThat(roc.area()).isEqualTo(0.875);
    assertThat(roc.ofSuccesses()).containsExactly(1, 0.75);
    assertThat(roc.ofOthers()).containsExactly(0.75, 1);
  }

  /** Both placements vary by 0.03125 around their means; halved and added that is 0.03125. */
  @Test
  void the_interval_is_delongs() {
    var estimate =
        Roc.of(new double[] {3, 2, 2, 1}, new boolean[] {true, true, false, false}).estimate();

    assertThat(estimate.low())
        .isEqualTo(0.875 - 1.959963984540054 * Math.sqrt(0.03125), within(1e-12));
    assertThat(estimate.high()).isEqualTo(1);
  }

  @Test
  void midranks_say_what_comparing_every_pair_says() {
    var random = new SplittableRandom(20261122);
    int size = 400;
    var scores = random.ints(size, 0, 40).asDoubleStream().toArray();
    var success = new boolean[size];
    double above = 0;
    long pairs = 0;
    for (int i = 0; i < size; i++) {
      success[i] = random.nextInt(40) < scores[i];
    }
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        if (success[i] && !success[j]) {
          pairs++;
          above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }

    var roc = Roc.of(scores, success);

    assertThat(roc.area()).isEqualTo(above / pairs, within(1e-12));
  }

  /** The other way orders one pair of four wrongly: placements 0.5 and 1 of either kind. */
  @Test
  void two_ways_to_score_the_same_leads_are_compared_lead_by_lead() {
    var success = new boolean[] {true, true, false, false};
    var right = Roc.of(new double[] {4, 3, 2, 1}, success);
    var wrong = Roc.of(new double[] {4, 2, 3, 1}, success);

    var better = right.better(wrong);

    assertThat(better.value()).isEqualTo(0.25);
    assertThat(better.high() - better.value())
        .isEqualTo(1.959963984540054 * Math.sqrt(0.125 / 2 + 0.125 / 2), within(1e-12));
    assertThat(right.better(right)).isEqualTo(new Estimate(0, 0, 0));
  }
}
