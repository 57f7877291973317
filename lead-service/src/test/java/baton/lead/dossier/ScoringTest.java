package baton.lead.dossier;

import static baton.lead.dossier.Some.DEFAULTS;
import static baton.lead.dossier.Some.NINE;
import static baton.lead.dossier.Some.body;
import static baton.lead.dossier.Some.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.chassis.charter.Signed;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadEvent;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.LeadUpdated;
import baton.contracts.ScorePart;
import baton.lead.dossier.Reply.Taken;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What intake publishes of leads under a signed charter. */
class ScoringTest {
  private static final Instant TEN = NINE.plus(Duration.ofHours(1));
  private static final Instant ELEVEN = NINE.plus(Duration.ofHours(2));
  private static final Instant NEXT_MONTH = NINE.plus(Duration.ofDays(42));

  private static final String CHARTER =
      """
      name: Analytical charter
      calendars: { default: { zone: UTC, week: { mon: ["09:00-17:00"] } } }
      vocabulary:
        rejectionReasons: [spam]
        returnReasons: [timing]
        lossReasons: [price]
        objections: [price]
        painPoints: [lost-leads]
      idealCustomer:
        tiers:
          - { tier: A, when: 'company.employees >= 200' }
          - { tier: unknown, when: '!has(company.employees)' }
          - { tier: C, when: 'true' }
      personas:
        - id: it-director
          name: IT director
          when: 'lead.jobTitle.matches("(?i)head of it")'
          ready: { score: 60, fields: [email, company], instantly: 'lead.qualified || touches.exists(t, t.kind == "demo-request")' }
        - id: other
          name: Everyone else
          when: 'true'
          ready: { score: 80, fields: [email], instantly: 'touches.exists(t, t.kind == "demo-request")' }
      scoring:
        fit:
          - { id: tier-a, when: 'company.tier == "A"', points: 30 }
          - { id: free-mail, when: 'lead.email.free', points: -15 }
        engagement:
          - { id: webinar, touch: webinar, points: 20, halfLife: P21D }
          - { id: visit, touch: page-view, points: 1, halfLife: P7D, atMost: 10 }
        exclude:
          - { id: student, when: 'lead.attributes.occupation == "student"' }
      """;

  private static final Signed FIRST = new Signed(1, NINE, agreement(CHARTER));
  private static final Signed SECOND =
      new Signed(2, ELEVEN, agreement(CHARTER.replace("score: 60", "score: 50")));

  private final Intake intake = new Intake(ScoringTest::governing);

  private static Signed governing(Instant at) {
    if (!at.isBefore(ELEVEN.plus(Duration.ofDays(100)))) {
      return SECOND;
    }
    return at.isBefore(NINE) ? DEFAULTS : FIRST;
  }

