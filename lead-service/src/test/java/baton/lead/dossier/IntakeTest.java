package baton.lead.dossier;

import static baton.lead.dossier.Some.NINE;
import static baton.lead.dossier.Some.body;
import static baton.lead.dossier.Some.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import baton.chassis.problem.Problem;
import baton.contracts.LeadQualified;
import baton.contracts.LeadUpdated;
import baton.contracts.TouchSeen;
import baton.lead.dossier.Reply.Outcome;
import baton.lead.dossier.Reply.Refused;
import baton.lead.dossier.Reply.Taken;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final Intake intake = new Intake(_ -> Some.DEFAULTS);

  private Taken take(Capture capture) {
    return (Taken) intake.decide(capture);
  }

  private List<String> published() {
    return intake.published().stream()
        .map(one -> one.sequence() + " " + one.event().getClass().getSimpleName())
        .toList();
  }

  @Test
  void a_stranger_becomes_a_lead() {
    var taken = take(body().email("ada@acme.com").name("Ada").capture(1));

    assertThat(taken.outcome()).isEqualTo(Outcome.CAPTURED);
    assertThat(taken.lead().stage()).isEqualTo(Stage.CAPTURED);
    assertThat(published()).containsExactly("1 LeadCaptured", "2 LeadContact");
  }

  @Test
  void somebody_of_whom_only_an_external_id_is_known_publishes_no_contact() {
    take(body().externalId("42").capture(1));

    assertThat(published()).containsExactly("1 LeadCaptured");
  }

  @Test
  void two_hundred_captures_of_one_person_make_one_lead() {
    var leads =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    take(
                        body()
                            .email(i % 2 == 0 ? "ada@acme.com" : " ADA@acme.com")
                            .capture(10 * i)))
            .map(taken -> taken.lead().leadId())
            .distinct();

    assertThat(leads).hasSize(1);
    assertThat(intake.fresh()).hasSize(1);
    assertThat(intake.touches()).hasSize(199);
    assertThat(intake.published().getLast().sequence()).isEqualTo(201);
  }

  @Test
  void an_external_id_is_believed_before_an_address_and_that_before_a_phone() {
    var crm = take(body().externalId("42").capture(10)).lead();
    var mail = take(body().email("ada@acme.com").capture(20)).lead();
    var phone = take(body().phone("+49 30 901820").capture(30)).lead();

    var all = body().externalId("42").email("ada@acme.com").phone("+49 30 901820");
    var two = body().email("ada@acme.com").phone("+49 30 901820");
    var one = body().phone("+49 30 901820");

    assertThat(take(all.capture(40)).lead().leadId()).isEqualTo(crm.leadId());
    assertThat(take(two.capture(50)).lead().leadId()).isEqualTo(mail.leadId());
    assertThat(take(one.capture(60)).lead().leadId()).isEqualTo(phone.leadId());
  }

  @Test
  void two_addresses_at_one_switchboard_are_two_people() {
    var ada = take(body().email("ada@acme.com").phone("+49 30 901820").capture(10));
    var bob = take(body().email("bob@acme.com").phone("+49 30 901820").capture(20));

    assertThat(bob.outcome()).isEqualTo(Outcome.CAPTURED);
    assertThat(bob.lead().leadId()).isNotEqualTo(ada.lead().leadId());
  }

  @Test
  void a_known_lead_gains_what_it_lacked_and_keeps_what_it_had() {
    take(body().email("ada@acme.com").name("Ada").capture(10));

    var taken =
        take(body().email("ada@acme.com").name("A. L.").country("GB").externalId("42").capture(20));

    assertThat(taken.lead().contact().name()).isEqualTo("Ada");
    assertThat(taken.lead().facts().country()).isEqualTo("GB");
    assertThat(taken.lead().revision()).isEqualTo(2);
    assertThat(published())
        .containsExactly("1 LeadCaptured", "2 LeadContact", "3 LeadTouched", "4 LeadUpdated");
    var updated = (LeadUpdated) intake.published().getLast().event();
    assertThat(updated.country()).isEqualTo("GB");
    assertThat(updated.externalIds()).hasSize(1);
    assertThat(updated.source()).isNull();
  }

  @Test
  void a_new_address_of_a_known_lead_recognises_it_from_then_on() {
    var lead = take(body().externalId("42").capture(10)).lead();
    take(body().externalId("42").email("ada@acme.com").capture(20));

    var taken = take(body().email("ada@acme.com").capture(30));

    assertThat(taken.lead().leadId()).isEqualTo(lead.leadId());
    assertThat(published()).contains("4 LeadContact");
  }

  @Test
  void the_same_fact_told_again_changes_nothing() {
    var told = body().externalId("42").toldAs(id(999)).capture(10);
    take(told);
    var later = body().externalId("42").toldAs(id(998)).capture(20);
    take(later);

    var again = take(body().externalId("42").toldAs(id(999)).capture(30));
    var laterAgain = take(body().externalId("42").toldAs(id(998)).capture(40));

    assertThat(again.outcome()).isEqualTo(Outcome.REPEATED);
    assertThat(again.touchId()).isEqualTo(told.touchId());
    assertThat(laterAgain.touchId()).isEqualTo(later.touchId());
    assertThat(published()).containsExactly("1 LeadCaptured", "2 LeadTouched");
  }

  @Test
  void a_touch_of_a_lead_nobody_knows_is_refused() {
    var reply = intake.decide(body().knownAs(id(7)).capture(10));

    assertThat(reply).isInstanceOf(Refused.class);
    assertThat(intake.published()).isEmpty();
  }

  @Test
  void a_qualified_capture_opens_a_pass_with_all_that_led_to_it() {
    take(body().email("ada@acme.com").capture(10));
    var touched = body().email("ada@acme.com").kind("webinar").at(NINE.plusSeconds(60)).capture(20);
    take(touched);

    var taken =
        take(
            body()
                .email("ada@acme.com")
                .kind("demo-request")
                .at(NINE.plusSeconds(90))
                .qualified(NINE.plusSeconds(90))
                .capture(30));

    var qualified = (LeadQualified) intake.published().getLast().event();
    assertThat(qualified.touches())
        .containsExactly(
            new TouchSeen(id(11), "form", NINE),
            new TouchSeen(id(21), "webinar", NINE.plusSeconds(60)),
            new TouchSeen(id(31), "demo-request", NINE.plusSeconds(90)));
    assertThat(taken.lead().stage()).isEqualTo(Stage.MQL);
    assertThat(taken.lead().pass()).isEqualTo(new Pass(id(32), 1, NINE.plusSeconds(90), null));
  }

  @Test
  void no_second_pass_opens_while_one_is_open() {
    take(body().email("ada@acme.com").qualified(NINE).capture(10));

    var taken = take(body().email("ada@acme.com").qualified(NINE.plusSeconds(1)).capture(20));

    assertThat(taken.lead().pass()).isEqualTo(new Pass(id(12), 1, NINE, null));
    assertThat(published())
        .containsExactly("1 LeadCaptured", "2 LeadContact", "3 LeadQualified", "4 LeadTouched");
  }

  @Test
  void a_lead_whose_pass_ended_qualifies_again() {
    var first = take(body().email("ada@acme.com").qualified(NINE).capture(10)).lead();
    intake.decide(new Advance(first.leadId(), id(12), NINE, NINE, Stage.RETURNED));

    var taken = take(body().email("ada@acme.com").qualified(NINE.plusSeconds(1)).capture(20));

    assertThat(taken.lead().pass()).isEqualTo(new Pass(id(22), 2, NINE.plusSeconds(1), null));
  }

  @Test
  void what_made_the_last_pass_makes_no_other() {
    var first = take(body().email("ada@acme.com").qualified(NINE).capture(10)).lead();
    intake.decide(new Advance(first.leadId(), id(12), NINE, NINE, Stage.REJECTED));

    var taken = take(body().email("ada@acme.com").qualified(NINE).capture(20));

    assertThat(taken.lead().stage()).isEqualTo(Stage.REJECTED);
  }

  @Test
  void a_fact_about_an_earlier_pass_does_not_end_this_one() {
    var first = take(body().email("ada@acme.com").qualified(NINE).capture(10)).lead();
    intake.decide(new Advance(first.leadId(), id(12), NINE, NINE, Stage.RETURNED));
    var second =
        take(body().email("ada@acme.com").qualified(NINE.plusSeconds(9)).capture(20)).lead();

    intake.decide(new Advance(first.leadId(), id(12), NINE, NINE, Stage.LOST));
    intake.decide(new Advance(first.leadId(), null, NINE.plusSeconds(5), NINE, Stage.LOST));

    assertThat(intake.fresh()).containsExactly(second);
  }

  @Test
  void a_win_dated_before_the_only_pass_ends_it() {
    var lead = take(body().email("ada@acme.com").qualified(NINE).capture(10)).lead();

    intake.decide(new Advance(lead.leadId(), null, NINE.minusSeconds(9), NINE, Stage.WON));

    assertThat(intake.fresh().getFirst().stage()).isEqualTo(Stage.WON);
    assertThat(intake.fresh().getFirst().hasOpenPass()).isFalse();
  }

  @Test
  void an_edit_that_takes_another_leads_address_is_a_conflict() {
    take(body().email("ada@acme.com").capture(10));
    var bob = take(body().email("bob@acme.com").capture(20)).lead();
    var edited =
        new Edited(bob.facts(), body().email("ada@acme.com").capture(30).contact(), List.of());

    assertThatThrownBy(() -> intake.decide(bob.leadId(), id(99), edited, NINE, null))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(409));
  }

  @Test
  void an_edit_frees_the_address_it_removes() {
    var ada = take(body().email("ada@acme.com").externalId("42").country("GB").capture(10)).lead();
    var capture = body().externalId("42").capture(30);

    intake.decide(
        ada.leadId(),
        id(99),
        new Edited(capture.facts(), capture.contact(), List.of()),
        NINE,
        null);

    assertThat(intake.released()).hasSize(1);
    var updated =
        intake.published().stream()
            .map(Published::event)
            .filter(LeadUpdated.class::isInstance)
            .map(LeadUpdated.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(updated.cleared()).containsExactly("country", "emailFree", "emailDomain");
  }
}
