package baton.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path folder;

  @Test
  void a_row_becomes_the_command_its_mapping_describes() throws Exception {
    var mapping =
        mapping(
            """
            posts: leads
            nulls: ["", Select]
            fields:
              externalIds.0.system: {constant: crm}
              externalIds.0.id: Id
              contact.email: E-mail
              company.employees: {column: Size, type: integer}
              source: {column: Origin, values: {GADS: google}}
              qualified: {column: MQL, type: boolean}
              occurredAt: {column: Created, date: "dd.MM.yyyy HH:mm", zone: Europe/Berlin}
            """);

    var mapped =
        mapping.map(
            Map.of(
                "Id", "7",
                "E-mail", " ada@example.com ",
                "Size", "250",
                "Origin", "GADS",
                "MQL", "Yes",
                "Created", "30.03.2026 09:30"));

    assertThat(mapped)
        .isEqualTo(
            command(
                """
                {"externalIds": [{"system": "crm", "id": "7"}],
                 "contact": {"email": "ada@example.com"},
                 "company": {"employees": 250},
                 "source": "google",
                 "qualified": true,
                 "occurredAt": "2026-03-30T07:30:00Z"}"""));
  }

  @Test
  void an_empty_cell_is_no_value_and_takes_the_constants_beside_it_along() throws Exception {
    var mapping =
        mapping(
            """
            posts: outcomes
            nulls: ["", Select]
            fields:
              result: {constant: won}
              reason: Why
              amount.amount: Value
              amount.currency: {constant: BRL}
            """);

    var mapped = mapping.map(Map.of("Why", "Select", "Value", ""));

    assertThat(mapped).isEqualTo(command("{\"result\": \"won\"}"));
  }

  @Test
  void a_date_without_a_time_is_midnight_of_its_zone() throws Exception {
    var mapping =
        mapping(
            """
            posts: leads
            fields:
              occurredAt: {column: day, date: yyyy-MM-dd, zone: America/Sao_Paulo}
            """);

    var mapped = mapping.map(Map.of("day", "2018-02-01"));

    assertThat(mapped).isEqualTo(command("{\"occurredAt\": \"2018-02-01T02:00:00Z\"}"));
  }

  @Test
  void an_offset_in_the_text_goes_before_the_zone() throws Exception {
    var mapping =
        mapping(
            """
            posts: leads
            fields:
              occurredAt: {column: at, date: "yyyy-MM-dd'T'HH:mm:ssXXX", zone: America/Sao_Paulo}
            """);

    var mapped = mapping.map(Map.of("at", "2018-02-01T10:00:00+01:00"));

    assertThat(mapped).isEqualTo(command("{\"occurredAt\": \"2018-02-01T09:00:00Z\"}"));
  }

  @Test
  void every_cell_that_cannot_be_read_is_named() throws Exception {
    var mapping =
        mapping(
            """
            posts: leads
            fields:
              occurredAt: {column: day, date: yyyy-MM-dd}
              company.employees: {column: size, type: integer}
              qualified: {column: mql, type: boolean}
            """);

    var mapped = mapping.map(Map.of("day", "2018-02-30x", "size", "many", "mql", "perhaps"));

    assertThat(mapped)
        .isEqualTo(
            new Mapped.Refused(
                "occurredAt: '2018-02-30x' is not a date like yyyy-MM-dd; "
                    + "company.employees: 'many' is not a whole number; "
                    + "qualified: 'perhaps' is neither yes nor no"));
  }

  @Test
  void a_day_that_is_not_in_the_calendar_is_refused() throws Exception {
    var mapping =
        mapping(
            """
            posts: leads
            fields:
              occurredAt: {column: day, date: yyyy-MM-dd}
            """);

    var mapped = mapping.map(Map.of("day", "2018-02-30"));

    assertThat(mapped)
        .isEqualTo(new Mapped.Refused("occurredAt: '2018-02-30' is not a date like yyyy-MM-dd"));
  }

  @Test
  void a_column_that_the_file_lacks_is_named_before_the_first_row() throws Exception {
    var mapping =
        mapping(
            """
            posts: leads
            fields:
              source: Origin
              form: Form
            """);

    assertThatThrownBy(() -> mapping.check(List.of("Form", "Email")))
        .isInstanceOf(Mapping.Unusable.class)
        .hasMessageContaining("doesn't have: Origin (it has Form, Email)");
  }

  @Test
  void a_field_with_neither_column_nor_constant_is_refused() {
    assertThatThrownBy(
            () ->
                mapping(
                    """
                    posts: leads
                    fields:
                      source: {date: yyyy}
                    """))
        .isInstanceOf(Mapping.Unusable.class)
        .hasMessageContaining("either a column or a constant");
  }

  @Test
  void an_unknown_word_in_a_mapping_is_refused() {
    assertThatThrownBy(
            () ->
                mapping(
                    """
                    posts: leads
                    fields:
                      source: {column: Origin, tpye: text}
                    """))
        .isInstanceOf(Mapping.Unusable.class)
        .hasMessageContaining("tpye");
  }

  private Mapping mapping(String text) throws IOException, Mapping.Unusable {
    return Mapping.read(Files.writeString(folder.resolve("mapping.yaml"), text));
  }

  private static Mapped command(String json) throws IOException {
    var body = (ObjectNode) JSON.readTree(json);
    var size = body.path("company").path("employees");
    if (size.isInt()) {
      body.withObjectProperty("company").put("employees", size.asLong());
    }
    return new Mapped.Command(body);
  }
}
