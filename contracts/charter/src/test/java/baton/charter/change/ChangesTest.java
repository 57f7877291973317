package baton.charter.change;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Documents;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangesTest {
  private static List<Change> changes(String from, String to) {
    assertThat(Documents.example()).contains(from);
    return Changes.between(
        Documents.good(Documents.example()), Documents.good(Documents.example().replace(from, to)));
  }

  static List<Arguments> amendments() {
    return List.of(
        Arguments.of(
            "owes: decision,       within: P1D,   business: true",
            "owes: decision, within: PT4H",
            "/sales/0/within",
            "Clause of sales decide: the limit changed from 1 business day to 4 hours."),
        Arguments.of(
            "ready: { score: 65",
            "ready: { score: 70",
            "/personas/1/ready/score",
            "Persona marketer, ready: score rose from 65 to 70."),
        Arguments.of(
            "counts: [call, personal-email, social, sms]",
            "counts: [sms, call, personal-email]",
            "/sales/3/counts",
            "Clause of sales persistence: counts no longer has social."),
        Arguments.of(
            "    - { id: student,    when: 'lead.attributes.occupation == \"student\"' }",
            "    []",
            "/scoring/exclude/0",
            "Scoring, exclusion student: is gone."),
        Arguments.of(
            "keepCompanyOwner: true",
            "keepCompanyOwner: false",
            "/routing/keepCompanyOwner",
            "Routing: keeping the company's owner changed from true to false."));
  }

  @ParameterizedTest
  @MethodSource("amendments")
  void an_amendment_is_one_sentence(String from, String to, String pointer, String sentence) {
    assertThat(changes(from, to)).containsExactly(new Change(pointer, sentence));
  }

  @ParameterizedTest
  @MethodSource("restatements")
  void the_same_said_otherwise_is_no_change(String from, String to) {
    assertThat(changes(from, to)).isEmpty();
  }

  static List<Arguments> restatements() {
    return List.of(
        Arguments.of("within: PT1H,", "within: PT60M,"),
        Arguments.of("target: \"1200000.00\"", "target: 1200000"),
        Arguments.of(
            "owes: disposition,    within: P30D",
            "within: P30D, business: false, owes: disposition"),
        Arguments.of("catchUpCap: 3", "# nothing said"),
        Arguments.of("fields: [email, company],", "fields: [company, email],"));
  }

  @Test
  void a_rule_that_is_asked_earlier_moved_up() {
    var a =
        "    - { tier: A, when: 'company.employees >= 200 && company.country in"
            + " [\"DE\",\"AT\",\"CH\"]' }\n";
    var b = "    - { tier: B, when: 'company.employees >= 50' }\n";

    assertThat(changes(a + b, b + a))
        .containsExactly(
            new Change(
                "/idealCustomer/tiers/0",
                "IdealCustomer, tier B: moved up and is asked before A."));
  }
}
