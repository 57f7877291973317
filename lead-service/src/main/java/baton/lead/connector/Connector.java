package baton.lead.connector;

import baton.chassis.mapping.MappingBody;
import baton.chassis.webhook.Sender;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool that sends here, as its operator set it up; each setting up is a version.
 *
 * @param secrets one, or two while one is being changed
 * @param verifyToken what Meta is asked to name when it looks whether the address is ours
 * @param token with which whom it announced is fetched from its vendor; null where nobody gave one
 * @param mapping null where the one of its kind does
 * @param defaults values of our fields where a delivery has none, as {@code source}
 */
public record Connector(
    String connectorId,
    Kind kind,
    int version,
    List<String> secrets,
    @Nullable String verifyToken,
    @Nullable String token,
    @Nullable MappingBody mapping,
    Map<String, JsonNode> defaults,
    Instant setUpAt)
    implements Sender {
  /** With the secrets and the tokens of the one before, where it brings none. */
  public Connector keeping(Connector before) {
    return new Connector(
        connectorId,
        kind,
        version,
        secrets.isEmpty() ? before.secrets : secrets,
        verifyToken == null ? before.verifyToken : verifyToken,
        token == null ? before.token : token,
        mapping,
        defaults,
        setUpAt);
  }

  /** Without its secrets. */
  @Override
  public String toString() {
    return "connector " + connectorId;
  }
}
