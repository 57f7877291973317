package baton.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.feedback.Api.Reply;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.RoleMatrix;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class RoleMatrixIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final String SECRET = "a-secret-of-ours";

  @TestHTTPResource URI root;
  @Inject DataSource database;

  @AfterEach
  void nothing_is_parked() {
    RoleMatrix.unpark(database);
  }

  @Test
  void each_role_may_what_the_table_says() {
    var objects = new HashMap<String, Map<String, String>>();
    objects.put("own lead", leadOf("ada"));
    objects.put("another's lead", leadOf("grace"));
    objects.put("own outcome", outcomeOf("ada", objects.get("own lead")));
    objects.put("another's outcome", outcomeOf("grace", objects.get("another's lead")));
    objects.put("own request", Map.of("id", requestOf("ada")));
    objects.put("another's request", Map.of("id", requestOf("grace")));
    objects.put(
        "another's request as it was read", Map.of("id", requestOf("grace"), "If-Match", "\"1\""));
    objects.put("own delivered request", delivered(requestOf("ada")));
    objects.put("another's delivered request", delivered(requestOf("grace")));
    tools(objects);
    objects.put("a parked record", Map.of("id", RoleMatrix.park(database)));
    try (var matrix = new RoleMatrix(root, RoleMatrixIT.class)) {
      var answered = matrix.actual(objects);

      assertThat(answered).isEqualTo(matrix.expected());
    }
  }

  @Test
  void strangers_are_asked_who_they_are_before_anything_else() {
    try (var matrix = new RoleMatrix(root, RoleMatrixIT.class)) {
      assertThat(matrix.open()).isEmpty();
    }
  }

  private Map<String, String> leadOf(String seller) {
    var lead = UuidCreator.getTimeOrderedEpoch();
    var pass = UuidCreator.getTimeOrderedEpoch();
    var handoff = UuidCreator.getTimeOrderedEpoch();
    try (var topics = new Topics(Infrastructure.shared())) {
      topics.say(Topics.captured(lead, NINE));
      topics.say(Topics.qualified(lead, NINE, pass));
      topics.say(Topics.offered(lead, NINE, handoff, pass, seller));
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        seller(seller.equals("ada") ? "grace" : "ada")
                            .get("/comments?leadId=" + lead)
                            .status())
                    .isEqualTo(404));
    return Map.of("leadId", lead.toString(), "handoffId", handoff.toString());
  }

  private Map<String, String> outcomeOf(String seller, Map<String, String> lead) {
    var told =
        seller(seller)
            .post(
                "/outcomes",
                "{\"leadId\": \"%s\", \"result\": \"lost\"}".formatted(lead.get("leadId")));
    return Map.of("id", told.text("/outcomeId"));
  }

  private String requestOf(String seller) {
    return seller(seller)
        .post("/content-requests", "{\"objection\": \"price\"}")
        .text("/requestId");
  }

  private Map<String, String> delivered(String request) {
    var reply =
        as("marketing")
            .patch(
                "/content-requests/" + request, "{\"state\": \"delivered\"}", "If-Match", "\"1\"");
    assertThat(reply.status()).isEqualTo(200);
    return Map.of("id", request, "If-Match", etag(reply));
  }

  private void tools(Map<String, Map<String, String>> objects) {
    var manager = as("sales-manager");
    manager.put(
        "/connectors/matrix", "{\"kind\": \"generic\", \"secrets\": [\"%s\"]}".formatted(SECRET));
    manager.post(
        "/webhooks/generic/matrix?secret=" + SECRET,
        "{\"id\": \"deal-matrix\", \"stage\": \"Gewonnen\", \"contact\": \"nobody\"}");
    var number = manager.get("/connectors/matrix/deliveries").body().at("/items/0/number").asText();
    var tool = Map.of("kind", "generic", "id", "matrix", "number", number, "secret", SECRET);
    objects.put("a tool", tool);
    objects.put("a tool without its secret", tool);
    objects.put("a connector", tool);
    objects.put("a new connector", Map.of("id", "matrix-new", "secret", SECRET));
  }

  private static String etag(Reply reply) {
    return reply.raw().headers().firstValue("ETag").orElseThrow();
  }

  private Api seller(String seller) {
    return new Api(root, Infrastructure.shared().sellerKey(seller));
  }

  private Api as(String role) {
    return new Api(root, Infrastructure.shared().key(role));
  }
}
