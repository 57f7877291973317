package baton.lead.dossier;

import static baton.lead.dossier.Some.NINE;
import static baton.lead.dossier.Some.body;
import static baton.lead.dossier.Some.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import baton.chassis.problem.Problem;
import baton.contracts.LeadMerged;
import baton.lead.dossier.Merge.Reason;
import baton.lead.dossier.Reply.Outcome;
import baton.lead.dossier.Reply.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergingTest {
  private final Intake intake = new Intake(_ -> Some.DEFAULTS);
  private UUID ada = id(0);
  private UUID twin = id(0);
  private UUID third = id(0);
  private final List<Merge> standing = new ArrayList<>();
  private int minted = 1000;

  @BeforeEach
  void three_leads_are_known() {
    ada = take(body().email("ada@acme.com").name("Ada").capture(10)).lead().leadId();
    twin = take(body().phone("+49 30 901820").country("GB").capture(20)).lead().leadId();
    third = take(body().email("al@acme.com").capture(30)).lead().leadId();
  }

  @Test
  void what_is_told_of_an_absorbed_lead_is_kept_of_the_survivor() {
    merge(ada, twin);

    var called = take(body().phone("+49 30 901820").capture(40));
    var named = take(body().knownAs(twin).capture(50));

    assertThat(List.of(called, named))
        .extracting(taken -> taken.lead().leadId(), Taken::outcome)
        .containsOnly(tuple(ada, Outcome.RECOGNISED));
    assertThat(intake.touches()).extracting(Touch::leadId).containsOnly(ada);
  }

  @Test
  void a_survivor_reads_as_all_of_them() {
    merge(ada, twin);

    var whole = take(body().email("ada@acme.com").capture(40)).lead();

    assertThat(whole.contact().name()).isEqualTo("Ada");
    assertThat(whole.contact().phone()).isNotNull();
    assertThat(whole.facts().country()).isEqualTo("GB");
  }

  @Test
  void a_merge_is_told_under_both_keys_and_changes_no_revision() {
    var before = take(body().knownAs(ada).capture(40)).lead();
    int published = intake.published().size();

    var merge = merge(ada, twin);

    assertThat(intake.published().subList(published, published + 2))
        .extracting(Published::event)
        .containsExactly(
            new LeadMerged(ada, NINE, 0, merge.mergeId(), ada, twin),
            new LeadMerged(twin, NINE, 0, merge.mergeId(), ada, twin));
    assertThat(intake.person(lead(ada)).survivor().revision()).isEqualTo(before.revision());
  }

  @Test
  void nobody_gets_a_second_pass_while_one_whom_it_absorbed_has_one() {
    var passed = take(body().knownAs(twin).kind("demo-request").capture(40)).lead();
    merge(ada, twin);

    var again = take(body().knownAs(ada).kind("demo-request").capture(50)).lead();
    intake.decide(advance(ada, Objects.requireNonNull(passed.pass()).passId()));
    var after =
        take(body().knownAs(twin).kind("demo-request").at(NINE.plusSeconds(60)).capture(60)).lead();

    assertThat(again.pass()).isEqualTo(passed.pass());
    assertThat(lead(twin).stage()).isEqualTo(Stage.REJECTED);
    assertThat(after.leadId()).isEqualTo(ada);
    assertThat(Objects.requireNonNull(after.pass()).number()).isEqualTo(2);
    assertThat(after.stage()).isEqualTo(Stage.MQL);
  }

  @Test
  void chains_come_apart_by_their_ids() {
    var first = merge(twin, third);
    merge(ada, twin);

    unmerge(first);

    assertThat(lead(third).survivorId()).isNull();
    assertThat(lead(twin).keeper()).isEqualTo(ada);
    assertThat(intake.person(lead(ada)).absorbed()).extracting(Lead::leadId).containsOnly(twin);
  }

  @Test
  void what_cannot_be_merged_says_why() {
    var merge = merge(ada, twin);

    assertThat(refused(() -> merge(ada, ada))).isEqualTo("itself");
    assertThat(refused(() -> merge(third, twin))).isEqualTo("absorbed");
    assertThat(refused(() -> merge(twin, third))).isEqualTo("absorbed");
    assertThat(refused(() -> merge(twin, ada))).isEqualTo("absorbed");
    assertThat(refused(() -> unmerge(merge.undone(NINE)))).isEqualTo("undone");
  }

  @Test
  void undoing_merges_in_any_order_leaves_no_trace() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      var leads = List.of(ada, twin, third);
      var before = documents(leads);

      for (int step = 0; step < 12; step++) {
        var one = leads.get(random.nextInt(3));
        var other = leads.get(random.nextInt(3));
        if (random.nextInt(3) > 0 && !one.equals(other) && free(one) && free(other)) {
          merge(one, other);
        } else if (!standing.isEmpty()) {
          unmerge(standing.get(random.nextInt(standing.size())));
        }
        var survivors = Merge.survivors(leads, standing);
        leads.forEach(lead -> assertThat(lead(lead).survivorId()).isEqualTo(survivors.get(lead)));
      }
      while (!standing.isEmpty()) {
        unmerge(standing.get(random.nextInt(standing.size())));
      }

      assertThat(documents(leads)).isEqualTo(before);
    }
  }

  @Test
  void an_anonymous_one_is_stitched_to_the_one_it_is_named_with() {
    var visitor = take(body().externalId("web-anonymous", "b-1").capture(40)).lead().leadId();

    var identified =
        take(body().externalId("web-anonymous", "b-1").email("ada@acme.com").capture(50));

    assertThat(identified.lead().leadId()).isEqualTo(ada);
    assertThat(lead(visitor).keeper()).isEqualTo(ada);
    assertThat(intake.merges())
        .extracting(Merge::survivor, Merge::absorbed, Merge::reason)
        .containsExactly(tuple(ada, visitor, Reason.STITCHED));
    assertThat(intake.likenesses()).isEmpty();
  }

  @Test
  void two_who_are_somebody_are_listed_and_not_merged() {
    take(body().email("ada@acme.com").phone("+49 30 901820").capture(40));

    assertThat(intake.merges()).isEmpty();
    assertThat(intake.likenesses())
        .extracting(Likeness::leadId, Likeness::otherId)
        .containsExactly(tuple(ada, twin));
  }

  private Map<UUID, Lead> documents(List<UUID> leads) {
    var documents = new HashMap<UUID, Lead>();
    leads.forEach(lead -> documents.put(lead, intake.person(lead(lead)).whole().published(0)));
    return documents;
  }

  private boolean free(UUID lead) {
    return standing.stream().noneMatch(merge -> merge.absorbed().equals(lead));
  }

  private Merge merge(UUID survivor, UUID absorbed) {
    var merge =
        intake.merge(new Merge(id(minted++), survivor, absorbed, Reason.ASKED, NINE, null), null);
    standing.add(merge);
    return merge;
  }

  private void unmerge(Merge merge) {
    intake.unmerge(merge, standing, NINE.plus(Duration.ofHours(1)), null);
    standing.remove(merge);
  }

  private static String refused(ThrowingCallable command) {
    var states = new ArrayList<String>();
    assertThatThrownBy(command)
        .isInstanceOfSatisfying(
            Problem.class, problem -> states.add(String.valueOf(problem.state())));
    return states.getFirst();
  }

  private Advance advance(UUID lead, UUID passId) {
    return new Advance(lead, passId, NINE.plusSeconds(30), NINE, Stage.REJECTED);
  }

  private Lead lead(UUID leadId) {
    return intake.lead(leadId);
  }

  private Taken take(Capture capture) {
    return (Taken) intake.decide(capture);
  }
}
