package baton.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The company's charter as it is written, to be proposed as it is and laid out in a table. */
record Pact(String text, String name, List<Clause> clauses) {

  /** One promise: who owes what by when. */
  record Clause(String id, String owedBy, String owes, String terms) {
    String promise() {
      return owes + " " + terms;
    }
  }

  static Pact read() {
    try (var file = Objects.requireNonNull(Pact.class.getResourceAsStream("charter.yaml"))) {
      var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      var charter = new YAMLMapper().readTree(text);
      var clauses = new ArrayList<Clause>();
      for (var side : List.of("sales", "marketing")) {
        charter.path(side).forEach(clause -> clauses.add(clause(side, clause)));
      }
      return new Pact(text, charter.path("name").asText(), List.copyOf(clauses));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Clause clause(String side, JsonNode clause) {
    return new Clause(
        clause.path("id").asText(),
        side,
        clause.path("owes").asText(),
        clause.has("ahead")
            ? clause.path("ahead").asText() + " ahead"
            : "within " + clause.path("within").asText());
  }
}
