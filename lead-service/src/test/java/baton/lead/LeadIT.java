package baton.lead;

import static org.assertj.core.api.Assertions.assertThat;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class LeadIT {
  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));

  private String captured(String body) {
    return "/leads/" + marketing.post("/leads", body).json().path("leadId").asText();
  }

  @Test
  void a_patch_needs_the_tag_of_what_it_changes() {
    var lead = captured("{\"contact\": {\"email\": \"p1@patch.example\", \"name\": \"P\"}}");

    var without = marketing.patch(lead, "{\"country\": \"DE\"}");
    var patched = marketing.patch(lead, "{\"country\": \"DE\"}", "If-Match", "\"1\"");
    var stale = marketing.patch(lead, "{\"country\": \"FR\"}", "If-Match", "\"1\"");

    assertThat(without.status()).isEqualTo(428);
    assertThat(patched.status()).as(patched.body()).isEqualTo(200);
    assertThat(patched.header("ETag")).isEqualTo("\"2\"");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(marketing.get(lead).json().path("country").asText()).isEqualTo("DE");
  }

  @Test
  void a_patch_merges_and_null_removes() {
    var lead =
        captured(
            """
            {"contact": {"email": "p2@patch.example", "name": "P", "jobTitle": "CTO"},
             "company": {"name": "Acme", "employees": 7}, "attributes": {"a": 1, "b": {"c": 2}}}
            """);

    var patched =
        marketing.patch(
            lead,
            """
            {"contact": {"name": null}, "company": {"employees": 8},
             "attributes": {"a": null, "b": {"d": 3}},
             "externalIds": [{"system": "crm", "id": "p2"}]}
            """,
            "If-Match",
            "\"1\"");

    assertThat(patched.status()).as(patched.body()).isEqualTo(200);
    assertThat(patched.json().at("/contact").toString())
        .isEqualTo("{\"email\":\"p2@patch.example\",\"jobTitle\":\"CTO\"}");
    assertThat(patched.json().at("/company/employees").asInt()).isEqualTo(8);
    assertThat(patched.json().at("/company/name").asText()).isEqualTo("Acme");
    assertThat(patched.json().path("attributes").toString()).isEqualTo("{\"b\":{\"c\":2,\"d\":3}}");
  }

  @Test
  void an_external_id_added_later_recognises_the_lead() {
    var lead = captured("{\"contact\": {\"email\": \"p3@patch.example\"}}");
    marketing.patch(
        lead, "{\"externalIds\": [{\"system\": \"crm\", \"id\": \"p3\"}]}", "If-Match", "\"1\"");

    var again = captured("{\"externalIds\": [{\"system\": \"CRM\", \"id\": \"p3\"}]}");

    assertThat(again).isEqualTo(lead);
  }

  @Test
  void an_address_of_another_lead_is_a_conflict() {
    captured("{\"contact\": {\"email\": \"p4@patch.example\"}}");
    var lead = captured("{\"contact\": {\"email\": \"p5@patch.example\"}}");

    var refused =
        marketing.patch(
            lead, "{\"contact\": {\"email\": \"P4@patch.example\"}}", "If-Match", "\"1\"");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).doesNotContain("patch.example");
  }

  @Test
  void a_patch_that_is_not_right_names_every_bad_field() {
    var lead = captured("{\"contact\": {\"email\": \"p6@patch.example\"}}");

    var typos = marketing.patch(lead, "{\"sauce\": 1, \"stage\": \"mql\"}", "If-Match", "\"1\"");
    var wrong =
        marketing.patch(
            lead, "{\"country\": \"X\", \"company\": {\"employees\": -1}}", "If-Match", "\"1\"");

    assertThat(typos.status()).isEqualTo(422);
    assertThat(typos.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/sauce", "/stage");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/country", "/company/employees");
  }

  @Test
  void pages_stay_right_while_leads_come_in() {
    IntStream.range(0, 25)
        .forEach(
            i ->
                captured(
                    "{\"contact\": {\"email\": \"s"
                        + i
                        + "@pages.example\"}, \"source\": \"pages\"}"));

    var seen = new ArrayList<String>();
    var next = "";
    do {
      var page = marketing.get("/leads?source=pages&limit=10" + next).json();
      page.path("items").forEach(lead -> seen.add(lead.at("/contact/email").asText()));
      captured(
          "{\"contact\": {\"email\": \"late"
              + seen.size()
              + "@pages.example\"}, \"source\": \"pages\"}");
      next = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : null;
    } while (next != null);

    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void leads_are_found_by_what_is_known_of_them() {
    var lead =
        captured(
            """
            {"contact": {"email": "Zoe@find.example", "firstName": "Zoe", "lastName": "Quill", "phone": "+49 30 555019"},
             "externalIds": [{"system": "crm", "id": "find-1"}], "campaign": "find-it"}
            """);
    var id = lead.substring("/leads/".length());

    for (var query :
        List.of(
            "q=zoe@FIND.example",
            "q=%2B4930555019",
            "q=crm:find-1",
            "q=zoe%20qu",
            "q=QUILL",
            "campaign=find-it",
            "campaign=find-it&stage=captured",
            "campaign=find-it&updatedSince=2020-01-01T00:00:00Z")) {
      var found = marketing.get("/leads?" + query);
      assertThat(found.json().path("items").findValuesAsText("leadId"))
          .as(query + " " + found.body())
          .containsExactly(id);
    }
  }

  @Test
  void what_cannot_be_asked_is_refused() {
    assertThat(marketing.get("/leads?stage=moon").status()).isEqualTo(422);
    assertThat(marketing.get("/leads?limit=501").status()).isEqualTo(422);
    assertThat(marketing.get("/leads?cursor=forged").status()).isEqualTo(400);
    assertThat(marketing.get("/leads/not-an-id").status()).isEqualTo(404);
    assertThat(marketing.get("/leads/01930000-0000-7000-8000-000000000000").status())
        .isEqualTo(404);
  }
}
