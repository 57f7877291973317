package baton.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.local.stack.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source,contact.email\ngoogle,ada@example.com\n",
        "source;contact.email\r\ngoogle;ada@example.com\r\n",
        "source\tcontact.email\ngoogle\tada@example.com",
        "\uFEFF\"source\",\"contact.email\"\n\"google\",\"ada@example.com\"\n",
        "{\"source\": \"google\", \"contact\": {\"email\": \"ada@example.com\"}}\n",
        "\uFEFF{\"source\": \"google\", \"contact\": {\"email\": \"ada@example.com\"}}"
      })
  void the_form_of_a_file_is_told_by_its_beginning(String text) throws Exception {
    var lines = lines(text, null);

    assertThat(bodies(lines))
        .containsExactly("{\"source\":\"google\",\"contact\":{\"email\":\"ada@example.com\"}}");
  }

  @Test
  void a_row_of_another_width_is_refused_alone() throws Exception {
    var lines = lines("source,form\ngoogle\nbing,contact\na,b,c\n", null);

    assertThat(lines.stream().map(Line::made).filter(Made.Refused.class::isInstance))
        .containsExactly(
            new Made.Refused("the row has 1 cells where the header has 2"),
            new Made.Refused("the row has 3 cells where the header has 2"));
    assertThat(bodies(lines)).containsExactly("{\"source\":\"bing\",\"form\":\"contact\"}");
  }

  @Test
  void a_line_that_is_no_json_object_is_refused_alone() throws Exception {
    var lines = lines("{\"source\": \"a\"}\n{oops\n[1]\n\n{\"source\": \"b\"}\n", null);

    assertThat(lines.stream().map(Line::number)).containsExactly(1L, 2L, 3L, 5L);
    assertThat(lines.get(1).made()).isEqualTo(new Made.Refused("the line is not JSON"));
    assertThat(lines.get(2).made()).isEqualTo(new Made.Refused("the line is not a JSON object"));
  }

  @Test
  void ndjson_is_mapped_by_the_paths_of_its_own_fields() throws Exception {
    var mapping =
        MappingFile.read(
            Files.writeString(
                folder.resolve("mapping.yaml"),
                """
                cases:
                  - fields:
                      contact.email: [/person/mails/0]
                      source: [/origin]
                """));

    var lines =
        lines("{\"person\": {\"mails\": [\"ada@example.com\"]}, \"origin\": null}", mapping);

    assertThat(bodies(lines)).containsExactly("{\"contact\":{\"email\":\"ada@example.com\"}}");
  }

  @Test
  void a_mapping_that_is_not_right_names_what_is_wrong() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("wrong.yaml"), "cases: [{fields: {fax: [/Fax], source: [Origin]}}]");

    assertThatThrownBy(() -> MappingFile.read(file))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("/cases/0/fields/fax")
        .hasMessageContaining("/cases/0/fields/source/0");
  }

  @Test
  void a_mapping_for_something_else_is_refused() throws Exception {
    var mapping =
        MappingFile.read(
            Files.writeString(
                folder.resolve("outcomes.yaml"),
                "cases: [{into: outcome, fields: {result: [/result]}}]"));

    assertThatThrownBy(() -> lines("result\nwon\n", mapping))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("posts outcomes");
  }

  @Test
  void the_shipped_mappings_fit_olists_files() throws Exception {
    var olist = Checkout.here().root().resolveSibling("shared/data/olist");
    assumeTrue(Files.isDirectory(olist), olist + " isn't here");
    var mappings = Checkout.here().root().resolve("deploy/local/mappings");
    var leads = new ArrayList<Line>();
    var deals = new ArrayList<Line>();

    Export.of(
            olist.resolve("olist_marketing_qualified_leads_dataset.csv"),
            Posts.LEADS,
            MappingFile.read(mappings.resolve("olist-leads.yaml")),
            null)
        .forEach(leads::add);
    Export.of(
            olist.resolve("olist_closed_deals_dataset.csv"),
            Posts.OUTCOMES,
            MappingFile.read(mappings.resolve("olist-deals.yaml")),
            null)
        .forEach(deals::add);

    assertThat(bodies(leads)).hasSize(8000);
    assertThat(bodies(leads).stream().filter(body -> !body.contains("\"source\""))).hasSize(60);
    assertThat(bodies(deals)).hasSize(842);
  }

  private List<Line> lines(String text, @Nullable MappingFile mapping)
      throws IOException, Unusable {
    var file = Files.writeString(folder.resolve("export"), text, StandardCharsets.UTF_8);
    var lines = new ArrayList<Line>();
    Export.of(file, Posts.LEADS, mapping, null).forEach(lines::add);
    return lines;
  }

  private static List<String> bodies(List<Line> lines) {
    return lines.stream()
        .map(Line::made)
        .filter(Made.Command.class::isInstance)
        .map(mapped -> ((Made.Command) mapped).body().toString())
        .toList();
  }
}
