package baton.handoff;

import static baton.handoff.Office.NINE;
import static baton.handoff.Office.handoffOf;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.qualified;
import static baton.handoff.Office.sendEverybodyHome;
import static baton.handoff.Office.stateOf;
import static baton.handoff.Office.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.ExternalId;
import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadMerged;
import baton.contracts.SalesStep;
import baton.contracts.SellerStep;
import baton.infrastructure.BatonTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sellers do in their CRM moves their handoffs. */
@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class SalesStepsIT {
  static final Duration SOON = Duration.ofSeconds(60);

  @BeforeEach
  void ada_is_there() {
    sendEverybodyHome();
    hire("ada", "\"team\": \"dach\"");
  }

  @Test
  void steps_move_a_handoff_as_if_they_had_been_posted_there() {
    var lead = id();
    publish(List.of(qualified(lead)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));

    publish(
        List.of(
            step(lead, id(), 1, SellerStep.CONNECTED, 2, null),
            step(lead, id(), 1, SellerStep.QUALIFIED, 3, null)));

    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("qualified"));
    assertThat(steps(lead))
        .containsExactly(
            HandoffStep.OFFERED,
            HandoffStep.ACCEPTED,
            HandoffStep.CONNECTED,
            HandoffStep.QUALIFIED);
    assertThat(told(lead))
        .allSatisfy(
            step -> {
              assertThat(step.sellerId()).isEqualTo("ada");
              assertThat(step.team()).isEqualTo("dach");
            });
  }

  @Test
  void steps_wait_for_their_pass_and_are_put_in_their_order_however_they_come() {
    var lead = id();
    var returned = step(lead, id(), 1, SellerStep.RETURNED, 4, "timing");
    publish(
        List.of(
            returned,
            step(lead, id(), 1, SellerStep.QUALIFIED, 3, null),
            step(lead, id(), 1, SellerStep.ACCEPTED, 1, null)));

    publish(List.of(qualified(lead), returned));

    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("returned"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(told(lead).stream().filter(s -> s.step() != HandoffStep.REFUSED))
                    .extracting(LeadHandoff::step)
                    .containsExactlyInAnyOrder(
                        HandoffStep.OFFERED,
                        HandoffStep.ACCEPTED,
                        HandoffStep.QUALIFIED,
                        HandoffStep.RETURNED));
    assertThat(told(lead).getLast().reason()).isEqualTo("timing");
  }

  @Test
  void a_step_of_a_survivor_moves_the_handoff_of_whom_it_absorbed() {
    var lead = id();
    var twin = id();
    var merge = id();
    publish(List.of(qualified(twin)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(twin)).isEqualTo("offered"));
    publish(
        List.of(
            new LeadMerged(lead, NINE, 0, merge, lead, twin),
            new LeadMerged(twin, NINE, 0, merge, lead, twin)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));

    publish(List.of(step(lead, id(), 1, SellerStep.CONNECTED, 2, null)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(steps(twin))
                    .containsExactly(
                        HandoffStep.OFFERED, HandoffStep.ACCEPTED, HandoffStep.CONNECTED));
  }

  @Test
  void a_late_step_that_was_not_possible_is_told_as_refused() {
    var lead = id();
    publish(List.of(qualified(lead)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));
    Office.asSeller("ada")
        .body("{\"occurredAt\": \"" + NINE.plusSeconds(7200) + "\"}")
        .post("/handoffs/" + handoffOf(lead) + "/accept")
        .then()
        .statusCode(200);

    publish(List.of(step(lead, id(), 1, SellerStep.REJECTED, 1, "spam")));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(steps(lead))
                    .containsExactly(
                        HandoffStep.OFFERED, HandoffStep.ACCEPTED, HandoffStep.REFUSED));
    assertThat(stateOf(lead)).isEqualTo("accepted");
  }

  @Test
  void passes_and_steps_that_come_at_once_never_miss_each_other() {
    var leads = IntStream.range(0, 60).mapToObj(_ -> id()).toList();
    var passes = leads.stream().map(Office::qualified).toList();
    var calls =
        leads.stream().map(lead -> step(lead, id(), 1, SellerStep.CONNECTED, 2, null)).toList();

    for (int i = 0; i < leads.size(); i += 10) {
      publish(calls.subList(i, i + 10));
      publish(passes.subList(i, i + 10));
    }

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(leads.stream().map(Office::stateOf)).containsOnly("accepted"));
  }

  private static List<HandoffStep> steps(UUID lead) {
    return told(lead).stream().map(LeadHandoff::step).toList();
  }

  private static SalesStep step(
      UUID lead, UUID stepId, long revision, SellerStep step, int hours, @Nullable String reason) {
    return new SalesStep(
        lead,
        NINE.plus(Duration.ofHours(hours)),
        0,
        stepId,
        revision,
        step,
        "call",
        null,
        reason,
        new ExternalId("crm", stepId.toString()));
  }
}
