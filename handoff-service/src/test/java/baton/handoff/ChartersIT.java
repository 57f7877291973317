package baton.handoff;

import static baton.handoff.Notary.LATER;
import static baton.handoff.Notary.charter;
import static baton.handoff.Notary.propose;
import static baton.handoff.Notary.proposed;
import static baton.handoff.Office.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import baton.charter.Agreement;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class ChartersIT {

  static List<String> templates() {
    return Agreement.templates();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void a_template_is_proposed_as_it_is(String name) {
    as("sales").get("/charters/templates").then().statusCode(200).body("items", hasItem(name));
    var yaml = read("sales", "/charters/templates/" + name, "*/*");
    yaml.then().statusCode(200).header("Content-Type", startsWith("application/yaml"));

    var answer = propose("admin", yaml.asString());

    answer
        .then()
        .statusCode(201)
        .body("state", equalTo("proposed"))
        .body("signatures", is(List.of()))
        .body("contentHash", notNullValue())
        .body("proposedBy", equalTo("testadmin"))
        .body("proposedRole", equalTo("admin"))
        .header("Location", "/charters/" + answer.path("version"));
    propose("marketing", yaml.asString()).then().statusCode(200).body(equalTo(answer.asString()));
  }

  @Test
  void a_charter_reads_in_every_form() {
    var written = charter("every form", LATER);
    int version = proposed(written);
    var path = "/charters/" + version;

    read("report", path, "*/*")
        .then()
        .statusCode(200)
        .header("Content-Type", startsWith("application/json"))
        .header("ETag", "\"1\"")
        .body("version", equalTo(version))
        .body("document.name", equalTo("every form"))
        .body("document.calendars.default.zone", equalTo("UTC"));
    for (var yaml : List.of("application/yaml", "application/x-yaml", "text/yaml")) {
      assertThat(read("report", path, yaml).asString()).isEqualTo(written);
    }
    read("report", path, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
        .then()
        .statusCode(200)
        .header("Content-Type", startsWith("text/html"))
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .body(containsString("<h1>every form</h1>"));
    read("report", path, "text/markdown")
        .then()
        .statusCode(200)
        .header("Content-Type", startsWith("text/markdown"))
        .body(startsWith("# every form"));
    read("report", path, "image/png").then().statusCode(406);
  }

  @Test
  void the_same_charter_in_json_is_the_same_charter() {
    int version = proposed(charter("in both", LATER));
    var document = as("sales").get("/charters/" + version).path("document");

    var again = as("sales-manager").body(document).post("/charters");

    again.then().statusCode(200).body("version", equalTo(version));
  }

  @Test
  void version_0_is_what_holds_before_any_is_signed() {
    as("sales")
        .get("/charters/0")
        .then()
        .statusCode(200)
        .body("state", equalTo("default"))
        .body("document.name", equalTo("Baton's defaults"));
    as("sales").get("/charters/current").then().statusCode(200).body("document", notNullValue());
    for (var nothing : List.of("/charters/2000000000", "/charters/-1", "/charters/newest")) {
      as("sales").get(nothing).then().statusCode(404);
    }
    as("sales").get("/charters/templates/none").then().statusCode(404);
    as("capture").get("/charters").then().statusCode(403);
    as("capture").get("/charters/templates").then().statusCode(403);
  }

  @Test
  void a_difference_is_said_in_what_it_means() {
    int before = proposed(charter("differs", LATER));
    int after =
        proposed(
            charter("differs", LATER)
                .replace("score: 60", "score: 75")
                .replace("unresponsive]", "unresponsive, moved-on]"));

    var diff = as("report").get("/charters/" + before + "/diff/" + after);

    diff.then()
        .statusCode(200)
        .body("from.version", equalTo(before))
        .body("to.version", equalTo(after))
        .body(
            "changes.pointer.sort()",
            is(List.of("/personas/0/ready/score", "/vocabulary/returnReasons")))
        .body("changes.sentence", hasItem(containsString("rose from 60 to 75")));
    as("report")
        .get("/charters/" + before + "/diff/" + before)
        .then()
        .body("changes", is(List.of()));
    as("report")
        .get("/charters/0/diff/" + after)
        .then()
        .statusCode(200)
        .body("changes.pointer", hasItem("/name"));
    as("report").get("/charters/" + before + "/diff/2000000000").then().statusCode(404);
  }

  @Test
  void all_that_was_proposed_is_listed_newest_first() {
    var versions = new ArrayList<Integer>();
    for (int n = 0; n < 3; n++) {
      versions.addFirst(proposed(charter("listed " + n, LATER)));
    }

    var first = as("report").get("/charters?limit=2");
    var rest = as("report").get("/charters?limit=500&cursor=" + first.path("next"));

    assertThat(first.<List<Integer>>path("items.version")).isEqualTo(versions.subList(0, 2));
    assertThat(rest.<List<Integer>>path("items.version"))
        .startsWith(versions.getLast())
        .contains(1);
    assertThat(rest.<String>path("next")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"capture, 403", "sales, 403", "report, 403"})
  void only_who_may_propose_does(String role, int status) {
    var before = as("report").get("/charters").asString();

    propose(role, charter("not yours", LATER)).then().statusCode(status);

    assertThat(as("report").get("/charters").asString()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          zone: UTC                | zone: Mars/Base         | /calendars/default/zone
          mon: ["00:00-24:00"]     | mon: ["18:00-09:00"]    | /calendars/default/week/mon/0
          when: 'true'             | when: 'lead.jobTitel'   | /personas/0/when
          ready: { score: 60 }     | reday: { score: 60 }    | /personas/0/reday
          score: 60                | score: '60'             | /personas/0/ready/score
          returnReasons:           | returnReason:           | /vocabulary/returnReason
          2190-01-01T00:00:00Z     | next year               | /effectiveFrom
          name:                    | title:                  | /name
          """)
  void a_broken_charter_is_refused_with_the_place(String good, String bad, String pointer) {
    var yaml = charter("broken", LATER);
    assertThat(yaml).contains(good);
    var before = as("report").get("/charters").asString();

    var answer = propose("marketing", yaml.replace(good, bad));

    answer.then().statusCode(422).body("errors.pointer", hasItem(pointer));
    assertThat(as("report").get("/charters").asString()).isEqualTo(before);
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    var yaml =
        charter("very broken", LATER)
            .replace("zone: UTC", "zone: Moon")
            .replace("score: 60", "score: high");

    propose("marketing", yaml)
        .then()
        .statusCode(422)
        .body(
            "errors.pointer.sort()",
            is(List.of("/calendars/default/zone", "/personas/0/ready/score")));
    propose("marketing", "a: [b").then().statusCode(422).body("errors[0].pointer", equalTo(""));
    as("marketing").body("{").post("/charters").then().statusCode(422);
    propose("marketing", "# " + "x".repeat(65 * 1024)).then().statusCode(413);
    as("marketing").contentType("text/plain").body("x").post("/charters").then().statusCode(415);
  }

  @Test
  void a_proposal_under_a_key_is_answered_again() {
    var yaml = charter("under a key", LATER);
    var first = keyed(yaml);
    first.then().statusCode(201);

    keyed(yaml).then().statusCode(201).body(equalTo(first.asString()));
    keyed(charter("another under it", LATER)).then().statusCode(422);
  }

  private static Response keyed(String yaml) {
    return given()
        .header("Authorization", "Bearer " + Infrastructure.shared().key("marketing"))
        .header("Content-Type", "application/yaml")
        .header("Idempotency-Key", "charter-under-a-key")
        .body(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/charters");
  }

  private static Response read(String role, String path, String accept) {
    return given()
        .header("Authorization", "Bearer " + Infrastructure.shared().key(role))
        .header("Accept", accept)
        .get(path);
  }
}
