package baton.local.load;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a mapping makes of a row. */
public sealed interface Mapped {
  record Command(ObjectNode body) implements Mapped {}

  record Refused(String reason) implements Mapped {}
}
