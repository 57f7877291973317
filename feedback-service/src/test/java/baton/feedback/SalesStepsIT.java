package baton.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.ExternalId;
import baton.contracts.SalesStep;
import baton.contracts.SellerStep;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What sellers did in their CRM, through real PostgreSQL and Kafka. */
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill the fields
@QuarkusTest
@Timeout(120)
@QuarkusTestResource(BatonTestResource.class)
class SalesStepsIT {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  Infrastructure infrastructure;
  @TestHTTPResource URI root;

  private Topics topics;
  private Api sales;
  private UUID ada;

  @BeforeEach
  void begin() {
    topics = new Topics(infrastructure);
    sales = new Api(root, infrastructure.key("sales"));
    ada = UuidCreator.getTimeOrderedEpoch();
  }

  @AfterEach
  void end() {
    topics.close();
  }

  @Test
  void a_step_waits_for_its_lead_is_published_once_and_corrected_by_its_name() {
    var told = sales.post("/sales-steps", step("connected", "call-1"));
    assertThat(told.status()).isEqualTo(201);
    assertThat(told.text("/state")).isEqualTo("unmatched");
    assertThat(listed("?state=unmatched")).contains(told.text("/stepId"));

    topics.say(Topics.captured(ada, NINE, new ExternalId("crm", "lead-" + ada)));

    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(said()).hasSize(1));
    assertThat(listed("?leadId=" + ada)).containsExactly(told.text("/stepId"));
    var again = sales.post("/sales-steps", step("connected", "call-1"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("/revision")).isEqualTo("1");
    var corrected = sales.post("/sales-steps", step("attempted", "call-1"));
    assertThat(corrected.status()).isEqualTo(200);
    var elsewhere =
        sales.post(
            "/sales-steps",
            step("attempted", "call-1").replace("\"lead-" + ada, "\"another-" + ada));
    assertThat(elsewhere.status()).isEqualTo(409);
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(said()).hasSize(2));
    assertThat(said())
        .extracting(SalesStep::revision, SalesStep::step, SalesStep::channel)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, SellerStep.CONNECTED, "call"),
            org.assertj.core.groups.Tuple.tuple(2L, SellerStep.ATTEMPTED, "call"));
  }

  @Test
  void a_hundred_who_tell_the_same_at_once_tell_one() {
    topics.say(Topics.captured(ada, NINE, new ExternalId("crm", "lead-" + ada)));
    var body = step("connected", "call-2");

    var replies =
        IntStream.range(0, 100)
            .mapToObj(_ -> sales.postUntilTaken("/sales-steps", body))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
    assertThat(replies.stream().map(reply -> reply.text("/stepId")).distinct()).hasSize(1);
    await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(said()).hasSize(1));
  }

  @Test
  void lines_are_taken_in_together_and_a_bad_one_fails_alone() throws Exception {
    var lines =
        String.join(
            "\n",
            step("accepted", "a"),
            "{\"step\": \"danced\"}",
            step("connected", "b"),
            step("qualified", "a"),
            step("qualified", "a"));

    var reply = sales.stream("/sales-steps/batch", BodyPublishers.ofString(lines)).join();
    var answers = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8).lines().toList();

    assertThat(answers).hasSize(5);
    assertThat(answers.get(0)).contains("\"line\":1,\"status\":201", "\"revision\":1");
    assertThat(answers.get(1)).contains("\"line\":2,", "\"status\":422", "/leadId", "/step");
    assertThat(answers.get(2)).contains("\"line\":3,\"status\":201");
    assertThat(answers.get(3)).contains("\"line\":4,\"status\":200", "\"revision\":2");
    assertThat(answers.get(4)).contains("\"line\":5,\"status\":200", "\"revision\":2");
  }

  @Test
  void a_sellers_key_speaks_for_its_seller_and_knows_no_other() {
    var grace = new Api(root, infrastructure.sellerKey("grace"));
    var linus = new Api(root, infrastructure.sellerKey("linus"));
    var hers = grace.post("/sales-steps", step("connected", "hers"));

    var forLinus =
        grace.post(
            "/sales-steps",
            step("connected", "his").replace("\"step\"", "\"seller\":\"linus\",\"step\""));
    var byLinus = linus.post("/sales-steps", step("attempted", "hers"));

    assertThat(List.of(hers.status(), forLinus.status(), byLinus.status()))
        .containsExactly(201, 403, 404);
    assertThat(linus.get("/sales-steps?limit=500").raw().body())
        .doesNotContain(hers.text("/stepId"));
  }

  private List<String> listed(String query) {
    return sales.get("/sales-steps" + query).body().path("items").findValuesAsText("stepId");
  }

  private List<SalesStep> said() {
    return topics.about(ada, SalesStep.class);
  }

  private String step(String step, String name) {
    return """
    {"leadExternalId":{"system":"crm","id":"lead-%s"},"step":"%s","channel":"call",\
    "externalId":{"system":"crm","id":"%s-%s"},"occurredAt":"2026-03-02T10:00:00Z"}\
    """
        .formatted(ada, step, name, ada);
  }
}
