package baton.handoff;

import static baton.handoff.Office.as;
import static baton.handoff.Office.asSeller;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.sendEverybodyHome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.charter.time.Wording;
import baton.chassis.charter.Charters;
import baton.chassis.database.Transactions;
import baton.contracts.BreachStep;
import baton.contracts.Campaign;
import baton.contracts.Charter;
import baton.contracts.ClockStep;
import baton.contracts.ContentRequest;
import baton.contracts.ErasureKind;
import baton.contracts.HandoffStep;
import baton.contracts.Json;
import baton.contracts.LeadErased;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.RequestStep;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.contracts.Topic;
import baton.handoff.clock.Deadlines;
import baton.handoff.clock.DueClocks;
import baton.handoff.clock.DueClocks.Lane;
import baton.handoff.clock.Notices;
import baton.handoff.pass.Changes;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.telling.Qualified;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promises of seconds, under a signed charter, judged by PostgreSQL's clock. */
@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "clock"))
class ClockIT {
  static final Duration SOON = Duration.ofSeconds(60);
  static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Newer than any that other tests sign on the same Kafka. */
  static final int VERSION = 1000;

  static final String CHARTER =
      """
      name: By the second
      calendars:
        default:
          zone: Europe/Berlin
          week: { mon: ["00:00-24:00"], tue: ["00:00-24:00"], wed: ["00:00-24:00"], thu: ["00:00-24:00"],
                  fri: ["00:00-24:00"], sat: ["00:00-24:00"], sun: ["00:00-24:00"] }
      personas: [ { id: all, name: All, when: 'true', ready: { score: 1 } } ]
      sales:
        - { id: decide, owes: decision, within: PT3S, business: true, warnAt: 0.5, when: 'lead.source == "hasty"', silence: deemed-accepted }
        - { id: try, owes: first-attempt, within: PT5S, when: 'lead.source == "hasty"' }
        - { id: decide-calmly, owes: decision, within: PT1H, when: 'lead.source == "calm"' }
        - { id: try-calmly, owes: first-attempt, within: PT1H, when: 'lead.source == "calm"' }
        - { id: try-slowly, owes: first-attempt, within: PT2S, when: 'lead.source == "slow"',
            onBreach: [ {notify: sales-manager}, {after: PT1S, reassign: true} ] }
        - { id: try-again, owes: first-attempt, within: PT1S, when: 'lead.source == "lost"',
            onBreach: [ {reassign: true} ] }
        - { id: disposition, owes: disposition, within: P30D }
        - { id: feedback, owes: feedback, within: P2D }
      marketing:
        - { id: daily, owes: mqls, atLeast: 1000000, per: day }
        - { id: mix, owes: share, of: 'company.tier == "A"', atLeast: 0.5, per: day, minimum: 1 }
        - { id: complete, owes: fields, fields: [company], share: 0.5, per: day }
        - { id: quality, owes: rejection-rate, atMost: 0.1, per: day, minimum: 1, counts: [spam],
            suspendedBy: { clause: disposition, below: 0.5 } }
        - { id: reply, owes: content-reply, within: PT3S }
        - { id: announce, owes: campaign-notice, ahead: P3D }
      """;

  static final String YESTERDAY = "(now() AT TIME ZONE 'Europe/Berlin')::date - 1";
  static final String OF_YESTERDAY =
      "SELECT count(*) FROM period_clock WHERE state <> 'running' AND first_day = " + YESTERDAY;

  private final Charters charters;
  private final DueClocks clocks;
  private final Deadlines deadlines;
  private final Notices notices;
  private final Changes changes;
  private final Transactions transactions;
  private final Pool pool;

  ClockIT(
      Charters charters,
      DueClocks clocks,
      Deadlines deadlines,
      Notices notices,
      Changes changes,
      Transactions transactions,
      Pool pool) {
    this.charters = charters;
    this.clocks = clocks;
    this.deadlines = deadlines;
    this.notices = notices;
    this.changes = changes;
    this.transactions = transactions;
    this.pool = pool;
  }