  private static Agreement agreement(String yaml) {
    return switch (Agreement.read(yaml.getBytes(UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }

  private Lead take(Capture capture) {
    return ((Taken) intake.decide(capture)).lead();
  }

  private static Some ada() {
    return body().email("ada@analytical.example");
  }

  private static Some director() {
    return ada().jobTitle("Head of IT").company(240, "DE");
  }

  private static void ends(Intake intake, Stage end, Instant at) {
    var lead = Stream.concat(intake.fresh().stream(), intake.changed().stream()).findFirst();
    intake.decide(new Advance(lead.orElseThrow().leadId(), null, at, at, end));
  }

  private static Consumer<Intake> told(Some some, int n) {
    return intake -> intake.decide(some.capture(n));
  }

  private static Consumer<Intake> ended(Stage end, Instant at) {
    return intake -> ends(intake, end, at);
  }

  /** What an event says of the judgement. */
  private static List<String> said(LeadEvent event) {
    return switch (event) {
      case LeadCaptured one ->
          List.of(
              "captured",
              "v" + one.charterVersion(),
              one.persona() + " " + one.tier() + " " + one.score());
      case LeadQualified one ->
          List.of(
              "qualified",
              "v" + one.charterVersion(),
              one.persona() + " " + one.tier() + " " + one.score(),
              one.why());
      case LeadUpdated one -> List.of("updated", one.persona() + " " + one.tier());
      case LeadTouched one -> List.of("touched", one.kind());
      default -> List.of();
    };
  }

  static Stream<Arguments> a_lead_is_judged_by_the_charter_of_its_facts() {
    return Stream.of(
        Arguments.of(
            "version 0: everyone, nothing scores, nobody is ready",
            List.of(told(director().at(NINE.minusSeconds(1)), 10)),
            List.of("captured v0 everyone null 0.00")),
        Arguments.of(
            "version 0: a raised hand",
            List.of(told(ada().kind("demo-request").at(NINE.minusSeconds(1)), 10)),
            List.of(
                "captured v0 everyone null 0.00",
                "qualified v0 everyone null 0.00 ready at once: demo-request")),
        Arguments.of(
            "version 0: its source's word",
            List.of(told(ada().at(NINE.minusSeconds(9)).qualified(NINE.minusSeconds(5)), 10)),
            List.of(
                "captured v0 everyone null 0.00",
                "qualified v0 everyone null 0.00 qualified by its source")),
        Arguments.of(
            "below the line",
            List.of(told(director().kind("webinar"), 10)),
            List.of("captured v1 it-director A 50.00")),
        Arguments.of(
            "over the line by a second webinar",
            List.of(told(director().kind("webinar"), 10), told(ada().kind("webinar").at(NINE), 20)),
            List.of(
                "captured v1 it-director A 50.00",
                "touched webinar",
                "qualified v1 it-director A 70.00 score 70.00 reached the line of 60")),
        Arguments.of(
            "over the line but without a required field, until it is known",
            List.of(
                told(
                    body()
                        .externalId("1")
                        .jobTitle("Head of IT")
                        .company(240, "DE")
                        .kind("demo-request"),
                    10),
                told(body().externalId("1").email("ada@analytical.example").at(TEN), 20)),
            List.of(
                "captured v1 it-director A 30.00",
                "touched form",
                "updated null null",
                "qualified v1 it-director A 30.00 ready at once: demo-request")),
        Arguments.of(
            "a source's word that the persona doesn't take",
            List.of(told(ada().qualified(NINE), 10)),
            List.of("captured v1 other unknown 0.00")),
        Arguments.of(
            "a source's word whose required field comes later",
            List.of(
                told(body().externalId("1").jobTitle("Head of IT").qualified(NINE), 10),
                told(body().externalId("1").email("a@b.example").company(20, "DE").at(TEN), 20)),
            List.of(
                "captured v1 it-director unknown 0.00",
                "touched form",
                "updated null C",
                "qualified v1 it-director C 0.00 qualified by its source")),
        Arguments.of(
            "excluded, whatever it does",
            List.of(told(director().attribute("occupation", "student").kind("demo-request"), 10)),
            List.of("captured v1 it-director A 30.00")),
        Arguments.of(
            "another persona once its title is known",
            List.of(told(ada(), 10), told(director().at(TEN), 20)),
            List.of("captured v1 other unknown 0.00", "touched form", "updated it-director A")),
        Arguments.of(
            "decay takes it below the line and doesn't end the pass",
            List.of(
                told(director().kind("webinar"), 10),
                told(ada().kind("webinar"), 20),
                told(ada().kind("page-view").at(NEXT_MONTH), 30)),
            List.of(
                "captured v1 it-director A 50.00",
                "touched webinar",
                "qualified v1 it-director A 70.00 score 70.00 reached the line of 60",
                "touched page-view")),
        Arguments.of(
            "returned, then a new webinar",
            List.of(
                told(director().kind("demo-request"), 10),
                ended(Stage.RETURNED, TEN),
                told(ada().kind("webinar").at(ELEVEN), 20),
                told(ada().kind("webinar").at(ELEVEN.plusSeconds(1)), 30)),
            List.of(
                "captured v1 it-director A 30.00",
                "qualified v1 it-director A 30.00 ready at once: demo-request",
                "touched webinar",
                "touched webinar",
                "qualified v1 it-director A 70.00 score 70.00 reached the line of 60")),
        Arguments.of(
            "returned, and nothing but what was before the end",
            List.of(
                told(director().kind("demo-request"), 10),
                ended(Stage.RETURNED, ELEVEN),
                told(ada().kind("demo-request").at(TEN), 20)),
            List.of(
                "captured v1 it-director A 30.00",
                "qualified v1 it-director A 30.00 ready at once: demo-request",
                "touched demo-request")),
        Arguments.of(
            "returned, a webinar of before the end, then anything new while it is over the line",
            List.of(
                told(director().kind("webinar"), 10),
                told(ada().kind("webinar"), 20),
                ended(Stage.REJECTED, ELEVEN),
                told(ada().kind("webinar").at(TEN), 30),
                told(ada().kind("page-view").at(ELEVEN.plusSeconds(1)), 40)),
            List.of(
                "captured v1 it-director A 50.00",
                "touched webinar",
                "qualified v1 it-director A 70.00 score 70.00 reached the line of 60",
                "touched webinar",
                "touched page-view",
                "qualified v1 it-director A 90.86 score 90.86 reached the line of 60")),
        Arguments.of(
            "a raised hand that is told late, as of its own time",
            List.of(
                told(director().kind("page-view").at(ELEVEN), 10),
                told(ada().kind("demo-request").at(TEN), 20)),
            List.of(
                "captured v1 it-director A 31.00",
                "touched demo-request",
                "qualified v1 it-director A 30.00 ready at once: demo-request")),
        Arguments.of(
            "a webinar that is told late, as of the latest fact",
            List.of(
                told(director().kind("webinar").at(NEXT_MONTH), 10),
                told(ada().kind("webinar").at(NINE), 20)),
            List.of("captured v1 it-director A 50.00", "touched webinar")),
        Arguments.of(
            "a newer charter, at the next fact",
            List.of(
                told(director().kind("page-view"), 10),
                told(ada().kind("webinar").at(ELEVEN.plus(Duration.ofDays(101))), 20)),
            List.of(
                "captured v1 it-director A 31.00",
                "touched webinar",
                "qualified v2 it-director A 50.00 score 50.00 reached the line of 50")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_lead_is_judged_by_the_charter_of_its_facts(
      String what, List<Consumer<Intake>> facts, List<String> events) {
    facts.forEach(fact -> fact.accept(intake));

    assertThat(
            intake.published().stream()
                .map(one -> String.join(" ", said(one.event())))
                .filter(words -> !words.isEmpty()))
        .containsExactlyElementsOf(events);
  }

  @Test
  void an_edit_can_make_a_lead_ready() {
    var lead = take(body().externalId("1").jobTitle("Head of IT").kind("demo-request").capture(10));
    var known = director().externalId("1").capture(20);

    var edited =
        intake.decide(
            lead.leadId(),
            id(77),
            new Edited(known.facts(), known.contact(), List.of()),
            TEN,
            null);

    assertThat(edited.pass()).isEqualTo(new Pass(id(77), 1, TEN, null));
    assertThat(edited.stage()).isEqualTo(Stage.MQL);
  }

  @Test
  void only_attributes_that_the_charter_declares_are_published() {
    take(ada().attribute("occupation", "clerk").capture(10));
    take(ada().attribute("secret", "s").at(TEN).capture(20));

    assertThat(intake.published().toString()).contains("clerk").doesNotContain("secret");
  }

  @Test
  void whom_the_crm_assigned_it_to_is_told_where_the_crm_assigns() {
    var observing = new Signed(1, NINE, agreement(CHARTER + "routing: { mode: observe }\n"));
    var observed = new Intake(_ -> observing);

    observed.decide(ada().owner("grace").kind("demo-request").capture(10));
    intake.decide(ada().owner("grace").kind("demo-request").capture(10));

    assertThat(owners(observed)).containsExactly("grace");
    assertThat(owners(intake)).containsExactly("");
  }

  private static List<String> owners(Intake intake) {
    return intake.published().stream()
        .map(Published::event)
        .filter(LeadQualified.class::isInstance)
        .map(
            each -> {
              var owner = ((LeadQualified) each).profile().attributes().get("owner");
              return owner == null ? "" : owner.asText();
            })
        .toList();
  }

  @Test
  void a_score_is_the_sum_of_its_frozen_parts() {
    var random = new SplittableRandom(20261102);
    var kinds = List.of("webinar", "page-view", "form", "demo-request");

    for (int n = 0; n < 2_000; n++) {
      var some = random.nextBoolean() ? director() : ada();
      take(
          some.externalId("lead-" + n / 8)
              .email("lead-" + n / 8 + (random.nextBoolean() ? "@gmail.com" : "@acme.example"))
              .kind(kinds.get(random.nextInt(4)))
              .at(NINE.plusSeconds(random.nextLong(10_000_000)))
              .capture(10 * n));
    }

    var qualified =
        intake.published().stream()
            .map(Published::event)
            .filter(LeadQualified.class::isInstance)
            .map(LeadQualified.class::cast)
            .toList();
    assertThat(qualified).hasSizeGreaterThan(100);
    assertThat(qualified)
        .allSatisfy(
            one ->
                assertThat(
                        one.parts().stream()
                            .map(ScorePart::points)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(Objects.requireNonNull(one.score())));
    assertThat(intake.frozen().values())
        .hasSameSizeAs(qualified)
        .allSatisfy(frozen -> assertThat(frozen.parts()).isNotNull());
  }

  @Test
  void of_each_kind_the_latest_hundred_count() {
    take(director().kind("webinar").capture(10));
    for (int n = 1; n <= 150; n++) {
      take(ada().kind("page-view").at(NINE.plusSeconds(n)).capture(10 + 10 * n));
    }
    var lead = take(ada().at(NINE.plusSeconds(151)).capture(9_000));

    assertThat(Objects.requireNonNull(lead.standing()).score()).isEqualByComparingTo("60.00");
    assertThat(lead.pass()).isNotNull();
  }
}
