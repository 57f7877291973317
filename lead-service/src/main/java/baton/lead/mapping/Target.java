package baton.lead.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A field of ours, such as {@code contact.email} or {@code externalIds.hubspot}. */
public record Target(String group, String name) {
  private static final Set<String> SHARED =
      Set.of(
          "contact.email",
          "contact.name",
          "contact.firstName",
          "contact.lastName",
          "contact.phone",
          "contact.jobTitle",
          "source",
          "medium",
          "campaign",
          "channel",
          "occurredAt");
  private static final Set<String> OF_A_LEAD =
      Set.of(
          "company.name",
          "company.domain",
          "company.employees",
          "company.industry",
          "company.country",
          "landingPage",
          "form",
          "country",
          "segment",
          "origin",
          "owner",
          "qualified",
          "qualifiedAt",
          "touch.kind",
          "touch.asset");
  private static final Set<String> OF_A_TOUCH = Set.of("kind", "asset", "externalId");
  private static final List<String> GROUPS_OF_A_LEAD =
      List.of("utm", "clickIds", "consent", "externalIds", "attributes");
  private static final List<String> GROUPS_OF_A_TOUCH = List.of("leadExternalId", "attributes");

  public static Target of(String path) {
    int dot = path.indexOf('.');
    return dot < 0
        ? new Target("", path)
        : new Target(path.substring(0, dot), path.substring(dot + 1));
  }

  /** Whether a command of that kind has such a field. */
  public boolean isOf(Mapped.Into into) {
    var path = group.isEmpty() ? name : group + "." + name;
    boolean touch = into == Mapped.Into.TOUCH;
    return SHARED.contains(path)
        || (touch ? OF_A_TOUCH : OF_A_LEAD).contains(path)
        || (!name.isBlank() && (touch ? GROUPS_OF_A_TOUCH : GROUPS_OF_A_LEAD).contains(group));
  }

  public static Set<String> all(Mapped.Into into) {
    var all = new TreeSet<>(SHARED);
    all.addAll(into == Mapped.Into.TOUCH ? OF_A_TOUCH : OF_A_LEAD);
    (into == Mapped.Into.TOUCH ? GROUPS_OF_A_TOUCH : GROUPS_OF_A_LEAD)
        .forEach(group -> all.add(group + ".…"));
    return all;
  }

  /** Whether a command says something of it already. */
  public boolean isIn(ObjectNode command) {
    return switch (group) {
      case "" -> command.has(name);
      case "externalIds", "consent", "leadExternalId" -> command.has(group);
      default -> command.path(group).has(name);
    };
  }

  /** Puts a value where the command has it. */
  public void put(ObjectNode command, JsonNode value) {
    switch (group) {
      case "" -> command.set(name, literal(value));
      case "externalIds" -> id(list(command).addObject(), value);
      case "leadExternalId" -> id(command.putObject(group), value);
      case "consent" -> {
        if (value.asBoolean()) {
          list(command).add(name);
        }
      }
      case "attributes" -> object(command).set(name, value);
      default -> object(command).set(name, literal(value));
    }
  }

  /** Tools send numbers as texts and ids as numbers; our texts are texts. */
  private JsonNode literal(JsonNode value) {
    return switch (name) {
      case "employees" -> value.isTextual() ? number(value) : value;
      case "qualified" -> value;
      default -> TextNode.valueOf(value.asText());
    };
  }

  private static JsonNode number(JsonNode value) {
    var text = value.asText().strip();
    return text.matches("\\d{1,9}") ? IntNode.valueOf(Integer.parseInt(text)) : value;
  }

  private void id(ObjectNode id, JsonNode value) {
    id.put("system", name).put("id", value.asText());
  }

  private ArrayNode list(ObjectNode command) {
    return command.withArray("/" + group);
  }

  private ObjectNode object(ObjectNode command) {
    return command.withObject("/" + group);
  }
}
