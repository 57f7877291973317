package baton.lead.dossier;

import baton.lead.identity.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead as this service knows it. {@code sequence} is that of its last published event and moves
 * only under the lead's row lock.
 */
public record Lead(
    UUID leadId,
    long revision,
    long sequence,
    Instant updatedAt,
    Stage stage,
    @Nullable Pass pass,
    FirstTouch first,
    Facts facts,
    Contact contact) {

  boolean hasOpenPass() {
    return pass != null && pass.open();
  }

  List<Identity> identities() {
    var identities = new ArrayList<>(facts.identities());
    identities.addAll(contact.identities());
    return identities;
  }
}
