package baton.feedback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.HandoffStep;
import baton.contracts.Json;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What leads object to, and what is written about them, through real PostgreSQL and Kafka. */
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill the fields
@QuarkusTest
@Timeout(120)
@QuarkusTestResource(BatonTestResource.class)
class ObjectionsIT {
  private static final Instant CAPTURED = Instant.parse("2019-03-02T09:00:00Z");
  private static final YearMonth MONTH = YearMonth.now(ZoneOffset.UTC);

  Infrastructure infrastructure;
  @TestHTTPResource URI root;
  @Inject DataSource database;

  private Topics topics;
  private Api sales;
  private Api marketing;

  @BeforeEach
  void begin() {
    topics = new Topics(infrastructure);
    sales = new Api(root, infrastructure.key("sales"));
    marketing = new Api(root, infrastructure.key("marketing"));
  }

  @AfterEach
  void end() {
    topics.close();
  }

  @Test
  void the_register_counts_mentions_by_what_their_leads_were_at_the_time() throws Exception {
    var campaign = "spring-" + UuidCreator.getTimeOrderedEpoch();
    var ada = captured(campaign, "other");
    var bob = captured(campaign, null);
    topics.say(qualified(ada, "it-director"));
    topics.say(step(ada, HandoffStep.ACCEPTED, 4));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(known(ada, bob)).isEqualTo(4));
    says(ada, "2019-03-03T09:00:00Z", "price", "security");
    says(ada, "2019-03-06T09:00:00Z", "price");
    says(bob, "2019-03-06T10:00:00Z", "price");
    var bobToday = MONTH.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    says(bob, bobToday.toString(), "security");
    says(bob, bobToday.minusSeconds(1).toString(), "security");
    says(bob, bobToday.minusSeconds(2).toString(), "security");

    var register = register("?campaign=" + campaign + "&from=2019-03-01&to=2019-04-01");

