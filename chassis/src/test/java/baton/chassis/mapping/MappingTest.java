package baton.chassis.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.problem.Fault;
import baton.chassis.problem.Faults;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {
  private enum Some implements Form {
    LEAD,
    OUTCOME;

    @Override
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<String, As> fields() {
      return Map.of(
          "source", As.TEXT,
          "medium", As.TEXT,
          "country", As.TEXT,
          "form", As.TEXT,
          "qualified", As.SENT,
          "occurredAt", As.TEXT,
          "company.employees", As.NUMBER,
          "result", As.TEXT);
    }

    @Override
    public Map<String, As> groups() {
      return Map.of(
          "contact", As.TEXT,
          "utm", As.TEXT,
          "touch", As.TEXT,
          "amount", As.TEXT,
          "attributes", As.SENT,
          "consent", As.FLAG,
          "externalIds", As.IDS,
          "externalId", As.ID,
          "leadExternalId", As.ID);
    }
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void a_row_becomes_the_command_its_mapping_describes() throws IOException {
    var mapping =
        mapping(
            """
            {"nulls": ["Select"], "lookups": {"sources": {"GADS": "google"}},
             "cases": [{
              "fields": {
                "externalIds.crm": ["/Id"], "contact.email": ["/E-Mail"], "contact.name": ["/Name"],
                "company.employees": ["/Size"], "source": ["/Origin | lookup sources"],
                "medium": ["/Medium | lookup sources | lower"], "qualified": ["/MQL | yes"],
                "attributes.visits": ["/Visits | number"],
                "occurredAt": ["/Created | date dd.MM.yyyy HH:mm in Europe/Berlin"]},
              "constants": {"touch.kind": "import"}}]}
            """);

    var mapped =
        mapping.ofRow(
            row(
                """
                {"Id": "7", "E-Mail": "ada@example.com", "Name": "Select", "Size": "250",
                 "Origin": "GADS", "Medium": "CPC", "MQL": "Yes", "Visits": "2.5",
                 "Created": "30.03.2026 09:30", "Other": "x"}
                """));

    assertThat(mapped.unread()).isEmpty();
    assertThat(JSON.readTree(mapped.fields().toString()))
        .isEqualTo(
            row(
                """
                {"externalIds": [{"system": "crm", "id": "7"}],
                 "contact": {"email": "ada@example.com"}, "company": {"employees": 250},
                 "source": "google", "medium": "cpc", "qualified": true,
                 "attributes": {"visits": 2.5}, "occurredAt": "2026-03-30T07:30:00Z",
                 "touch": {"kind": "import"}}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yyyy-MM-dd in America/Sao_Paulo | 2018-02-01 | 2018-02-01T02:00:00Z",
        "yyyy-MM-dd | 2018-02-01 | 2018-02-01T00:00:00Z",
        "yyyy-MM-dd'T'HH:mm:ssXXX in America/Sao_Paulo | 2018-02-01T10:00:00+01:00 |"
            + " 2018-02-01T09:00:00Z",
        "M/d/yyyy h:mm a in America/New_York | 3/30/2026 9:30 pm | 2026-03-31T01:30:00Z",
        "d MMM yy[ HH:mm] | 30 mar 26 | 2026-03-30T00:00:00Z",
        "d MMM yy[ HH:mm] | 30 Mar 26 09:30 | 2026-03-30T09:30:00Z"
      })
  void a_date_is_read_in_the_form_that_is_said(String form, String text, String instant)
      throws IOException {
    var mapping =
        mapping("{\"cases\": [{\"fields\": {\"occurredAt\": [\"/at | date " + form + "\"]}}]}");

    var mapped = mapping.ofRow(row("{\"at\": \"" + text + "\"}"));

    assertThat(mapped.fields().path("occurredAt").asText()).isEqualTo(instant);
  }

  @Test
  void every_value_that_cannot_be_read_is_named_unless_another_source_has_one() throws IOException {
    var mapping =
        mapping(
            """
            {"cases": [{"fields": {
              "occurredAt": ["/day | date yyyy-MM-dd"], "qualified": ["/mql | yes"],
              "country": ["/land | country", "/country | country"],
              "utm.source": ["/page | parameter utm_source"]}}]}
            """);

    var mapped =
        mapping.ofRow(
            row(
                """
                {"day": "2018-02-30", "mql": "perhaps", "land": "Narnia", "country": "Brazil",
                 "page": "https://acme.example/"}
                """));

    assertThat(mapped.fields()).isEqualTo(row("{\"country\": \"BR\"}"));
    assertThat(mapped.unread())
        .containsExactly(
            new Fault("/occurredAt", "what stands in /day can't be read as date yyyy-MM-dd"),
            new Fault("/qualified", "what stands in /mql can't be read as yes"));
  }

  @Test
  void a_column_that_a_table_lacks_is_named_before_its_first_row() throws IOException {
    var mapping =
        mapping(
            """
            {"pairs": {"at": ""},
             "cases": [{"when": {"/Kind": []}, "fields": {
               "source": ["/Origin", "/Source"], "form": ["/Form"], "contact.email": ["/@/e-mail"]}}]}
            """);

    assertThat(mapping.lacking(Set.of("Form", "E-Mail")))
        .containsExactly(
            new Fault("/cases/0/when", "the file has no column Kind"),
            new Fault("/cases/0/fields/source", "the file has no column Origin or Source"));
  }

  @Test
  void an_amount_that_is_missing_takes_its_currency_along() throws IOException {
    var mapping =
        mapping(
            """
            {"cases": [{"into": "outcome",
              "fields": {"leadExternalId.crm": ["/Id"], "externalId.deal": ["/Deal"],
                         "amount.amount": ["/Value"]},
              "constants": {"result": "won", "amount.currency": "BRL"}}]}
            """);

    var valued = mapping.ofRow(row("{\"Id\": \"7\", \"Deal\": \"d\", \"Value\": \"1.50\"}"));
    var unvalued = mapping.ofRow(row("{\"Id\": \"7\"}"));

    assertThat(valued.fields())
        .isEqualTo(
            row(
                """
                {"leadExternalId": {"system": "crm", "id": "7"},
                 "externalId": {"system": "deal", "id": "d"},
                 "amount": {"amount": "1.50", "currency": "BRL"}, "result": "won"}
                """));
    assertThat(unvalued.fields())
        .isEqualTo(
            row(
                """
                {"leadExternalId": {"system": "crm", "id": "7"}, "result": "won"}
                """));
  }

  @Test
  void columns_that_bear_our_names_map_themselves() throws IOException {
    var faults = new Faults();
    var mapping =
        MappingReader.read(
            MappingBody.byName(List.of("contact.email", "consent.news/letter", "qualified")),
            Some.values(),
            "",
            faults);

    var mapped =
        mapping.ofRow(
            row(
                """
                {"contact.email": "a@b.example", "consent.news/letter": "y", "qualified": "0"}
                """));

    assertThat(faults.list()).isEmpty();
    assertThat(mapped.fields())
        .isEqualTo(
            row(
                """
                {"contact": {"email": "a@b.example"}, "consent": ["news/letter"],
                 "qualified": false}
                """));
  }

  private static Mapping<Some> mapping(String json) throws IOException {
    var faults = new Faults();
    var mapping =
        MappingReader.read(JSON.readValue(json, MappingBody.class), Some.values(), "", faults);
    assertThat(faults.list()).isEmpty();
    return mapping;
  }

  private static ObjectNode row(String json) throws IOException {
    return (ObjectNode) JSON.readTree(json);
  }
}
