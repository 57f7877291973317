package baton.lead.dossier;

import baton.lead.identity.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead as this service knows it. {@code sequence} is that of its last published event and moves
 * only under the lead's row lock. {@code standing} is null of a lead that had no fact since leads
 * are judged.
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
    Contact contact,
    @Nullable Standing standing) {

  boolean hasOpenPass() {
    return pass != null && pass.open();
  }

  List<Identity> identities() {
    var identities = new ArrayList<>(facts.identities());
    identities.addAll(contact.identities());
    return identities;
  }

  Lead saying(Facts newFacts, Contact newContact) {
    return new Lead(
        leadId, revision, sequence, updatedAt, stage, pass, first, newFacts, newContact, standing);
  }

  Lead judged(Standing newStanding) {
    return new Lead(
        leadId, revision, sequence, updatedAt, stage, pass, first, facts, contact, newStanding);
  }

  Lead revised(long newRevision, Instant at) {
    return new Lead(
        leadId, newRevision, sequence, at, stage, pass, first, facts, contact, standing);
  }

  Lead at(Stage newStage, @Nullable Pass newPass) {
    return new Lead(
        leadId, revision, sequence, updatedAt, newStage, newPass, first, facts, contact, standing);
  }

  Lead published(long newSequence) {
    return new Lead(
        leadId, revision, newSequence, updatedAt, stage, pass, first, facts, contact, standing);
  }
}
