package baton.local.load;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a mapping makes of a row. */
public sealed interface Made {
  record Command(ObjectNode body) implements Made {}

  record Refused(String reason) implements Made {}
}