  @BeforeEach
  void a_charter_is_signed_and_one_seller_is_there() {
    if (!charters.knows(VERSION)) {
      var agreement = agreement();
      publish(
          List.of(
              new Charter(
                  VERSION,
                  LONG_AGO,
                  0,
                  agreement.contentHash(),
                  LONG_AGO,
                  List.of(),
                  agreement.document())));
      await().atMost(SOON).untilAsserted(() -> assertThat(charters.knows(VERSION)).isTrue());
    }
    sendEverybodyHome();
    hire("ada", "\"team\": \"dach\"");
  }

  @Test
  void silence_breaks_the_promise_once_and_accepts_the_lead() {
    var lead = id();

    publish(List.of(qualified(lead, "hasty")));

    await().atMost(SOON).until(() -> broken(lead) == 2);
    await().atMost(SOON).untilAsserted(() -> assertThat(breaches(lead)).hasSize(2));
    var breach =
        breaches(lead).stream().filter(b -> b.clauseId().equals("decide")).findAny().orElseThrow();
    assertThat(breach.judgedAt()).isAfterOrEqualTo(breach.dueAt());
    assertThat(breach.dueAt()).isEqualTo(breach.startedAt().plusSeconds(3));
    assertThat(breach.evidence())
        .anyMatch(
            line -> line.contains("charter version " + VERSION + ": decide, sales owes decision"))
        .anyMatch(line -> line.contains("offered to ada"))
        .anyMatch(line -> line.contains("silence accepts the lead"));
    assertThat(Office.told(lead))
        .extracting(LeadHandoff::step)
        .containsExactly(HandoffStep.OFFERED, HandoffStep.DEEMED_ACCEPTED);
    assertThat(Office.told(lead).getFirst().clocks())
        .extracting(ClockStep::clauseId)
        .containsExactlyInAnyOrder("decide", "try");
    asSeller("ada")
        .body("{\"reason\": \"spam\"}")
        .post("/handoffs/" + Office.handoffOf(lead) + "/reject")
        .then()
        .statusCode(409);
    as("sales-manager")
        .get("/handoffs?overdue=true&lead=" + lead)
        .then()
        .body("items", hasSize(1))
        .body("items[0].clocks.find { it.clauseId == 'decide' }.state", equalTo("broken"));
  }

  @Test
  void who_watches_the_inbox_is_told_of_a_verdict_that_came_without_a_step() throws Exception {
    try (var manager =
            new Listener(RestAssured.port, Infrastructure.shared().key("sales-manager"), "", null);
        var holder =
            new Listener(RestAssured.port, Infrastructure.shared().sellerKey("ada"), "", null)) {
      var lead = id();
      publish(List.of(qualified(lead, "hasty")));

      for (var watching : List.of(manager, holder)) {
        await()
            .atMost(SOON)
            .untilAsserted(
                () ->
                    assertThat(watching.told("handoff"))
                        .map(Listener.Told::data)
                        .filteredOn(told -> told.path("leadId").asText().equals(lead.toString()))
                        .last()
                        .satisfies(
                            told ->
                                assertThat(told.path("clocks"))
                                    .anySatisfy(
                                        clock -> {
                                          assertThat(clock.path("clauseId").asText())
                                              .isEqualTo("try");
                                          assertThat(clock.path("state").asText())
                                              .isEqualTo("broken");
                                        })));
      }
    }
  }

