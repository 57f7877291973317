package baton.chassis.mapping;

import baton.chassis.problem.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * One element of a delivery, or why it can't be read: the others are read all the same.
 *
 * @param around what stands around the elements, without them; missing where nothing does
 */
public record Piece(JsonNode node, JsonNode around, @Nullable Fault fault) {
  public static Piece of(JsonNode node) {
    return new Piece(node, MissingNode.getInstance(), null);
  }

  public static Piece unread(String why) {
    return new Piece(MissingNode.getInstance(), MissingNode.getInstance(), new Fault("", why));
  }

  public Piece within(JsonNode whole) {
    return new Piece(node, whole, fault);
  }
}
