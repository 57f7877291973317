package baton.lead.connector;

import baton.chassis.json.ContentType;
import baton.chassis.webhook.Payload;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what tools send as JSON. */
public final class Bodies {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern CALL = Pattern.compile("; call=([a-z]+)$");

  private Bodies() {}

  /**
   * None where it can't be read.
   *
   * @param kind of the tool that sends it
   * @param contentType its parameter {@code call} is the type of an event that doesn't say it
   */
  public static Optional<JsonNode> read(Kind kind, String contentType, byte[] body) {
    var isForm = kind.sendsForms() && ContentType.of(contentType).equals(FORM);
    var read = isForm ? Payload.form(body) : Payload.json(body);
    var call = CALL.matcher(contentType);
    if (call.find() && read.orElse(null) instanceof ObjectNode event && !event.has("type")) {
      event.put("type", call.group(1));
    }
    return read;
  }
}
