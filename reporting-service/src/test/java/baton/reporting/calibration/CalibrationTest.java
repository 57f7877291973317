package baton.reporting.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import baton.reporting.calibration.Academy.Pupil;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final List<Pupil> PUPILS = Academy.pupils(4000);
  private static final Map<String, BigDecimal> LINES = Map.of("all", new BigDecimal("60"));
  private static final Trial WON = new Trial(Stage.WON, null, null, null, Set.of(), Set.of());

  @Test
  void what_made_leads_succeed_is_found_again_in_points() {
    var fitted = fitted(calibrated(Academy.population(PUPILS), WON));

    assertThat(fitted.rules())
        .extracting(Rule::when)
        .contains(
            "lead.attributes.occupation == \"professional\"",
            "touches.exists(t, t.kind == \"visit\")");
    var professional =
        fitted.rules().stream()
            .filter(rule -> rule.id().equals("occupation-professional"))
            .findFirst();
    // four times the odds are two doublings
    assertThat(professional.orElseThrow().points()).isCloseTo(20, within(5));
    assertThat(professional.orElseThrow().odds()).isCloseTo(4, within(1.2));
  }

  @Test
  void it_is_better_than_a_score_that_knows_less_and_says_by_how_much_for_sure() {
    var today = Objects.requireNonNull(fitted(calibrated(Academy.population(PUPILS), WON)).today());

    assertThat(today.measured().leads()).isEqualTo(1200);
    assertThat(today.better().value())
        .isEqualTo(today.draft().auc().value() - today.measured().auc().value(), within(1e-12));
    assertThat(today.better().low()).isGreaterThan(0);
  }

  @Test
  void the_chances_it_foretells_are_those_that_come_true() {
    var draft = fitted(calibrated(Academy.population(PUPILS), WON)).draft();

    double off =
        draft.deciles().stream()
            .mapToDouble(tenth -> Math.abs(tenth.predicted() - tenth.observed()))
            .average()
            .orElseThrow();
    double predicted =
        draft.deciles().stream().mapToDouble(Measured.Decile::predicted).average().orElseThrow();
    assertThat(off).isLessThan(0.06);
    assertThat(predicted).isCloseTo((double) draft.successes() / draft.leads(), within(0.04));
  }

  @Test
  void a_line_of_the_same_volume_lets_more_of_those_through_that_succeed() {
    var line = fitted(calibrated(Academy.population(PUPILS), WON)).lines().getFirst();

    assertThat(line.draft().leads()).isCloseTo(line.today().leads(), within(120));
    assertThat((double) line.draft().successes() / line.draft().leads())
        .isGreaterThan((double) line.today().successes() / line.today().leads());
  }

  @Test
  void whoever_is_told_of_first_the_same_is_learned() {
    var mixed = new ArrayList<>(PUPILS);
    Collections.shuffle(mixed, new Random(7));

    var found = calibrated(Academy.population(mixed), WON);

    assertThat(found.toString()).isEqualTo(calibrated(Academy.population(PUPILS), WON).toString());
  }

  @Test
  void earlier_leads_are_learned_from_and_later_ones_judge() {
    var split = Objects.requireNonNull(calibrated(Academy.population(PUPILS), WON).split());

    assertThat(split.train().leads()).isEqualTo(2800);
    assertThat(split.test().leads()).isEqualTo(1200);
    assertThat(split.train().last()).isEqualTo(PUPILS.get(2799).at());
    assertThat(split.test().first()).isEqualTo(PUPILS.get(2800).at());
    assertThat(split.horizon()).isEqualTo(Duration.ofDays(2));
    assertThat(split.tied()).isZero();
  }

  @Test
  void leads_that_may_yet_succeed_judge_nothing() {
    var last = PUPILS.getLast().at();
    var population = new Population(last.plus(Duration.ofDays(1)));
    PUPILS.forEach(pupil -> population.add(pupil.lead(), pupil.events()));

    var found = calibrated(population, WON);

    // success takes two days, and a day is 144 leads
    assertThat(found.leads().immature()).isEqualTo(144);
  }

  @Test
  void what_is_first_told_after_the_handover_is_kept_out() {
    var population = Academy.population(PUPILS);
    PUPILS.forEach(
        pupil ->
            population.later(
                pupil.lead(),
                pupil.at().plus(Duration.ofDays(3)),
                "verdict",
                pupil.won() ? "good" : "bad"));

    var found = calibrated(population, WON);

    assertThat(found.leftOut())
        .contains(
            new LeftOut(
                "attributes.verdict",
                "written after the handover: of 4000 leads first then, of 0 before"));
    assertThat(fitted(found).draft().auc().value()).isLessThan(0.8);
  }

  @Test
  void a_field_that_knows_the_outcome_is_suspect_until_somebody_vouches_for_it() {
    var population = Academy.population(PUPILS);
    PUPILS.forEach(
        pupil ->
            population.later(pupil.lead(), pupil.at(), "verdict", pupil.won() ? "good" : "bad"));

    var found = calibrated(population, WON);
    var vouched =
        calibrated(population, new Trial(Stage.WON, null, null, null, Set.of(), Set.of("verdict")));

    assertThat(found.leftOut())
        .contains(
            new LeftOut(
                "attributes.verdict",
                "suspect: alone it tells won apart with an AUC of 1.00, as if the outcome had been known"));
    assertThat(fitted(vouched).draft().auc().value()).isGreaterThan(0.99);
  }

  @Test
  void a_field_that_is_only_there_of_those_who_succeeded_is_suspect_too() {
    var population = Academy.population(PUPILS);
    PUPILS.stream()
        .filter(Pupil::won)
        .forEach(pupil -> population.later(pupil.lead(), pupil.at(), "contract", "n/a"));

    var found = calibrated(population, WON);

    assertThat(found.leftOut())
        .filteredOn(left -> left.field().equals("attributes.contract"))
        .singleElement()
        .satisfies(left -> assertThat(left.why()).startsWith("suspect"));
  }

  @Test
  void what_somebody_asks_to_leave_out_is_left_out_and_said_so() {
    var trial =
        new Trial(
            Stage.WON, null, null, null, Set.of("occupation", "touches.visit", "fax"), Set.of());

    var found = calibrated(Academy.population(PUPILS), trial);

    assertThat(found.leftOut())
        .contains(
            new LeftOut("attributes.occupation", "asked for"),
            new LeftOut("touches.visit", "asked for"),
            new LeftOut("fax", "asked for; no lead has it"));
    assertThat(fitted(found).used()).containsOnlyKeys("source", "attributes.visits");
  }

  @Test
  void of_more_leads_than_fit_a_share_is_drawn() {
    var population = Academy.population(PUPILS);

    var found = Calibration.of(WON, LINES, population, 1000);

    assertThat(found.leads().known()).isEqualTo(4000);
    assertThat(found.leads().share()).isEqualTo(0.25);
    assertThat(found.leads().captured()).isEqualTo(1000);
    assertThat(Calibration.most(128L << 20)).isEqualTo(22_369);
  }

  @Test
  void of_too_few_outcomes_nothing_is_learned_and_it_says_how_many_there_are() {
    var found = calibrated(Academy.population(PUPILS.subList(0, 100)), WON);

    assertThat(found.fitted()).isNull();
    assertThat(found.reason())
        .startsWith("too few outcomes: of the earlier leads")
        .endsWith("at least 50 of each are needed to learn from, and 20 to judge");
  }

  private static Calibration calibrated(Population population, Trial trial) {
    return Calibration.of(trial, LINES, population, PUPILS.size());
  }

  private static Calibration.Fitted fitted(Calibration found) {
    return Objects.requireNonNull(found.fitted(), String.valueOf(found.reason()));
  }
}
