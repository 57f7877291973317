package baton.handoff;

import static baton.handoff.Office.as;
import static io.restassured.RestAssured.given;

import baton.infrastructure.Infrastructure;
import io.restassured.response.Response;

/** Both sides at the table: they write charters, propose and sign them. */
final class Notary {
  /** So far ahead that it governs nothing that another test looks at. */
  static final String LATER = "effectiveFrom: 2190-01-01T00:00:00Z\n";

  private static final String TERMS =
      """
      calendars:
        default:
          zone: UTC
          week: { mon: ["00:00-24:00"], tue: ["00:00-24:00"], wed: ["00:00-24:00"], thu: ["00:00-24:00"], fri: ["00:00-24:00"], sat: ["00:00-24:00"], sun: ["00:00-24:00"] }
      vocabulary:
        rejectionReasons: [wrong-persona, company-too-small, wrong-geography, existing-customer, competitor, bad-contact-data, duplicate, already-in-pipeline, spam]
        returnReasons: [timing, no-budget, no-decision, unresponsive]
        lossReasons: [price, competitor, no-decision, missing-feature]
        objections: [price, security, integration-effort, timing, incumbent]
        painPoints: [lost-leads, slow-follow-up, no-roi-view]
      personas:
        - { id: everyone, name: Everyone, when: 'true', ready: { score: 60 } }
      """;

  private Notary() {}

  /** A charter with the words of version 0 and no promises: it says nothing new but its name. */
  static String charter(String name, String more) {
    return "name: " + name + "   # as agreed\n" + more + TERMS;
  }

  static Response propose(String role, String yaml) {
    return given()
        .header("Authorization", "Bearer " + Infrastructure.shared().key(role))
        .header("Content-Type", "application/yaml")
        .body(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/charters");
  }

  static int proposed(String yaml) {
    return propose("marketing", yaml).then().statusCode(201).extract().path("version");
  }

  static String hashOf(int version) {
    return as("report").get("/charters/" + version).path("contentHash");
  }

  static Response sign(String role, int version, String side, String hash) {
    return as(role)
        .body("{\"side\": \"%s\", \"contentHash\": \"%s\"}".formatted(side, hash))
        .post("/charters/" + version + "/signatures");
  }

  static void signedByBoth(int version) {
    sign("marketing", version, "marketing", hashOf(version)).then().statusCode(201);
    sign("sales-manager", version, "sales", hashOf(version)).then().statusCode(201);
  }
}
