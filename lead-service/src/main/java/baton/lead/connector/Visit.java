package baton.lead.connector;

import baton.contracts.ExternalId;
import baton.lead.identity.Identity;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/**
 * What a visitor did whom nobody may know yet.
 *
 * @param toldAs recognises it when it is told again
 * @param visitor by which ids they go
 * @param touch the command that it is of whom they turn out to be
 */
public record Visit(String connectorId, UUID toldAs, List<ExternalId> visitor, ObjectNode touch) {
  /** As they stand on a lead that goes by them. */
  public UUID[] keys() {
    return visitor.stream().map(Identity::of).map(Identity::key).toArray(UUID[]::new);
  }
}
