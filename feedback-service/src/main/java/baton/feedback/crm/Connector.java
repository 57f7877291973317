package baton.feedback.crm;

import baton.chassis.webhook.Sender;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CRM that sends here, as its operator set it up; each setting up is a version.
 *
 * @param secrets one, or two while one is being changed
 * @param organizationId of the Salesforce organization that may send
 * @param own as its operator wrote them
 */
public record Connector(
    String connectorId,
    Kind kind,
    int version,
    List<String> secrets,
    @Nullable String organizationId,
    Settings own,
    Instant setUpAt)
    implements Sender {

  /** How its words are read. */
  public Settings settings() {
    return own.over(Settings.of(kind));
  }

  /** With the secrets of the one before, where it brings none. */
  public Connector keeping(Connector before) {
    return new Connector(
        connectorId,
        kind,
        version,
        secrets.isEmpty() ? before.secrets : secrets,
        organizationId == null ? before.organizationId : organizationId,
        own,
        setUpAt);
  }

  /** Salesforce signs nothing: a delivery has to name the organization that may send. */
  @Override
  public boolean sends(byte[] body) {
    return kind != Kind.SALESFORCE
        || OutboundMessage.read(body)
            .map(message -> message.path("OrganizationId").asText())
            .filter(this::isOf)
            .isPresent();
  }

  /** Ids of 15 and of 18 characters name the same; the last three only check the first. */
  boolean isOf(String organization) {
    return organizationId != null && shortened(organizationId).equals(shortened(organization));
  }

  private static String shortened(String id) {
    return id.length() == 18 ? id.substring(0, 15) : id;
  }

  /** Without its secrets. */
  @Override
  public String toString() {
    return "connector " + connectorId;
  }
}