  @Test
  void what_is_done_in_time_keeps_the_promise() {
    var lead = id();
    publish(List.of(qualified(lead, "calm")));
    await().atMost(SOON).until(() -> "offered".equals(Office.stateOf(lead)));

    asSeller("ada")
        .body("{\"channel\": \"call\", \"result\": \"voicemail\"}")
        .post("/handoffs/" + Office.handoffOf(lead) + "/attempts")
        .then()
        .statusCode(200);

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(met(lead))
                    .extracting(SlaMet::clauseId)
                    .containsExactlyInAnyOrder("decide-calmly", "try-calmly"));
  }

  @Test
  void the_owing_side_disputes_and_the_other_one_settles() {
    var lead = id();
    var breach = brokenTry(lead);

    rule("marketing", breach, "dispute", 403);
    rule("sales-manager", breach, "uphold", 403);
    rule("sales", breach, "dispute", 403);
    rule("marketing", breach, "uphold", 409);
    rule("sales-manager", breach, "dispute", 200);
    rule("marketing", breach, "excuse", 200);
    rule("marketing", breach, "uphold", 409);

    as("marketing")
        .get("/breaches/" + breach)
        .then()
        .body("state", equalTo("excused"))
        .body("revision", equalTo(3))
        .body("steps.step", contains("breached", "disputed", "excused"))
        .body("evidence", not(empty()));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(breaches(lead).stream().filter(b -> b.clauseId().equals("try")))
                    .extracting(SlaBreach::revision, SlaBreach::step)
                    .containsExactly(
                        tuple(1L, BreachStep.BREACHED),
                        tuple(2L, BreachStep.DISPUTED),
                        tuple(3L, BreachStep.EXCUSED)));
  }

  @Test
  void what_people_say_of_a_breach_is_not_published_and_goes_with_its_lead() {
    var lead = id();
    var breach = brokenTry(lead);
    rule("sales-manager", breach, "dispute", 200);
    as("marketing")
        .get("/breaches/" + breach)
        .then()
        .body("reason", equalTo("the lead was a duplicate"));

    publish(List.of(new LeadErased(lead, Instant.now(), 0, ErasureKind.ERASED, id())));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("marketing")
                    .get("/breaches/" + breach)
                    .then()
                    .body("state", equalTo("disputed"))
                    .body("reason", nullValue())
                    .body("steps.reason", everyItem(nullValue())));
    rule("marketing", breach, "uphold", 200);
    as("marketing")
        .get("/breaches/" + breach)
        .then()
        .body("steps.step", contains("breached", "disputed", "upheld"))
        .body("reason", nullValue())
        .body("steps.reason", everyItem(nullValue()));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(breaches(lead).stream().filter(b -> b.clauseId().equals("try")))
                    .extracting(SlaBreach::step, SlaBreach::reason)
                    .containsExactly(
                        tuple(BreachStep.BREACHED, null),
                        tuple(BreachStep.DISPUTED, null),
                        tuple(BreachStep.UPHELD, null)));
  }

  @Test
  void what_was_done_in_time_and_told_late_is_excused() {
    var lead = id();
    publish(List.of(qualified(lead, "hasty")));
    await().atMost(SOON).until(() -> broken(lead) == 2);
    var handoff = Office.handoffOf(lead);
    var inTime =
        one(
            "SELECT (extract(epoch FROM started_at) * 1000)::bigint + 1000 FROM breach WHERE"
                + " clause_id = 'try' AND handoff_id = '"
                + handoff
                + "'");

    asSeller("ada")
        .body(
            "{\"channel\": \"call\", \"result\": \"voicemail\", \"occurredAt\": \""
                + Instant.ofEpochMilli(inTime)
                + "\"}")
        .post("/handoffs/" + handoff + "/attempts")
        .then()
        .statusCode(200);

    as("marketing")
        .get("/breaches?clause=try&handoff=" + handoff)
        .then()
        .body("items[0].state", equalTo("excused"))
        .body("items[0].reason", equalTo("late-sync"));
  }

  @Test
  void a_breach_that_stands_climbs_its_ladder_to_another_seller() {
    hire("bob", "\"team\": \"dach\"");
    var lead = id();

    publish(List.of(qualified(lead, "slow")));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        one(
                            "SELECT count(*) FROM handoff_step s JOIN handoff h USING (handoff_id)"
                                + " WHERE step = 'reassigned' AND s.routing = 'try-slowly was"
                                + " broken' AND h.lead_id = '"
                                + lead
                                + "'"))
                    .isPositive());
  }

  @Test
  void a_rating_with_its_reason_keeps_the_feedback_that_a_rejection_starts() {
    var lead = id();
    publish(List.of(qualified(lead, "calm")));
    await().atMost(SOON).until(() -> "offered".equals(Office.stateOf(lead)));
    asSeller("ada")
        .body("{\"reason\": \"spam\"}")
        .post("/handoffs/" + Office.handoffOf(lead) + "/reject")
        .then()
        .statusCode(200)
        .body("clocks.find { it.clauseId == 'feedback' }.state", equalTo("running"));

    publish(
        List.of(
            new LeadFeedback(
                lead,
                Instant.parse("2026-11-20T10:00:00Z"),
                1,
                id(),
                1,
                null,
                null,
                1,
                List.of("spam"),
                List.of(),
                List.of(),
                "ada")));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(met(lead))
                    .extracting(SlaMet::clauseId)
                    .containsExactlyInAnyOrder("decide-calmly", "feedback"));
  }

  @Test
  void a_period_is_judged_when_it_is_over_and_forecast_before() {
    var lead = id();

    publish(List.of(qualified(lead, "calm")));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("marketing")
                    .get("/breaches?owedBy=marketing&clause=daily")
                    .then()
                    .body("items", not(empty()))
                    .body("items[0].evidence", hasItem("counted: 0")));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("report")
                    .get("/promises")
                    .then()
                    .statusCode(200)
                    .body("items.findAll { it.campaignId == null }", hasSize(4))
                    .body("items.find { it.clauseId == 'daily' }.counted", greaterThan(0))
                    .body("items.find { it.clauseId == 'daily' }.promised", equalTo(1000000))
                    .body("items.find { it.clauseId == 'mix' }.of", greaterThan(0))
                    .body("items.find { it.clauseId == 'complete' }.of", greaterThan(0)));
  }

  @Test
  void a_campaign_announced_too_late_breaks_the_promise_of_notice() {
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var tomorrow = LocalDate.now(BERLIN).plusDays(1);

    publish(List.of(campaign("late", 1, tomorrow, now)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("sales-manager")
                    .get("/breaches?owedBy=marketing&clause=announce")
                    .then()
                    .body(
                        "items.findAll { it.evidence.any { it.startsWith('campaign late starts') } }",
                        hasSize(1)));
    List<String> evidence =
        as("sales-manager")
            .get("/breaches?owedBy=marketing&clause=announce")
            .path(
                "items.find { it.evidence.any { it.startsWith('campaign late starts') } }.evidence");
    var due = tomorrow.minusDays(3).atStartOfDay(BERLIN);
    assertThat(evidence)
        .contains(
            "charter version %d: announce, marketing owes campaign-notice P3D ahead"
                .formatted(VERSION),
            "campaign late starts " + Wording.of(tomorrow.atStartOfDay(BERLIN).toInstant(), BERLIN),
            "notice is due %s: P3D ahead".formatted(Wording.of(due.toInstant(), BERLIN)),
            "announced " + Wording.of(now, BERLIN));
    assertThat(evidence.getLast()).startsWith("broken: kept ").endsWith(" late");
  }

  @Test
  void a_campaign_announced_in_time_keeps_it_once_notice_is_due() {
    var today = LocalDate.now(BERLIN);
    var inTime = today.minusDays(3).atStartOfDay(BERLIN).toInstant();

    publish(List.of(campaign("timely", 1, today, inTime)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(met().stream().filter(met -> met.clauseId().equals("announce")))
                    .extracting(SlaMet::startedAt, SlaMet::dueAt)
                    .containsExactly(tuple(inTime, inTime)));
  }

  @Test
  void until_notice_is_due_a_campaign_may_be_given_another_start() {
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var today = LocalDate.now(BERLIN);
    publish(List.of(campaign("moved", 1, today.plusDays(30), now)));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(standing("moved")).containsExactly("on-track"));

    publish(
        List.of(
            campaign("moved", 2, today.plusDays(40), now),
            campaign("moved", 1, today.plusDays(30), now)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(one("SELECT count(*) FROM campaign_notice WHERE state = 'cancelled'"))
                    .isEqualTo(1));
    assertThat(standing("moved")).containsExactly("on-track");
    assertThat(
            one(
                "SELECT count(*) FROM campaign_notice WHERE campaign_id = 'moved' AND state = 'running'"
                    + " AND starts_on = '"
                    + today.plusDays(40)
                    + "'"))
        .isEqualTo(1);
  }

  /** Qualifies a lead whose seller does nothing, and answers which breach its "try" came to. */
  private String brokenTry(UUID lead) {
    publish(List.of(qualified(lead, "hasty")));
    await().atMost(SOON).until(() -> broken(lead) == 2);
    return as("marketing")
        .get("/breaches?clause=try&handoff=" + Office.handoffOf(lead))
        .then()
        .statusCode(200)
        .extract()
        .path("items[0].breachId");
  }

  private static List<String> standing(String campaign) {
    return as("report")
        .get("/promises")
        .path("items.findAll { it.campaignId == '%s' }.outlook".formatted(campaign));
  }

  private static Campaign campaign(
      String id, long revision, LocalDate startsOn, Instant announcedAt) {
    return new Campaign(
        id,
        announcedAt,
        VERSION,
        revision,
        false,
        null,
        null,
        null,
        null,
        null,
        startsOn,
        null,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        announcedAt,
        VERSION,
        List.of());
  }

  @Test
  void shares_fields_and_rejections_of_a_period_that_is_over_are_judged() {
    var lead = id();
    publish(List.of(qualified(lead, "calm")));
    await().atMost(SOON).until(() -> "offered".equals(Office.stateOf(lead)));
    var handoff = Office.handoffOf(lead);
    asSeller("ada")
        .body("{\"reason\": \"spam\"}")
        .post("/handoffs/" + handoff + "/reject")
        .then()
        .statusCode(200);
    await().atMost(SOON).until(() -> one(OF_YESTERDAY) == 4);

    run(
        "UPDATE handoff_step SET occurred_at = ("
            + YESTERDAY
            + " + time '12:00') AT TIME ZONE"
            + " 'Europe/Berlin' WHERE step = 'rejected' AND handoff_id = '"
            + handoff
            + "'");
    run(
        "UPDATE period_clock SET state = 'running', judged_at = NULL, counted = 1, out_of = 4"
            + " WHERE clause_id IN ('mix', 'complete', 'quality') AND first_day = "
            + YESTERDAY);

    for (var clause : List.of("mix", "complete", "quality")) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  as("marketing")
                      .get("/breaches?owedBy=marketing&clause=" + clause)
                      .then()
                      .body("items", hasSize(1))
                      .body(
                          "items[0].evidence",
                          hasItem(
                              startsWith(
                                  clause.equals("quality")
                                      ? "counted: 1 of 1"
                                      : "counted: 1 of 4"))));
    }
  }

  @Test
  void whose_time_runs_out_is_warned_and_a_breach_told_to_whom_the_charter_says() {
    run(
        "INSERT INTO subscription (subscription_id, url, format, events, owned_by, created_at)"
            + " VALUES (gen_random_uuid(), 'https://127.0.0.1:1', 'standard',"
            + " ARRAY['sla-warning', 'sla-escalation'], 'sales-manager', now())");
    var hasty = id();
    var slow = id();

    publish(List.of(qualified(hasty, "hasty"), qualified(slow, "slow")));

    await().atMost(SOON).until(() -> told("sla-warning", "decide", hasty) == 1);
    await().atMost(SOON).until(() -> told("sla-escalation", "try-slowly", slow) > 0);
    assertThat(told("sla-warning", "try", hasty)).isZero();
    await().atMost(SOON).until(() -> broken(hasty) == 2);
    run("UPDATE subscription SET removed_at = now()");
  }

  @Test
  void a_lead_that_nobody_calls_goes_through_three_more_hands_and_then_to_the_manager() {
    hire("bob", "\"team\": \"dach\"");
    var lead = id();

    publish(List.of(qualified(lead, "lost")));

    await().atMost(SOON).until(() -> broken(lead) == 4);
    await()
        .atMost(SOON)
        .until(
            () ->
                one(
                        "SELECT count(*) FROM escalation e JOIN breach b USING (breach_id) WHERE"
                            + " e.taken_at IS NOT NULL AND b.lead_id = '"
                            + lead
                            + "'")
                    == 4);
    assertThat(
            Office.told(lead).stream()
                .filter(each -> each.step() == HandoffStep.REASSIGNED)
                .count())
        .isEqualTo(3);
  }

  @Test
  void open_deadlines_are_computed_anew_when_the_time_zone_rules_are_others() {
    var lead = id();
    publish(List.of(qualified(lead, "calm")));
    await().atMost(SOON).until(() -> "offered".equals(Office.stateOf(lead)));
    var due = dueAt(lead);
    run(
        "UPDATE clock SET due_at = due_at + interval '1 hour' WHERE clause_id = 'try-calmly' AND"
            + " subject_id = '"
            + Office.handoffOf(lead)
            + "'");
    run("UPDATE clock_rules SET tzdb_version = '1999z'");

    transactions.run(tx -> deadlines.recompute(tx, null, 1_000_000)).await().atMost(SOON);

    assertThat(dueAt(lead)).isEqualTo(due);
    assertThat(one("SELECT count(*) FROM clock_rules WHERE tzdb_version = '1999z'")).isZero();
  }

  @Test
  void a_clock_that_cannot_be_judged_holds_no_other_up_and_is_judged_when_it_can() {
    var lead = id();
    publish(List.of(qualified(lead, "hasty")));
    await().atMost(SOON).until(() -> "offered".equals(Office.stateOf(lead)));
    var of = " WHERE clause_id = 'try' AND subject_id = '" + Office.handoffOf(lead) + "'";

    run("UPDATE clock SET started_by = NULL" + of);

    await()
        .atMost(SOON)
        .until(() -> one("SELECT count(*) FROM clock" + of + " AND stuck IS NOT NULL") == 1);
    await().atMost(SOON).until(() -> broken(lead) == 1);
    assertThat(transactions.run(deadlines::stuck).await().atMost(SOON)).isEqualTo(1);
    run("UPDATE clock SET started_by = 'offered to ada'" + of);
    transactions.run(deadlines::retry).await().atMost(SOON);
    await().atMost(SOON).until(() -> broken(lead) == 2);
  }

  @Test
  void a_clock_that_somebody_changed_while_it_was_being_judged_is_left_as_it_is() {
    var lead = id();
    publish(List.of(qualified(lead, "hasty")));
    await().atMost(SOON).until(() -> "offered".equals(Office.stateOf(lead)));
    var connection = pool.getConnection().await().atMost(SOON);
    var open = connection.begin().await().atMost(SOON);
    connection
        .query(
            "UPDATE clock SET state = 'cancelled' WHERE clause_id = 'try' AND subject_id = '"
                + Office.handoffOf(lead)
                + "'")
        .execute()
        .await()
        .atMost(SOON);
    await()
        .atMost(SOON)
        .until(
            () ->
                one(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                            + " query LIKE 'UPDATE clock%RETURNING%'")
                    > 0);

    open.commit().await().atMost(SOON);

    connection.close().await().atMost(SOON);
    var after = id();
    publish(List.of(qualified(after, "hasty")));
    await().atMost(SOON).until(() -> broken(after) == 2);
    assertThat(broken(lead)).isEqualTo(1);
  }

  @Test
  void a_period_that_cannot_be_judged_is_parked_and_holds_no_other_up() {
    await().atMost(SOON).until(() -> one(OF_YESTERDAY) == 4);
    run(
        "INSERT INTO period_clock (clause_id, charter_version, first_day, due_at) VALUES"
            + " ('daily', 1000, 'infinity', '2020-01-01')");
    run(
        "UPDATE period_clock SET state = 'running', judged_at = NULL WHERE clause_id = 'daily' AND"
            + " first_day = "
            + YESTERDAY);

    await().atMost(SOON).until(() -> one(OF_YESTERDAY) == 4);

    assertThat(
            one("SELECT count(*) FROM period_clock WHERE stuck IS NOT NULL AND state = 'running'"))
        .isEqualTo(1);
    assertThat(transactions.run(deadlines::stuck).await().atMost(SOON)).isEqualTo(1);
    run("DELETE FROM period_clock WHERE first_day = 'infinity'");
  }

  @Test
  void a_notice_that_cannot_be_judged_is_parked_and_holds_no_other_up() {
    run(
        "INSERT INTO campaign_notice (campaign_id, starts_on, clause_id, charter_version,"
            + " announced_at, due_at, revision) VALUES ('poison', 'infinity', 'announce', "
            + VERSION
            + ", now(), '2020-01-01', 1)");

    transactions.run(notices::judge).await().atMost(SOON);

    assertThat(one("SELECT count(*) FROM campaign_notice WHERE stuck IS NOT NULL")).isEqualTo(1);
    assertThat(transactions.run(deadlines::stuck).await().atMost(SOON)).isEqualTo(1);
    run("DELETE FROM campaign_notice WHERE campaign_id = 'poison'");
  }

  @Test
  void a_stream_may_ask_for_verdicts_of_a_week() {
    run(
        "INSERT INTO handoff_judged (handoff_ids, at) VALUES ('{}', now() - interval '6 days'),"
            + " ('{}', now() - interval '8 days')");

    transactions.run(changes::prune).await().atMost(SOON);

    assertThat(one("SELECT count(*) FROM handoff_judged WHERE handoff_ids = '{}'")).isEqualTo(1);
  }

  @Test
  void a_stuck_clock_that_is_started_anew_runs_again() {
    hire("bob", "\"team\": \"dach\"");
    var lead = id();
    publish(List.of(qualified(lead, "calm")));
    await().atMost(SOON).until(() -> "offered".equals(Office.stateOf(lead)));
    var of = " WHERE subject_id = '" + Office.handoffOf(lead) + "'";
    run("UPDATE clock SET stuck = 'no sense'" + of);
    String holder = Office.handoffsOf(lead).then().extract().path("items[0].sellerId");

    as("sales-manager")
        .body("{\"seller\": \"" + (holder.equals("ada") ? "bob" : "ada") + "\"}")
        .post("/handoffs/" + Office.handoffOf(lead) + "/reassign")
        .then()
        .statusCode(200);

    assertThat(one("SELECT count(*) FROM clock" + of + " AND state = 'running' AND restarted"))
        .isEqualTo(2);
    assertThat(one("SELECT count(*) FROM clock" + of + " AND restarted AND stuck IS NOT NULL"))
        .isZero();
    run("UPDATE clock SET stuck = NULL" + of);
  }

  @Test
  void a_clock_of_a_charter_that_is_not_known_here_is_left_to_who_knows_it() {
    var elsewhere = id();
    var here = id();
    publish(List.of(qualified(elsewhere, "calm")));
    await().atMost(SOON).until(() -> "offered".equals(Office.stateOf(elsewhere)));
    var of =
        " WHERE clause_id = 'decide-calmly' AND subject_id = '" + Office.handoffOf(elsewhere) + "'";
    run("UPDATE clock SET charter_version = 5000, due_at = '2020-01-01'" + of);

    publish(List.of(qualified(here, "hasty")));

    await().atMost(SOON).until(() -> broken(here) == 2);
    assertThat(one("SELECT count(*) FROM clock" + of + " AND due_at = '2020-01-01'")).isEqualTo(1);
    run("UPDATE clock SET charter_version = " + VERSION + of);
  }

  @Test
  void an_answer_needs_no_charter_and_holds_up_nobody() {
    var request = id();

    publish(
        List.of(
            new ContentRequest(
                request,
                Instant.parse("2026-11-20T10:00:00Z"),
                5000,
                2,
                RequestStep.CONFIRMED,
                "price",
                null,
                null),
            new ContentRequest(
                request,
                Instant.parse("2026-11-20T10:00:00Z"),
                5000,
                3,
                RequestStep.DELIVERED,
                "price",
                null,
                null)));

    await()
        .atMost(SOON)
        .until(() -> one("SELECT count(*) FROM deed WHERE subject_id = '" + request + "'") == 1);
  }

  @Test
  void marketing_owes_sales_an_answer_in_time() {
    var answered = id();
    var ignored = id();

    publish(
        List.of(
            request(answered, 1, RequestStep.REQUESTED),
            request(ignored, 1, RequestStep.REQUESTED),
            request(answered, 2, RequestStep.ACCEPTED)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("sales-manager")
                    .get("/breaches?owedBy=marketing&clause=reply")
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(1))
                    .body(
                        "items[0].evidence",
                        hasItem(
                            containsString(
                                "sales asked for material about price (request "
                                    + ignored
                                    + ")"))));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Infrastructure.shared().read(Topic.SLA_MET))
                    .extracting(each -> read(each.value(), SlaMet.class).clauseId())
                    .containsOnlyOnce("reply"));
  }

  @Test
  void many_judges_at_once_judge_each_clock_once_and_none_early() {
    var many = IntStream.range(0, 600).mapToObj(_ -> qualified(id(), "hasty")).toList();
    var before = brokenInAll();

    publish(many);
    var judging = new AtomicBoolean(true);
    var judges =
        IntStream.range(0, 4)
            .mapToObj(
                n ->
                    transactions
                        .run(tx -> clocks.judge(tx, n < 2 ? Lane.WHOLE : new Lane(n - 2, 2), 40))
                        .repeat()
                        .withDelay(Duration.ofMillis(20))
                        .whilst(_ -> judging.get())
                        .collect()
                        .last()
                        .subscribeAsCompletionStage())
            .toList();
    await().atMost(SOON.multipliedBy(2)).until(() -> brokenInAll() == before + 1200);
    judging.set(false);
    judges.forEach(judge -> judge.join());

    var leads = many.stream().map(LeadQualified::leadId).collect(Collectors.toSet());
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        breaches().stream()
                            .filter(each -> leads.contains(each.leadId()))
                            .map(each -> each.handoffId() + each.clauseId()))
                    .hasSize(1200)
                    .doesNotHaveDuplicates());
    assertThat(one("SELECT count(*) FROM breach WHERE judged_at < due_at")).isZero();
    assertThat(
            one(
                "SELECT count(*) FROM handoff_step WHERE step = 'deemed-accepted'"
                    + " GROUP BY handoff_id HAVING count(*) > 1"))
        .isZero();
  }

  private static void rule(String role, String breach, String ruling, int status) {
    as(role)
        .body("{\"reason\": \"the lead was a duplicate\"}")
        .post("/breaches/" + breach + "/" + ruling)
        .then()
        .statusCode(status);
  }

  private void run(String statement) {
    pool.query(statement).execute().await().atMost(SOON);
  }

  private long dueAt(UUID lead) {
    return one(
        "SELECT (extract(epoch FROM due_at) * 1000)::bigint FROM clock WHERE clause_id ="
            + " 'try-calmly' AND subject_id = '"
            + Office.handoffOf(lead)
            + "'");
  }

  private long told(String type, String clause, UUID lead) {
    return one(
        "SELECT count(*) FROM delivery WHERE type = '%s' AND data::json->>'clauseId' = '%s' AND data::json->>'leadId' = '%s'"
            .formatted(type, clause, lead));
  }

  private long broken(UUID lead) {
    return one("SELECT count(*) FROM breach WHERE lead_id = '" + lead + "'");
  }

  private long brokenInAll() {
    return one("SELECT count(*) FROM breach WHERE clause_id IN ('decide', 'try')");
  }

  private long one(String statement) {
    var rows = pool.query(statement).execute().await().atMost(SOON).iterator();
    return rows.hasNext() ? rows.next().getLong(0) : 0;
  }

  private static ContentRequest request(UUID id, long revision, RequestStep step) {
    return new ContentRequest(
        id, Instant.parse("2026-11-20T10:00:00Z"), VERSION, revision, step, "price", null, null);
  }

  private static LeadQualified qualified(UUID lead, String source) {
    return Qualified.of(lead, Office.NINE, id()).under(VERSION).from(source, "Direct").told();
  }

  private static List<SlaBreach> breaches(UUID lead) {
    return breaches().stream().filter(each -> lead.equals(each.leadId())).toList();
  }

  private static List<SlaBreach> breaches() {
    return Infrastructure.shared().read(Topic.SLA_BREACH).stream()
        .map(each -> read(each.value(), SlaBreach.class))
        .toList();
  }

  private static List<SlaMet> met(UUID lead) {
    return met().stream().filter(each -> lead.equals(each.leadId())).toList();
  }

  private static List<SlaMet> met() {
    return Infrastructure.shared().read(Topic.SLA_MET).stream()
        .map(each -> read(each.value(), SlaMet.class))
        .toList();
  }

  private static <T> T read(byte[] value, Class<T> type) {
    try {
      return Json.mapper().readValue(value, type);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Agreement agreement() {
    return switch (Agreement.read(CHARTER.getBytes(StandardCharsets.UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }
}
