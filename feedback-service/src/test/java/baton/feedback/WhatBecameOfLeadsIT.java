package baton.feedback;

import static baton.contracts.OutcomeResult.LOST;
import static baton.contracts.OutcomeResult.OPPORTUNITY;
import static baton.contracts.OutcomeResult.VOIDED;
import static baton.contracts.OutcomeResult.WON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.CloudEvent;
import baton.contracts.ErasureKind;
import baton.contracts.ExternalId;
import baton.contracts.Json;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadErased;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadMerged;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadUnmerged;
import baton.contracts.OutcomeResult;
import baton.contracts.Topic;
import baton.feedback.lead.AwaitsLeads;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way back, through real PostgreSQL and Kafka. */
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill the fields
@QuarkusTest
@Timeout(120)
@QuarkusTestResource(BatonTestResource.class)
class WhatBecameOfLeadsIT {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  Infrastructure infrastructure;
  @TestHTTPResource URI root;
  @Inject DataSource database;
  @Inject Pseudonyms pseudonyms;

  private Topics topics;
  private Api sales;
  private UUID ada;
  private String suffix;

  @BeforeEach
  void begin() {
    topics = new Topics(infrastructure);
    sales = as("sales");
    ada = UuidCreator.getTimeOrderedEpoch();
    suffix = ada.toString().substring(24);
  }

  @AfterEach
  void end() {
    topics.close();
  }

  @Test
  void the_way_back_from_a_deal_nobody_knows_to_a_corrected_and_moved_one() {
    var bob = UuidCreator.getTimeOrderedEpoch();
    var pass = UuidCreator.getTimeOrderedEpoch();

    // A deal is won before its lead was ever heard of: it is kept.
    var told = sales.post("/outcomes", outcome("won", "crm", "ada-" + suffix, "deal-" + suffix));
    assertThat(told.status()).isEqualTo(201);
    assertThat(told.text("/state")).isEqualTo("unmatched");
    assertThat(unmatched()).contains(told.text("/outcomeId"));

    // The lead appears: the outcome is published as it was told.
    topics.say(Topics.qualified(ada, NINE, pass));
    topics.say(Topics.captured(ada, NINE, new ExternalId("crm", "ada-" + suffix)));
    soon().untilAsserted(() -> assertThat(said(ada)).containsExactly(said(1, WON)));
    assertThat(unmatched()).doesNotContain(told.text("/outcomeId"));

    // The same words again change nothing; other words are the next revision.
    var repeated =
        sales.post("/outcomes", outcome("won", "crm", "ada-" + suffix, "deal-" + suffix));
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.text("/revision")).isEqualTo("1");
    var corrected =
        sales.post("/outcomes", outcome("lost", "crm", "ada-" + suffix, "deal-" + suffix));
    assertThat(corrected.status()).isEqualTo(200);
    assertThat(corrected.text("/outcomeId")).isEqualTo(told.text("/outcomeId"));

    // It was Bob's deal all along.
    topics.say(Topics.captured(bob, NINE));
    topics.say(Topics.updated(bob, NINE, new ExternalId("crm", "bob-" + suffix)));
    soon()
        .untilAsserted(
            () -> {
              var moved =
                  sales.post("/outcomes", outcome("won", "crm", "bob-" + suffix, "deal-" + suffix));
              assertThat(moved.text("/state")).isEqualTo("matched");
            });
    soon()
        .untilAsserted(
            () -> {
              assertThat(said(ada).subList(0, 3))
                  .containsExactly(said(1, WON), said(2, LOST), said(3, VOIDED));
              assertThat(said(bob).getLast().result()).isEqualTo(WON);
            });

