package baton.reporting.funnel.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.charter.expression.Facts;
import baton.charter.expression.Touch;
import baton.charter.scoring.Judge;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadTouched;
import baton.contracts.Profile;
import baton.reporting.calibration.Academy;
import baton.reporting.calibration.Academy.Pupil;
import baton.reporting.calibration.Calibration;
import baton.reporting.calibration.Trial;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.Stage;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalibrationJsonTest {
  private static final List<Pupil> PUPILS = Academy.pupils(4000);
  private static final Agreement IN_FORCE = agreement();

  /** Found by everybody, and slow to make: it is the same for all. */
  private static final ObjectNode ANSWER = answer();

  @Test
  void the_draft_is_a_charter_that_can_be_proposed_and_only_its_scoring_is_new() {
    var read = Agreement.of(ANSWER.path("draft"));

    assertThat(read).isInstanceOf(Read.Good.class);
    ObjectNode otherwise = ANSWER.path("draft").deepCopy();
    otherwise.set("scoring", IN_FORCE.document().path("scoring"));
    assertThat(otherwise).isEqualTo(IN_FORCE.document());
    assertThat(ANSWER.at("/draft/scoring/exclude"))
        .isEqualTo(IN_FORCE.document().at("/scoring/exclude"));
    assertThat(ANSWER.at("/draft/scoring/fit"))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.path("points").isInt()).isTrue());
  }

  /** As lead-service would score them by the draft, pair by pair. */
  @Test
  void by_the_draft_leads_are_told_apart_as_well_as_it_says() {
    var judge =
        new Judge(
            switch (Agreement.of(ANSWER.path("draft"))) {
              case Read.Good(var agreement) -> agreement;
              case Read.Faulty(var faults) -> throw new AssertionError(faults.toString());
            });
    var won = new ArrayList<Double>();
    var others = new ArrayList<Double>();
    for (var pupil : PUPILS.subList(2800, 4000)) {
      double score =
          judge.judge(facts(pupil), pupil.at().plus(Duration.ofHours(1))).score().doubleValue();
      (pupil.won() ? won : others).add(score);
    }

    double above = 0;
    for (var one : won) {
      for (var other : others) {
        above += one > other ? 1 : one.equals(other) ? 0.5 : 0;
      }
    }

    assertThat(above / won.size() / others.size())
        .isCloseTo(ANSWER.at("/fitted/draft/auc/value").asDouble(), within(1e-12));
  }

  @Test
  void its_tenths_are_a_table_with_todays_beside() {
    var lines = CalibrationJson.csv(ANSWER).lines().toList();

    assertThat(lines).hasSize(11);
    assertThat(lines.getFirst())
        .isEqualTo(
            "\"decile\",\"leads\",\"successes\",\"predicted\",\"observed\",\"low\",\"high\",\"lift\","
                + "\"captured\",\"todayPredicted\",\"todayObserved\",\"todayLow\",\"todayHigh\","
                + "\"todayLift\",\"todayCaptured\"");
    assertThat(lines.get(1)).startsWith("1,120,");
  }

  @Test
  void what_was_learned_is_said_with_what_was_used_and_what_was_not() {
    assertThat(ANSWER.at("/fitted/fields").findValuesAsText("field"))
        .containsExactly("source", "attributes.occupation", "attributes.visits", "touches.visit");
    assertThat(ANSWER.path("leftOut").findValuesAsText("field"))
        .contains("jobTitle", "company.domain");
    assertThat(ANSWER.at("/fitted/lines/0/persona").asText()).isEqualTo("all");
    assertThat(ANSWER.path("notes").toString()).contains("draftLineOfTheSameVolume");
  }

  private static Facts facts(Pupil pupil) {
    var events = pupil.events();
    var captured = (LeadCaptured) events.getFirst();
    var touches = new ArrayList<Touch>();
    touches.add(
        new Touch(
            captured.touchId(),
            captured.touchKind(),
            captured.occurredAt(),
            null,
            captured.source(),
            null,
            captured.channel(),
            null,
            Map.of()));
    for (var event : events) {
      if (event instanceof LeadTouched touched) {
        touches.add(Touch.of(touched));
      }
    }
    return Facts.of(
        new Profile(
            captured.source(),
            null,
            captured.channel(),
            null,
            null,
            null,
            captured.origin(),
            null,
            null,
            null,
            null,
            captured.attributes()),
        null,
        false,
        Set.of(),
        touches);
  }

  private static ObjectNode answer() {
    var population = Academy.population(PUPILS);
    var found =
        Calibration.of(
            new Trial(Stage.WON, null, null, null, Set.of(), Set.of()),
            Map.of("all", java.math.BigDecimal.valueOf(60)),
            population,
            PUPILS.size());
    return new CalibrationJson(
            new Question(
                Basis.COHORT,
                WhichPasses.ANY,
                null,
                null,
                ZoneOffset.UTC,
                null,
                List.of(),
                null,
                Map.of()),
            7,
            IN_FORCE.document())
        .of(found);
  }

  private static Agreement agreement() {
    var template = Objects.requireNonNull(Agreement.template("b2b-inside-sales"));
    return switch (Agreement.read(template.getBytes(StandardCharsets.UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults.toString());
    };
  }
}
