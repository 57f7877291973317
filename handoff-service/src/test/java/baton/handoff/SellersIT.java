package baton.handoff;

import static baton.handoff.Office.as;
import static baton.handoff.Office.asSeller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class SellersIT {
  static final Duration SOON = Duration.ofSeconds(90);
  static final int ABORTED = 400;
  static final int POOLED = 16;
  static final String GRACE =
      """
      {"name": "Grace Hopper", "email": "grace@example.org", "team": "dach",
       "territories": ["DE", "AT"], "personas": ["it-director"], "weight": 1.50, "capacity": 40,
       "shifts": {"zone": "Europe/Berlin", "week": {"mon": ["09:00-17:00"]}},
       "outOfOffice": [{"from": "2026-12-24", "to": "2026-12-31"}], "active": false}
      """;

  @Test
  void a_seller_reads_as_he_was_written() {
    as("sales-manager")
        .body(GRACE)
        .put("/sellers/hopper")
        .then()
        .statusCode(201)
        .header("ETag", "\"1\"");

    as("admin")
        .get("/sellers/hopper")
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("sellerId", equalTo("hopper"))
        .body("email", equalTo("grace@example.org"))
        .body("territories", is(List.of("DE", "AT")))
        .body("weight", equalTo(1.5f))
        .body("shifts.week.mon[0]", equalTo("09:00-17:00"))
        .body("outOfOffice[0].from", equalTo("2026-12-24"))
        .body("active", equalTo(false));
    as("sales-manager")
        .body(GRACE)
        .put("/sellers/hopper")
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"");
  }

  @Test
  void a_patch_changes_what_it_names_and_is_published_without_the_address() {
    as("sales-manager").body(GRACE).put("/sellers/patched").then().statusCode(201);

    as("sales-manager")
        .header("If-Match", "\"1\"")
        .body("{\"weight\": 2, \"team\": null, \"shifts\": {\"zone\": \"UTC\"}}")
        .patch("/sellers/patched")
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("name", equalTo("Grace Hopper"))
        .body("weight", equalTo(2))
        .body("team", nullValue())
        .body("shifts.zone", equalTo("UTC"))
        .body("shifts.week.mon[0]", equalTo("09:00-17:00"));

    as("sales-manager")
        .header("If-Match", "\"1\"")
        .body("{\"weight\": 3}")
        .patch("/sellers/patched")
        .then()
        .statusCode(412);
    await().atMost(SOON).untilAsserted(() -> assertThat(told("patched")).hasSize(2));
    assertThat(told("patched").getLast())
        .contains("\"revision\":2", "\"weight\":2")
        .doesNotContain("example.org", "team");
  }

  @Test
  void a_seller_hired_many_times_at_once_is_hired_once() {
    var answers =
        atOnce(16, () -> as("sales-manager").body(GRACE).put("/sellers/racer").statusCode());

    assertThat(answers).containsOnlyOnce(201).containsOnly(200, 201);
    as("admin").get("/sellers/racer").then().header("ETag", "\"1\"");
  }

  /** Each leaked connection would be one of the few there are, for ever. */
  @Test
  void clients_that_go_away_in_the_middle_take_no_connection_with_them() throws IOException {
    as("sales-manager").body(GRACE).put("/sellers/missed").then().statusCode(201);
    var request =
        "GET /sellers/missed HTTP/1.1\r\nHost: baton\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(Infrastructure.shared().key("admin"))
            .getBytes(StandardCharsets.US_ASCII);
    for (var i = 0; i < ABORTED; i++) {
      try (var client = new Socket("127.0.0.1", RestAssured.port)) {
        client.setSoLinger(true, 0);
        client.getOutputStream().write(request);
      }
    }

    await()
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(CompletionException.class)
        .untilAsserted(
            () ->
                assertThat(atOnce(POOLED, () -> as("admin").get("/sellers/missed").statusCode()))
                    .containsOnly(200));
  }

  @Test
  void every_bad_field_of_a_seller_is_named() {
    as("sales-manager")
        .body(
            "{\"email\": \"nowhere\", \"weight\": 0, \"capacity\": -1, \"active\": \"maybe\","
                + " \"wieght\": 2}")
        .put("/sellers/nobody")
        .then()
        .statusCode(422)
        .body(
            "errors.pointer.sort()",
            is(List.of("/active", "/capacity", "/email", "/name", "/weight", "/wieght")));
    as("sales-manager").body(GRACE).put("/sellers/a@b.example").then().statusCode(422);
    as("sales-manager").body("{\"name\": null}").patch("/sellers/nobody").then().statusCode(404);
    as("admin").get("/sellers/nobody").then().statusCode(404);
  }

  @Test
  void only_sales_managers_and_admins_see_sellers() {
    asSeller("ada").get("/sellers").then().statusCode(403);
    as("marketing").get("/sellers").then().statusCode(403);
    as("sales-manager").get("/sellers").then().statusCode(200);
  }

  private static List<Integer> atOnce(int many, Supplier<Integer> request) {
    return IntStream.range(0, many)
        .mapToObj(i -> CompletableFuture.supplyAsync(request))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  private static List<String> told(String sellerId) {
    return Infrastructure.shared().read(Topic.SELLER).stream()
        .filter(record -> record.key().equals(sellerId))
        .map(ConsumerRecord::value)
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }
}
