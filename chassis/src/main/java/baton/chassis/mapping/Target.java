package baton.chassis.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Optional;

/** A field of ours, such as {@code contact.email} or {@code externalIds.hubspot}. */
public record Target(String group, String name, Form.As as) {

  /** The field of that path, if a command of that form has one. */
  public static Optional<Target> of(String path, Form form) {
    int dot = path.indexOf('.');
    var group = dot < 0 ? "" : path.substring(0, dot);
    var name = path.substring(dot + 1);
    var as = form.fields().get(path);
    var any = name.isBlank() ? null : form.groups().get(group);
    return Optional.ofNullable(as == null ? any : as).map(how -> new Target(group, name, how));
  }

  String path() {
    return group.isEmpty() ? name : group + "." + name;
  }

  boolean isOfMoney() {
    return group.equals("amount");
  }

  /** Whether a command says something of it already. */
  boolean isIn(ObjectNode command) {
    return switch (as) {
      case ID, IDS, FLAG -> command.has(group);
      case TEXT, NUMBER, SENT -> (group.isEmpty() ? command : command.path(group)).has(name);
    };
  }

  /** Puts values, by the paths of their fields, where a command says nothing. */
  public static void fill(ObjectNode command, Form form, Map<String, JsonNode> values) {
    values.forEach(
        (path, value) ->
            of(path, form)
                .filter(target -> !target.isIn(command))
                .ifPresent(target -> target.put(command, value)));
  }

  /** Puts a value where the command has it. */
  public void put(ObjectNode command, JsonNode value) {
    switch (as) {
      case ID -> id(command.putObject(group), value);
      case IDS -> id(list(command).addObject(), value);
      case FLAG -> {
        if (value.asBoolean()) {
          list(command).add(name);
        } else if (value.isBoolean()) {
          list(command).addObject().put("purpose", name).put("given", false);
        }
      }
      case TEXT -> within(command).set(name, TextNode.valueOf(value.asText()));
      case NUMBER -> within(command).set(name, value.isTextual() ? number(value) : value);
      case SENT -> within(command).set(name, value);
    }
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

  private ObjectNode within(ObjectNode command) {
    return group.isEmpty() ? command : command.withObject("/" + group);
  }
}
