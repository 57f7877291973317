package baton.handoff;

import static baton.handoff.Office.as;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.qualified;
import static baton.handoff.Office.sendEverybodyHome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.RoleMatrix;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class RoleMatrixIT {
  static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void each_role_may_what_the_table_says() {
    sendEverybodyHome();
    hire("ada", "\"team\": \"dach\"");
    hire("grace", "\"team\": \"dach\"");
    var objects =
        Map.of(
            "own", Map.of("id", handoffOf("ada")),
            "another's", Map.of("id", handoffOf("grace")),
            "ada", Map.of("id", "ada"));
    var here = URI.create("http://127.0.0.1:" + RestAssured.port);
    try (var matrix = new RoleMatrix(here, RoleMatrixIT.class)) {
      var answered = matrix.actual(objects);

      assertThat(answered).isEqualTo(matrix.expected());
    }
  }

  private static String handoffOf(String seller) {
    var lead = id();
    publish(List.of(qualified(lead)));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> as("admin").get("/handoffs?lead=" + lead).then().body("items", hasSize(1)));
    String handoff = as("admin").get("/handoffs?lead=" + lead).path("items[0].handoffId");
    String holder = as("admin").get("/handoffs/" + handoff).path("sellerId");
    if (!seller.equals(holder)) {
      as("sales-manager")
          .body("{\"seller\": \"" + seller + "\"}")
          .post("/handoffs/" + handoff + "/reassign")
          .then()
          .statusCode(200);
    }
    return handoff;
  }
}
