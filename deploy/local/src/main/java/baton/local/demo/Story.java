package baton.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is posted about one lead.
 *
 * @param repeats the same person filling in another form: recognised, not counted again
 * @param chase null when the lead never became an MQL
 * @param comeback the touch by which a returned lead raises its hand again, with what follows
 */
record Story(
    String id,
    ObjectNode capture,
    List<ObjectNode> repeats,
    List<ObjectNode> touches,
    @Nullable Chase chase,
    @Nullable Comeback comeback) {

  record Comeback(ObjectNode touch, Chase chase) {}
}
