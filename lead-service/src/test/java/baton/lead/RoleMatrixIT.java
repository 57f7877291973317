package baton.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.RoleMatrix;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class RoleMatrixIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "a-secret-of-ours";

  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));
  private final DataSource database;

  RoleMatrixIT(DataSource database) {
    this.database = database;
  }

  @AfterEach
  void nothing_is_parked() {
    RoleMatrix.unpark(database);
  }

  @Test
  void each_role_may_what_the_table_says() {
    var objects = new HashMap<String, Map<String, String>>();
    leads(objects);
    tools(objects);
    objects.put("a campaign", Map.of("campaignId", "matrix"));
    post("/campaigns", "{\"campaignId\": \"matrix\"}");
    post("/campaigns", "{\"campaignId\": \"matrix-read\"}");
    objects.put(
        "a campaign as it was read",
        Map.of("campaignId", "matrix-read", "If-Match", etag("/campaigns/matrix-read")));
    objects.put("an import", Map.of("id", imported("stays")));
    objects.put("an import to undo", Map.of("id", imported("undone")));
    objects.put("a mapping", Map.of("name", "matrix"));
    objects.put("a parked record", Map.of("id", RoleMatrix.park(database)));
    try (var matrix = new RoleMatrix(Callers.address("/"), RoleMatrixIT.class)) {
      var answered = matrix.actual(objects);

      assertThat(answered).isEqualTo(matrix.expected());
    }
  }

  @Test
  void strangers_are_asked_who_they_are_before_anything_else() {
    try (var matrix = new RoleMatrix(Callers.address("/"), RoleMatrixIT.class)) {
      assertThat(matrix.open()).isEmpty();
    }
  }

  private void leads(Map<String, Map<String, String>> objects) {
    var read = lead("read");
    objects.put("a lead", Map.of("leadId", lead("is")));
    objects.put(
        "a lead as it was read", Map.of("leadId", read, "If-Match", etag("/leads/" + read)));
    objects.put("a lead that isn't there", Map.of("other", lead("kept")));
    objects.put("a lead to erase", Map.of("leadId", lead("erased")));
    objects.put("two leads", Map.of("leadId", lead("one"), "other", lead("two")));
    var survivor = lead("survivor");
    var merge =
        post("/leads/" + survivor + "/merge", "{\"absorb\": \"%s\"}".formatted(lead("absorbed")));
    objects.put(
        "two leads that are one",
        Map.of("leadId", survivor, "mergeId", merge.path("mergeId").asText()));
  }

  private void tools(Map<String, Map<String, String>> objects) {
    var settings = "{\"kind\": \"%s\", \"secrets\": [\"" + SECRET + "\"], \"verifyToken\": \"%s\"}";
    put("/connectors/matrix", settings.formatted("segment", SECRET));
    put("/connectors/matrix-forms", settings.formatted("unbounce", SECRET));
    put("/connectors/matrix-meta", settings.formatted("meta-leadgen", SECRET));
    marketing.post(
        "/webhooks/unbounce/matrix-forms?secret=" + SECRET, "{\"email\": \"f@matrix.example\"}");
    var number =
        await()
            .atMost(SOON)
            .until(
                () -> marketing.get("/connectors/matrix-forms/deliveries").json().at("/items/0"),
                found -> found.path("state").asText().equals("done"))
            .path("number")
            .asText();
    var tool = Map.of("kind", "segment", "id", "matrix", "call", "batch", "secret", SECRET);
    objects.put("a tool", Map.of("kind", "unbounce", "id", "matrix-forms", "secret", SECRET));
    objects.put("a tool of events", tool);
    objects.put("a tool without its secret", tool);
    objects.put(
        "a tool that is challenged",
        Map.of("kind", "meta-leadgen", "id", "matrix-meta", "secret", SECRET));
    objects.put("a connector", Map.of("id", "matrix-forms", "number", number, "secret", SECRET));
    objects.put("a new connector", Map.of("id", "matrix-new"));
  }

  private String imported(String who) {
    var sent =
        marketing
            .send(
                "POST", "/imports", "text/csv", "contact.email\n%s@matrix.example\n".formatted(who))
            .join();
    var id = sent.json().path("importId").asText();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(marketing.get("/imports/" + id).json().path("state").asText())
                    .isEqualTo("done"));
    return id;
  }

  private String lead(String name) {
    return post("/leads", "{\"contact\": {\"email\": \"%s@matrix.example\"}}".formatted(name))
        .path("leadId")
        .asText();
  }

  private String etag(String path) {
    return marketing.get(path).header("ETag");
  }

  private JsonNode post(String path, String body) {
    var answered = marketing.post(path, body);
    assertThat(answered.status()).as(answered.body()).isBetween(200, 299);
    return answered.json();
  }

  private void put(String path, String body) {
    var answered = marketing.send("PUT", path, "application/json", body).join();
    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
  }
}