    // A seller thinks well of Ada: Grace holds her handoff.
    var handoff = UuidCreator.getTimeOrderedEpoch();
    topics.say(Topics.offered(ada, TEN, handoff, pass, "grace"));
    var grace = new Api(root, infrastructure.sellerKey("grace"));
    var thinks =
        grace.post(
            "/feedback",
            """
            {"handoffId":"%s","rating":4,"objections":["price"],"note":"call in spring"}\
            """
                .formatted(handoff));
    assertThat(thinks.status()).isEqualTo(201);
    soon()
        .untilAsserted(
            () ->
                assertThat(topics.about(ada, LeadFeedback.class))
                    .singleElement()
                    .satisfies(
                        fact -> {
                          assertThat(fact.passId()).isEqualTo(pass);
                          assertThat(fact.sellerId()).isEqualTo("grace");
                          assertThat(fact.rating()).isEqualTo(4);
                        }));
  }

  @Test
  void what_is_told_of_an_absorbed_lead_is_kept_by_the_survivor() {
    var twin = UuidCreator.getTimeOrderedEpoch();
    var merge = UuidCreator.getTimeOrderedEpoch();
    topics.say(Topics.captured(ada, NINE));
    topics.say(Topics.captured(twin, NINE, new ExternalId("crm", "twin-" + suffix)));
    soon().untilAsserted(() -> assertThat(toldOf("twin-" + suffix)).isEqualTo(twin.toString()));
    var early = sales.post("/outcomes", outcome("won", "crm", "twin-" + suffix, "early-" + suffix));

    topics.say(new LeadMerged(ada, TEN, 0, merge, ada, twin));
    topics.say(new LeadMerged(twin, TEN, 0, merge, ada, twin));

    soon().untilAsserted(() -> assertThat(toldOf("twin-" + suffix)).isEqualTo(ada.toString()));
    var corrected =
        sales.post("/outcomes", outcome("lost", "crm", "twin-" + suffix, "early-" + suffix));
    assertThat(early.text("/leadId")).isEqualTo(twin.toString());
    assertThat(corrected.text("/leadId")).isEqualTo(twin.toString());
    assertThat(corrected.text("/revision")).isEqualTo("2");
    topics.say(new LeadUnmerged(twin, TEN, 0, merge, ada, twin));
    soon().untilAsserted(() -> assertThat(toldOf("twin-" + suffix)).isEqualTo(twin.toString()));
  }

  /** Of whom an outcome is kept that is told now of the lead by this name. */
  private String toldOf(String lead) {
    var deal = "deal-" + UuidCreator.getTimeOrderedEpoch();
    return sales.post("/outcomes", outcome("won", "crm", lead, deal)).text("/leadId");
  }

  @Test
  void an_outcome_belongs_to_the_pass_of_its_time() {
    var first = UuidCreator.getTimeOrderedEpoch();
    var second = UuidCreator.getTimeOrderedEpoch();
    topics.say(Topics.qualified(ada, NINE, first));
    topics.say(Topics.qualified(ada, TEN, second));
    soon()
        .untilAsserted(
            () -> {
              var early = sales.post("/outcomes", of(ada, NINE.plusSeconds(5)));
              assertThat(early.text("/passId")).isEqualTo(first.toString());
              var late = sales.post("/outcomes", of(ada, TEN.plusSeconds(5)));
              assertThat(late.text("/passId")).isEqualTo(second.toString());
            });
  }

  @Test
  void two_hundred_racing_tellers_of_one_deal_make_one_outcome() {
    topics.say(Topics.captured(ada, NINE, new ExternalId("crm", "ada-" + suffix)));
    var body = outcome("won", "crm", "ada-" + suffix, "deal-" + suffix);

    var replies =
        IntStream.range(0, 200)
            .mapToObj(i -> sales.postUntilTaken("/outcomes", body))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(199);
    assertThat(replies)
        .extracting(reply -> reply.text("/outcomeId"))
        .containsOnly(replies.getFirst().text("/outcomeId"));
    soon()
        .untilAsserted(
            () -> assertThat(said(ada)).extracting(LeadOutcome::result).containsOnly(WON));
    assertThat(said(ada)).hasSize(1);
  }

  @Test
  void no_outcome_is_left_behind_when_its_lead_appears_while_it_is_told() {
    var leads = new ArrayList<UUID>();
    var replies = new ArrayList<CompletableFuture<Api.Reply>>();
    for (int i = 0; i < 100; i++) {
      var lead = UuidCreator.getTimeOrderedEpoch();
      var name = "race-" + i + "-" + suffix;
      leads.add(lead);
      replies.add(sales.postUntilTaken("/outcomes", outcome("won", "crm", name, "deal-" + name)));
      topics.say(Topics.captured(lead, NINE, new ExternalId("crm", name)));
    }
    replies.forEach(reply -> assertThat(reply.join().status()).isEqualTo(201));

    soon()
        .untilAsserted(
            () -> {
              var published = infrastructure.read(baton.contracts.Topic.LEAD_OUTCOME);
              assertThat(published)
                  .extracting(record -> record.key())
                  .filteredOn(leads.stream().map(UUID::toString).toList()::contains)
                  .containsExactlyInAnyOrderElementsOf(leads.stream().map(UUID::toString).toList());
            });
  }

  /** As after a restart: nobody heard anything of the topic yet. */
  @Test
  void a_parked_record_is_heard_again_when_it_is_released() throws Exception {
    var told = sales.post("/outcomes", outcome("won", "crm", "late-" + suffix, "late-" + suffix));
    park(Topics.captured(ada, NINE, new ExternalId("crm", "late-" + suffix)));
    var admin = as("admin");
    var id = "feedback-service@lead-captured:0:9000000";
    assertThat(admin.get("/parked?topic=lead-captured").text("/items/0/id")).isEqualTo(id);

    var released = admin.post("/parked/" + id + "/release", "");

    assertThat(released.status()).as(released.raw().body()).isEqualTo(200);
    assertThat(released.text("/heard")).isEqualTo("1");
    assertThat(sales.get("/outcomes/" + told.text("/outcomeId")).text("/leadId"))
        .isEqualTo(ada.toString());
    assertThat(admin.get("/parked").body().at("/items").size()).isZero();
  }

  private void park(LeadCaptured captured) throws SQLException {
    var headers =
        new CloudEvent(
                UuidCreator.getTimeOrderedEpoch(),
                Topic.LEAD_CAPTURED,
                "/lead-service",
                NINE,
                captured.key(),
                1,
                null,
                null)
            .headers();
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                INSERT INTO parked_record (consumer, topic, partition, "offset", key, record_time,
                  header_names, header_values, value, reason)
                VALUES ('feedback-service', 'lead-captured', 0, 9000000, ?, now(), ?, ?, ?, 'a bug')
                """)) {
      insert.setString(1, captured.key());
      insert.setArray(2, connection.createArrayOf("text", headers.keySet().toArray()));
      insert.setArray(
          3, connection.createArrayOf("bytea", headers.values().toArray(byte[][]::new)));
      insert.setBytes(4, Json.bytes(captured));
      insert.executeUpdate();
    }
  }

  @Test
  void of_an_erased_lead_words_and_personal_names_go_and_numbers_stay() throws Exception {
    var bob = UuidCreator.getTimeOrderedEpoch();
    var personal = "ada-" + suffix + "@crm.example";
    var hashed = pseudonyms.of(new ExternalId("crm", personal));
    topics.say(Topics.captured(ada, NINE, hashed, new ExternalId("crm", "ada-" + suffix)));
    awaitMatched(personal);
    var words =
        """
        {"leadId":"%s","rating":3,"note":"zqwords %s"}\
        """
            .formatted(ada, suffix);
    var told = sales.post("/feedback", words, "Idempotency-Key", "zq" + suffix);
    assertThat(told.text("/note")).isEqualTo("zqwords " + suffix);

    topics.say(new LeadErased(ada, TEN, 0, ErasureKind.ERASED, bob));

    soon().untilAsserted(() -> assertThat(kept("zqwords " + suffix, hashed.id())).isZero());
    var again = sales.post("/feedback", words, "Idempotency-Key", "zq" + suffix);
    assertThat(again.raw().body()).isEqualTo("{\"erased\":true}");
    sales.post("/feedback", words);
    assertThat(kept("zqwords " + suffix, hashed.id())).isZero();
    assertThat(topics.about(ada, LeadOutcome.class)).hasSize(1);
    assertThat(sales.get("/outcomes?leadId=" + ada).body().at("/items/0/result").asText())
        .isEqualTo("won");

    topics.say(Topics.captured(bob, TEN, new ExternalId("crm", "ada-" + suffix)));
    soon()
        .untilAsserted(
            () ->
                assertThat(
                        sales
                            .post(
                                "/outcomes",
                                outcome("lost", "crm", "ada-" + suffix, "other-" + suffix))
                            .text("/leadId"))
                    .isEqualTo(bob.toString()));
  }

  @Test
  void what_is_told_again_of_an_erased_lead_by_its_old_name_is_still_of_that_lead()
      throws Exception {
    var personal = "ada-" + suffix + "@crm.example";
    var hashed = pseudonyms.of(new ExternalId("crm", personal));
    topics.say(Topics.captured(ada, NINE, hashed));
    awaitMatched(personal);
    var step =
        """
        {"leadExternalId":{"system":"crm","id":"%s"},"step":"%s","channel":"call",\
        "externalId":{"system":"crm","id":"step-%s"},"occurredAt":"2026-03-02T11:00:00Z"}\
        """;
    sales.post("/sales-steps", step.formatted(personal, "attempted", suffix));
    topics.say(new LeadErased(ada, TEN, 0, ErasureKind.ERASED, ada));
    soon().untilAsserted(() -> assertThat(kept("zqnever said", hashed.id())).isZero());

    var again = sales.post("/outcomes", outcome("lost", "crm", personal, "deal-" + suffix));
    var another = sales.post("/outcomes", outcome("won", "crm", personal, "more-" + suffix));
    var called = sales.post("/sales-steps", step.formatted(personal, "connected", suffix));

    assertThat(again.text("/leadId")).isEqualTo(ada.toString());
    assertThat(another.text("/leadId")).isEqualTo(ada.toString());
    assertThat(called.status()).as(called.raw().body()).isEqualTo(200);
    soon()
        .untilAsserted(
            () ->
                assertThat(topics.about(ada, LeadOutcome.class))
                    .extracting(LeadOutcome::result)
                    .containsExactly(WON, LOST, WON));
    assertThat(kept("zqnever said", hashed.id())).isZero();
  }

  /** Says that the deal of who goes by this name is won, until it is matched. */
  private void awaitMatched(String name) {
    soon()
        .untilAsserted(
            () ->
                assertThat(
                        sales
                            .post("/outcomes", outcome("won", "crm", name, "deal-" + suffix))
                            .text("/state"))
                    .isEqualTo("matched"));
  }

  /** How many rows have these words, or this name. */
  private long kept(String words, String name) throws SQLException {
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement(
                """
                SELECT (SELECT count(*) FROM feedback WHERE note = ?)
                  + (SELECT count(*) FROM lead_name WHERE id = ?)
                  + (SELECT count(*) FROM outcome WHERE told_id = ?)
                  + (SELECT count(*) FROM idempotency
                     WHERE position(convert_to(?, 'UTF8') in body) > 0)
                """)) {
      query.setString(1, words);
      query.setString(2, name);
      query.setString(3, name);
      query.setString(4, words);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Test
  void feedback_is_corrected_under_its_own_id() {
    topics.say(Topics.captured(ada, NINE));
    var id = UuidCreator.getTimeOrderedEpoch();
    var body =
        """
        {"feedbackId":"%s","leadId":"%s","rating":2,"note":"rude"}\
        """
            .formatted(id, ada);
    var grace = new Api(root, infrastructure.sellerKey("grace"));
    var linus = new Api(root, infrastructure.sellerKey("linus"));

    var first = grace.post("/feedback", body);
    var same = grace.post("/feedback", body);
    var corrected = grace.post("/feedback", body.replace("\"rating\":2", "\"rating\":4"));
    var others = linus.post("/feedback", body);
    var moved = grace.post("/feedback", body.replace(ada.toString(), id.toString()));

    assertThat(first.status()).isEqualTo(201);
    assertThat(same.status()).isEqualTo(200);
    assertThat(same.text("/revision")).isEqualTo("1");
    assertThat(same.text("/occurredAt")).isEqualTo(first.text("/occurredAt"));
    assertThat(corrected.status()).isEqualTo(200);
    assertThat(corrected.text("/revision")).isEqualTo("2");
    assertThat(others.status()).isEqualTo(404);
    assertThat(moved.status()).isEqualTo(404);
    soon()
        .untilAsserted(
            () ->
                assertThat(topics.about(ada, LeadFeedback.class))
                    .last()
                    .satisfies(
                        fact -> {
                          assertThat(fact.feedbackId()).isEqualTo(id);
                          assertThat(fact.revision()).isEqualTo(2);
                          assertThat(fact.rating()).isEqualTo(4);
                        }));
  }

  @Test
  void whoever_waits_for_one_lead_is_published_batch_after_batch() throws Exception {
    int many = 2 * AwaitsLeads.AT_ONCE + 7;
    var lines =
        IntStream.range(0, many)
            .mapToObj(i -> outcome("won", "crm", "much-" + suffix, "much-" + i + suffix))
            .collect(Collectors.joining("\n"));
    try (var answers =
        sales.stream("/outcomes/batch", BodyPublishers.ofString(lines)).join().body()) {
      assertThat(new String(answers.readAllBytes(), UTF_8).split("\n")).hasSize(many);
    }

    topics.say(Topics.captured(ada, NINE, new ExternalId("crm", "much-" + suffix)));

    soon().untilAsserted(() -> assertThat(said(ada)).hasSize(many));
    assertThat(topics.about(ada, LeadOutcome.class))
        .extracting(LeadOutcome::outcomeId)
        .doesNotHaveDuplicates();
  }

  @Test
  void an_id_that_gives_a_person_away_is_matched_and_never_published_as_it_is() {
    topics.say(
        Topics.captured(
            ada,
            NINE,
            new baton.chassis.pseudonym.Pseudonyms(pepper())
                .of(new ExternalId("crm", "Ada." + suffix + "@analytical.example"))));
    var address = "ada." + suffix + "@analytical.example";
    soon()
        .untilAsserted(
            () -> {
              var told = sales.post("/outcomes", outcome("won", "CRM", address, "x-" + suffix));
              assertThat(told.text("/leadId")).isEqualTo(ada.toString());
              assertThat(told.raw().body()).doesNotContain(address);
            });
  }

  @Test
  void every_bad_field_is_named_and_nothing_is_kept() {
    var before = unmatched().size();

    var refused =
        sales.post(
            "/outcomes",
            """
            {"leadId":"7","leadExternalId":{"system":""},"result":"one","amount":{"amount":"-1","currency":"EURO"},
             "expectedClose":"soon","occurredAt":"2099-01-01T00:00:00Z","sellar":"grace"}\
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.raw().headers().firstValue("content-type"))
        .hasValue("application/problem+json");
    assertThat(pointers(refused.body()))
        .containsExactlyInAnyOrder(
            "/leadId",
            "/leadExternalId/system",
            "/leadExternalId/id",
            "/result",
            "/amount/amount",
            "/amount/currency",
            "/expectedClose",
            "/occurredAt",
            "/sellar");
    assertThat(unmatched()).hasSize(before);
  }

  @Test
  void a_word_outside_the_vocabulary_is_refused_and_the_allowed_ones_are_named() {
    var outcome =
        sales.post(
            "/outcomes",
            """
            {"leadId":"%s","result":"lost","reason":"bad mood"}\
            """
                .formatted(ada));
    var feedback =
        sales.post(
            "/feedback",
            """
            {"leadId":"%s","rating":6,"reasons":["timing","x"],"objections":["y"],"painPoints":["z"]}\
            """
                .formatted(ada));

    assertThat(outcome.text("/errors/0/pointer")).isEqualTo("/reason");
    assertThat(outcome.text("/errors/0/detail"))
        .isEqualTo("must be one of price, competitor, no-decision, missing-feature");
    assertThat(pointers(feedback.body()))
        .containsExactly("/rating", "/reasons/1", "/objections/0", "/painPoints/0");
  }

  @Test
  void a_seller_sees_and_speaks_of_his_own() {
    var grace = new Api(root, infrastructure.sellerKey("grace"));
    var linus = new Api(root, infrastructure.sellerKey("linus"));
    var body = outcome("won", "crm", "ada-" + suffix, "deal-" + suffix);

    var told = grace.post("/outcomes", body);

    assertThat(told.text("/seller")).isEqualTo("grace");
    var path = "/outcomes/" + told.text("/outcomeId");
    assertThat(grace.get(path).status()).isEqualTo(200);
    assertThat(linus.get(path).status()).isEqualTo(404);
    assertThat(linus.post("/outcomes", body).status()).isEqualTo(404);
    assertThat(
            linus
                .post("/outcomes", body.replace("{\"lead", "{\"seller\":\"grace\",\"lead"))
                .status())
        .isEqualTo(403);
    assertThat(as("sales-manager").get(path).status()).isEqualTo(200);
    assertThat(as("marketing").get(path).status()).isEqualTo(200);
    assertThat(as("capture").get(path).status()).isEqualTo(403);
    assertThat(as("marketing").post("/outcomes", body).status()).isEqualTo(403);
    assertThat(as("report").post("/feedback", "{}").status()).isEqualTo(403);
    assertThat(new Api(root, "nobody").get(path).status()).isEqualTo(401);
  }

  @Test
  void a_command_sent_twice_under_one_key_has_one_effect() {
    var body =
        """
        {"leadExternalId":{"system":"crm","id":"ada-%s"},"result":"opportunity"}\
        """
            .formatted(suffix);

    var first = sales.post("/outcomes", body, "Idempotency-Key", suffix);
    var again = sales.post("/outcomes", body, "Idempotency-Key", suffix);
    var other =
        sales.post("/outcomes", body.replace("opportunity", "won"), "Idempotency-Key", suffix);

    assertThat(again.raw().body()).isEqualTo(first.raw().body());
    assertThat(again.status()).isEqualTo(201);
    assertThat(other.status()).isEqualTo(422);
  }

  @Test
  void unmatched_outcomes_are_paged_newest_first_and_stable_under_inserts() {
    for (int i = 0; i < 5; i++) {
      sales.post("/outcomes", outcome("won", "page", i + suffix, "page-" + i + suffix));
    }

    var first = sales.get("/outcomes?state=unmatched&limit=2");
    sales.post("/outcomes", outcome("won", "page", "late" + suffix, "page-late" + suffix));
    var second = sales.get("/outcomes?state=unmatched&limit=2&cursor=" + first.text("/next"));

    assertThat(deals(first)).containsExactly("page-4" + suffix, "page-3" + suffix);
    assertThat(deals(second)).containsExactly("page-2" + suffix, "page-1" + suffix);
    assertThat(sales.get("/outcomes?cursor=mine").status()).isEqualTo(400);
    assertThat(sales.get("/outcomes?limit=501").status()).isEqualTo(422);
    assertThat(sales.get("/outcomes?state=lost").status()).isEqualTo(422);
    assertThat(sales.get("/outcomes/7").status()).isEqualTo(404);
  }

  private List<LeadOutcome> said(UUID lead) {
    return topics.about(lead, LeadOutcome.class).stream()
        .map(fact -> said(fact.revision(), fact.result()))
        .toList();
  }

  /** What matters of an outcome in a row of them. */
  private static LeadOutcome said(long revision, OutcomeResult result) {
    return new LeadOutcome(
        new UUID(0, 0),
        Instant.EPOCH,
        0,
        new UUID(0, 0),
        revision,
        null,
        result,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  private List<String> unmatched() {
    return StreamSupport.stream(
            sales.get("/outcomes?state=unmatched&limit=500").body().path("items").spliterator(),
            false)
        .map(item -> item.path("outcomeId").asText())
        .toList();
  }

  private static List<String> deals(Api.Reply page) {
    return page.body()
        .path("items")
        .valueStream()
        .map(item -> item.at("/externalId/id").asText())
        .toList();
  }

  private static List<String> pointers(JsonNode problem) {
    return problem
        .path("errors")
        .valueStream()
        .map(fault -> fault.path("pointer").asText())
        .toList();
  }

  private Api as(String role) {
    return new Api(root, infrastructure.key(role));
  }

  private byte[] pepper() {
    try {
      var keys = java.nio.file.Files.readAllBytes(infrastructure.keysFile());
      return java.util.Base64.getDecoder()
          .decode(baton.contracts.Json.mapper().readTree(keys).path("pepper").asText());
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static String outcome(String result, String system, String lead, String deal) {
    return """
    {"leadExternalId":{"system":"%s","id":"%s"},"result":"%s","amount":{"amount":"1250.00","currency":"EUR"},\
    "externalId":{"system":"crm","id":"%s"},"occurredAt":"2026-03-02T11:00:00Z"}\
    """
        .formatted(system, lead, result, deal);
  }

  private static String of(UUID lead, Instant at) {
    return """
    {"leadId":"%s","result":"%s","occurredAt":"%s"}\
    """
        .formatted(lead, OPPORTUNITY.word(), at);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
  }
}
