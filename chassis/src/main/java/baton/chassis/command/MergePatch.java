package baton.chassis.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** JSON merge patches. */
public final class MergePatch {
  private MergePatch() {}

  /** RFC 7396, section 2: null removes, an object is merged, anything else replaces. */
  public static void merge(ObjectNode target, JsonNode patch) {
    for (var member : patch.properties()) {
      var value = member.getValue();
      if (value.isNull()) {
        target.remove(member.getKey());
      } else if (value.isObject()) {
        @Nullable JsonNode known = target.get(member.getKey());
        var inner = known instanceof ObjectNode object ? object : target.putObject(member.getKey());
        merge(inner, value);
      } else {
        target.set(member.getKey(), value);
      }
    }
  }
}