    assertThat(register.path("zone").asText()).isEqualTo("UTC");
    assertThat(entry(register, "price"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"objection": "price", "said": 3, "leads": 2,
                     "trend": {"month": "%s", "thisMonth": 0, "lastMonth": 0, "change": null},
                     "byPersona": [{"key": "it-director", "said": 2, "leads": 1},
                       {"key": null, "said": 1, "leads": 1}],
                     "byCampaign": [{"key": "%s", "said": 3, "leads": 2}],
                     "byStage": [{"key": "captured", "said": 1, "leads": 1},
                       {"key": "mql", "said": 1, "leads": 1}, {"key": "sal", "said": 1, "leads": 1}]}
                    """
                        .formatted(MONTH, campaign)));
    assertThat(entry(register, "security").path("trend"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"month": "%s", "thisMonth": 1, "lastMonth": 2, "change": -0.5}
                    """
                        .formatted(MONTH)));
    assertThat(entry(register, "incumbent").path("said").asLong()).isZero();
    var sal = register("?stage=sal&campaign=" + campaign);
    assertThat(entry(sal, "price").path("said").asLong()).isEqualTo(1);
  }

  @Test
  void an_objection_is_covered_once_material_was_delivered() {
    var before = entry(register(""), "integration-effort");
    var asked = sales.post("/content-requests", "{\"objection\": \"integration-effort\"}");
    var requested = entry(register(""), "integration-effort");
    marketing.patch(
        "/content-requests/" + asked.text("/requestId"),
        "{\"state\": \"delivered\"}",
        "If-Match",
        "\"1\"");
    var delivered = entry(register(""), "integration-effort");

    assertThat(before.path("covered").asBoolean()).isFalse();
    assertThat(requested.path("covered").asBoolean()).isFalse();
    assertThat(requested.path("contentRequests").path("requested").asLong()).isEqualTo(1);
    assertThat(delivered.path("covered").asBoolean()).isTrue();
  }

  @Test
  void the_register_is_a_table_too_and_no_formula() {
    var ada = captured("=1+1", null);
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(known(ada)).isEqualTo(1));
    says(ada, "2018-01-01T00:00:00Z", "timing");

    var csv =
        given()
            .header("X-Api-Key", infrastructure.key("marketing"))
            .accept("text/csv")
            .get("/objections?from=2018-01-01&to=2018-01-02");

    assertThat(csv.contentType()).startsWith("text/csv");
    assertThat(csv.asString().lines())
        .contains(
            "objection,by,key,said,leads,thisMonth,lastMonth,covered",
            "timing,,,1,1,0,0,false",
            "timing,campaign,'=1+1,1,1,,,",
            "timing,stage,captured,1,1,,,");
  }

  @Test
  void both_sides_write_about_a_lead_in_one_thread() {
    var ada = captured("spring", null);
    topics.say(Topics.offered(ada, CAPTURED, id(), id(), "grace"));
    var grace = new Api(root, infrastructure.sellerKey("grace"));
    var linus = new Api(root, infrastructure.sellerKey("linus"));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(linus.get("/comments?leadId=" + ada).status()).isEqualTo(404));

    var first = marketing.post("/comments", comment(ada, "she came to the fair"));
    var second = grace.post("/comments", comment(ada, "she will call back"));
    var others = linus.post("/comments", comment(ada, "mine?"));
    var thread = marketing.get("/comments?leadId=" + ada);

    assertThat(List.of(first.status(), second.status(), others.status()))
        .containsExactly(201, 201, 404);
    assertThat(thread.body().path("items").findValuesAsText("text"))
        .containsExactly("she came to the fair", "she will call back");
    assertThat(thread.text("/items/0/author/role")).isEqualTo("marketing");
    assertThat(thread.text("/items/1/author/seller")).isEqualTo("grace");
  }

  private void says(UUID lead, String at, String... objections) {
    var told =
        sales.post(
            "/feedback",
            """
            {"leadId": "%s", "objections": ["%s"], "occurredAt": "%s"}
            """
                .formatted(lead, String.join("\",\"", objections), at));
    assertThat(told.status()).isEqualTo(201);
  }

  private static String comment(UUID lead, String text) {
    return "{\"leadId\": \"%s\", \"text\": \"%s\"}".formatted(lead, text);
  }

  private JsonNode register(String query) {
    var reply = marketing.get("/objections" + query);
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(200);
    return reply.body();
  }

  /** Without what other tests asked for. */
  private static JsonNode entry(JsonNode register, String objection) {
    for (var item : register.path("items")) {
      if (item.path("objection").asText().equals(objection)) {
        var entry = (ObjectNode) item;
        return objection.equals("price")
            ? entry.without(List.of("covered", "contentRequests"))
            : entry;
      }
    }
    throw new AssertionError("no " + objection);
  }

  /** How many profiles and stages are known of these leads. */
  private long known(UUID... leads) {
    var ids = List.of(leads).stream().map(UUID::toString).toList();
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                """
                SELECT (SELECT count(*) FROM lead_profile WHERE lead_id = ANY(?::uuid[]))
                  + (SELECT count(*) FROM lead_stage WHERE lead_id = ANY(?::uuid[]))
                """)) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      statement.setArray(2, connection.createArrayOf("text", ids.toArray()));
      var rows = statement.executeQuery();
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private UUID captured(String campaign, @Nullable String persona) {
    var lead = id();
    var bare = Json.mapper().<JsonNode>valueToTree(Topics.captured(lead, CAPTURED));
    var event = (ObjectNode) bare;
    event.put("campaignId", campaign).put("persona", persona);
    topics.say(Json.mapper().convertValue(event, LeadCaptured.class));
    return lead;
  }

  private static LeadQualified qualified(UUID lead, String persona) {
    var event =
        (ObjectNode)
            Json.mapper()
                .<JsonNode>valueToTree(
                    Topics.qualified(lead, Instant.parse("2019-03-03T00:00:00Z"), id()));
    event.put("persona", persona);
    return Json.mapper().convertValue(event, LeadQualified.class);
  }

  private static LeadHandoff step(UUID lead, HandoffStep step, int day) {
    var at = Instant.parse("2019-03-0" + day + "T09:00:00Z");
    var event =
        (ObjectNode)
            Json.mapper().<JsonNode>valueToTree(Topics.offered(lead, at, id(), id(), "grace"));
    event.put("step", step.word());
    return Json.mapper().convertValue(event, LeadHandoff.class);
  }

  private static UUID id() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }
}
