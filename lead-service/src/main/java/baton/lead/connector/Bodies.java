package baton.lead.connector;

import baton.chassis.json.ContentType;
import baton.chassis.mapping.Piece;
import baton.chassis.webhook.Payload;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what tools send as JSON. */
public final class Bodies {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern CALL = Pattern.compile("; call=([a-z]+)$");

  private Bodies() {}

  /**
   * The elements; none where it can't be read.
   *
   * @param kind of the tool that sends it
   * @param contentType its parameter {@code call} is the type of an event that doesn't say it
   * @param each where the elements stand, list within list
   */
  public static Optional<List<Piece>> read(
      Kind kind, String contentType, byte[] body, List<JsonPointer> each) {
    var isForm = kind.sendsForms() && ContentType.of(contentType).equals(FORM);
    var read = isForm ? Payload.form(body, each) : Payload.json(body, each);
    var call = CALL.matcher(contentType);
    if (call.find()) {
      for (var piece : read.orElse(List.of())) {
        if (piece.node() instanceof ObjectNode event && !event.has("type")) {
          event.put("type", call.group(1));
        }
      }
    }
    return read;
  }
}
