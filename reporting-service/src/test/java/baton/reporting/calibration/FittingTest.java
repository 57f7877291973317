package baton.reporting.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import baton.reporting.calibration.Logistic.Alike;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittingTest {
  /** Of 400 with the trait 300 succeed, of 600 without 150: 3 to 1 against 1 to 3, nine times. */
  private static final List<Alike> TABLE =
      List.of(new Alike(new int[] {0}, 400, 300), new Alike(new int[0], 600, 150));

  @Test
  void a_weight_is_the_logarithm_of_an_odds_ratio_but_for_the_ridge() {
    var fit = Logistic.fit(TABLE, new double[2]);

    double has = fit.chance(new int[] {0});
    double hasNot = fit.chance(new int[0]);
    assertThat(fit.weights()[0]).isCloseTo(Math.log(9), within(0.06));
    // where the penalised likelihood is highest, what is left over equals the ridge's pull
    assertThat(300 - 400 * has).isCloseTo(fit.weights()[0], within(1e-6));
    assertThat(300 - 400 * has + 150 - 600 * hasNot).isCloseTo(0, within(1e-6));
  }

  /** Without the ridge: the root of 1/300 + 1/100 + 1/150 + 1/450. */
  @Test
  void a_weights_error_is_that_of_a_log_odds_ratio() {
    var fit = Logistic.fit(TABLE, new double[2]);

    assertThat(fit.errors()[0])
        .isCloseTo(Math.sqrt(1 / 300.0 + 1 / 100.0 + 1 / 150.0 + 1 / 450.0), within(0.003));
  }

  @Test
  void a_trait_that_always_succeeds_gets_a_weight_that_is_no_more_than_large() {
    var leads = List.of(new Alike(new int[] {0}, 50, 50), new Alike(new int[0], 100, 50));

    var fit = Logistic.fit(leads, new double[2]);

    assertThat(fit.weights()[0]).isBetween(2.0, 5.0);
  }

  /** One in four at 0 points, three in four at 20: nine times the odds in 20 points. */
  @Test
  void points_mean_the_chances_that_were_seen_with_them() {
    var scores = new double[800];
    var success = new boolean[800];
    for (int i = 0; i < 800; i++) {
      scores[i] = i < 400 ? 0 : 20;
      success[i] = i % 4 < (i < 400 ? 1 : 3);
    }

    var odds = Odds.of(scores, success);

    assertThat(odds.chance(0)).isCloseTo(0.25, within(1e-5));
    assertThat(odds.chance(20)).isCloseTo(0.75, within(1e-5));
    assertThat(odds.perPoint()).isCloseTo(Math.log(9) / 20, within(1e-5));
  }

  /**
   * Ten leads with 10 to 1 points and chances of 1.0 to 0.1; the best four but the third succeed,
   * and the last.
   */
  @Test
  void a_score_is_measured_by_its_squares_off_and_its_tenths() {
    var scores = new double[] {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    var chances = new double[] {1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};
    var success = new boolean[] {true, true, false, true, false, false, false, false, false, true};

    var measured = Measured.of(scores, chances, success);

    // 0 + 0.01 + 0.64 + 0.09 + 0.36 + 0.25 + 0.16 + 0.09 + 0.04 + 0.81, of ten
    assertThat(measured.brier()).isEqualTo(0.245, within(1e-12));
    // of 24 pairs: 6 + 6 + 5 + 0
    assertThat(measured.auc().value()).isEqualTo(17 / 24.0, within(1e-12));
    assertThat(measured.deciles()).hasSize(10);
    var fourth = measured.deciles().get(3);
    assertThat(fourth.predicted()).isEqualTo(0.7);
    assertThat(fourth.observed()).isEqualTo(1);
    assertThat(fourth.lift()).isEqualTo(2.5);
    assertThat(fourth.captured()).isEqualTo(0.75);
    // Wilson's for one of one: 1 ÷ (1 + 1.96²) to 1
    assertThat(fourth.low()).isCloseTo(0.2065, within(1e-4));
    assertThat(fourth.high()).isCloseTo(1, within(1e-12));
  }
}
