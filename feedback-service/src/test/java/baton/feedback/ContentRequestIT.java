package baton.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.ContentRequest;
import baton.contracts.Json;
import baton.contracts.RequestStep;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sales asks for material and marketing answers, through real PostgreSQL and Kafka. */
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill the fields
@QuarkusTest
@Timeout(120)
@QuarkusTestResource(BatonTestResource.class)
class ContentRequestIT {
  Infrastructure infrastructure;
  @TestHTTPResource URI root;

  @Test
  void sales_asks_marketing_delivers_and_sales_confirms() {
    var sales = as("sales");
    var marketing = as("marketing");

    var asked =
        sales.post(
            "/content-requests",
            """
            {"objection": "price", "note": "what does it save?"}\
            """);
    var path = "/content-requests/" + asked.text("/requestId");
    var unconditional = marketing.patch(path, "{\"state\": \"accepted\"}");
    var byTheWrongSide = sales.patch(path, "{\"state\": \"delivered\"}", "If-Match", "\"1\"");
    var delivered =
        marketing.patch(
            path, "{\"state\": \"delivered\", \"reply\": \"a sheet\"}", "If-Match", "\"1\"");
    var stale = marketing.patch(path, "{\"state\": \"declined\"}", "If-Match", "\"1\"");
    var tooLate = marketing.patch(path, "{\"state\": \"declined\"}", "If-Match", "\"2\"");
    var confirmed = sales.patch(path, "{\"state\": \"confirmed\"}", "If-Match", "\"2\"");

    assertThat(
            List.of(
                asked.status(),
                unconditional.status(),
                byTheWrongSide.status(),
                delivered.status(),
                stale.status(),
                tooLate.status(),
                confirmed.status()))
        .containsExactly(201, 428, 403, 200, 412, 409, 200);
    assertThat(tooLate.text("/state")).isEqualTo("delivered");
    assertThat(marketing.get(path).text("/reply")).isEqualTo("a sheet");
    assertThat(marketing.get("/content-requests?objection=price&state=confirmed").body().toString())
        .contains(asked.text("/requestId"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(published(asked.text("/requestId")))
                    .extracting(ContentRequest::step)
                    .containsExactly(
                        RequestStep.REQUESTED, RequestStep.DELIVERED, RequestStep.CONFIRMED));
  }

  @Test
  void a_request_that_says_nothing_known_is_refused_field_by_field() {
    var refused =
        as("sales").post("/content-requests", "{\"objection\": \"SECRET\", \"painpoint\": \"x\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/objection", "/painpoint");
  }

  @Test
  void a_seller_sees_and_moves_nobody_elses_requests() {
    var grace = new Api(root, infrastructure.sellerKey("grace"));
    var ada = new Api(root, infrastructure.sellerKey("ada"));
    var asked = grace.post("/content-requests", "{\"objection\": \"price\"}");
    var path = "/content-requests/" + asked.text("/requestId");
    as("marketing").patch(path, "{\"state\": \"delivered\"}", "If-Match", "\"1\"");

    var read = ada.get(path);
    var stale = ada.patch(path, "{\"state\": \"confirmed\"}", "If-Match", "\"1\"");
    var moved = ada.patch(path, "{\"state\": \"confirmed\"}", "If-Match", "\"2\"");

    assertThat(List.of(read.status(), stale.status(), moved.status()))
        .containsExactly(404, 404, 404);
    assertThat(ada.get("/content-requests?limit=500").body().toString())
        .doesNotContain(asked.text("/requestId"));
    assertThat(grace.get("/content-requests?limit=500").body().toString())
        .contains(asked.text("/requestId"));
    assertThat(grace.get(path).text("/state")).isEqualTo("delivered");
    assertThat(as("sales").get(path).status()).isEqualTo(200);
    assertThat(grace.patch(path, "{\"state\": \"confirmed\"}", "If-Match", "\"2\"").status())
        .isEqualTo(200);
  }

  @Test
  void an_answer_that_is_dated_before_the_question_is_refused() {
    var asked = as("sales").post("/content-requests", "{\"objection\": \"price\"}");

    var refused =
        as("marketing")
            .patch(
                "/content-requests/" + asked.text("/requestId"),
                "{\"state\": \"accepted\", \"occurredAt\": \"2026-01-01T00:00:00Z\"}",
                "If-Match",
                "\"1\"");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("errors").findValuesAsText("pointer"))
        .containsExactly("/occurredAt");
  }

  private Api as(String role) {
    return new Api(root, infrastructure.key(role));
  }

  private List<ContentRequest> published(String requestId) {
    return infrastructure.read(Topic.CONTENT_REQUEST).stream()
        .map(each -> read(each.value()))
        .filter(each -> each.requestId().toString().equals(requestId))
        .toList();
  }

  private static ContentRequest read(byte[] value) {
    try {
      return Json.mapper().readValue(value, ContentRequest.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
