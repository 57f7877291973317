package baton.reporting.calibration;

import static baton.reporting.attribution.Told.captured;
import static baton.reporting.attribution.Told.id;
import static baton.reporting.attribution.Told.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.expression.Checked;
import baton.charter.expression.Place;
import baton.charter.expression.Rules;
import baton.contracts.Event;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadUpdated;
import baton.contracts.OutcomeResult;
import baton.reporting.journey.Stage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Two hundred leads, every other of whom wins, but for some. */
class TraitsTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final int LEADS = 200;

  @Test
  void whatever_a_word_is_its_rule_can_be_read() {
    var traits =
        traits(
            lead ->
                Map.of("slogan", TextNode.valueOf(often(lead) ? "say \"hi\"\\ now\n" : "quiet")));

    assertThat(traits.all()).isNotEmpty();
    assertThat(traits.all())
        .allSatisfy(
            trait ->
                assertThat(new Rules().check(Place.SCORING, trait.when()))
                    .isInstanceOf(Checked.Fine.class));
    assertThat(traits.all().getFirst().id()).matches("[a-z0-9][a-z0-9.-]{0,63}");
  }

  @Test
  void numbers_become_thresholds_of_two_digits_and_what_is_absent_is_below_all() {
    var traits =
        traits(
            lead ->
                lead % 7 == 0
                    ? Map.of()
                    : Map.of(
                        "visits",
                        DecimalNode.valueOf(BigDecimal.valueOf(often(lead) ? 1234.5 : 17))));

    assertThat(traits.all())
        .extracting(Trait::when)
        .contains("lead.attributes.visits >= 1200")
        .doesNotContain("lead.attributes.visits == 1234.5");
    var many = trait(traits, "lead.attributes.visits >= 1200");
    assertThat(many.leads().stream().noneMatch(lead -> lead % 7 == 0)).isTrue();
  }

  @Test
  void what_no_rule_can_ask_for_is_left_out_and_it_says_why() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode().add("a");
    var traits =
        traits(
            lead ->
                Map.of(
                    "first-touch", BooleanNode.valueOf(often(lead)),
                    "in", BooleanNode.valueOf(often(lead)),
                    "list", list,
                    "number", TextNode.valueOf("no. " + lead)));

    assertThat(traits.leftOut())
        .contains(
            new LeftOut(
                "attributes.first-touch",
                "a rule can't name it: use letters, digits and underscores"),
            new LeftOut(
                "attributes.in", "a rule can't name it: use letters, digits and underscores"))
        .extracting(LeftOut::field)
        .contains("attributes.number");
    assertThat(traits.all()).isEmpty();
  }

  @Test
  void of_two_traits_that_the_same_leads_have_one_is_enough() {
    var traits =
        traits(
            lead ->
                Map.of(
                    "one", BooleanNode.valueOf(often(lead)),
                    "same", BooleanNode.valueOf(often(lead)),
                    "opposite", BooleanNode.valueOf(!often(lead))));

    assertThat(traits.all()).hasSize(1);
  }

  @Test
  void what_a_lead_said_before_it_was_handed_over_is_what_counts() {
    var changed =
        leads(lead -> Map.of("plan", TextNode.valueOf("free"))).stream()
            .map(
                lead -> {
                  var events = new ArrayList<Event>(lead);
                  var one = (LeadCaptured) lead.getFirst();
                  if (often(number(one.leadId()))) {
                    events.add(plan(one.leadId(), 2, one.occurredAt(), "paid"));
                  }
                  events.add(plan(one.leadId(), 3, one.occurredAt().plus(Duration.ofDays(9)), "x"));
                  return List.copyOf(events);
                })
            .toList();

    var traits = traits(changed);

    assertThat(traits.all())
        .extracting(Trait::when)
        .containsAnyOf("lead.attributes.plan == \"free\"", "lead.attributes.plan == \"paid\"");
    assertThat(traits.all())
        .extracting(Trait::when)
        .doesNotContain("lead.attributes.plan == \"x\"");
  }

  /** Of those who win four in five, of the others one. */
  private static boolean often(int lead) {
    return (lead / 2 % 5 == 0) != (lead % 2 == 0);
  }

  private static int number(UUID lead) {
    return (int) (lead.getLeastSignificantBits() & 0xFFFF);
  }

  private static LeadUpdated plan(UUID lead, long revision, Instant at, String plan) {
    return Population.written(lead, revision, at, "plan", plan);
  }

  private static Trait trait(Traits traits, String when) {
    return traits.all().stream()
        .filter(trait -> trait.when().equals(when))
        .findFirst()
        .orElseThrow();
  }

  private static List<List<Event>> leads(IntFunction<Map<String, JsonNode>> attributes) {
    var leads = new ArrayList<List<Event>>();
    for (int lead = 0; lead < LEADS; lead++) {
      var at = NINE.plusSeconds(lead);
      var captured = captured(id(lead), 1000 + lead, attributes.apply(lead), at);
      leads.add(
          lead % 2 == 0
              ? List.<Event>of(
                  captured,
                  outcome(id(lead), 2000 + lead, OutcomeResult.WON, at.plusSeconds(60), null))
              : List.<Event>of(captured));
    }
    return leads;
  }

  private static Traits traits(IntFunction<Map<String, JsonNode>> attributes) {
    return traits(leads(attributes));
  }

  private static Traits traits(List<List<Event>> leads) {
    var population = new Population(NINE.plus(Duration.ofDays(99)));
    for (int lead = 0; lead < leads.size(); lead++) {
      population.add(id(lead), leads.get(lead));
    }
    var trial = new Trial(Stage.WON, null, null, null, Set.of(), Set.of());
    var subjects = new ArrayList<Subject>();
    population.each(
        1,
        (lead, journey) ->
            subjects.add(Objects.requireNonNull(Subject.of(lead, journey, Stage.WON))));
    var cohort = Cohort.of(subjects, trial, NINE.plus(Duration.ofDays(99)));
    var sheet = new Sheet(cohort.subjects(), cohort.judged());
    population.each(1, sheet::tell);
    return Traits.of(sheet, cohort, trial);
  }
}
