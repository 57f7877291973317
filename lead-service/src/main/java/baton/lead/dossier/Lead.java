package baton.lead.dossier;

import baton.chassis.problem.Problem;
import baton.lead.identity.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead as this service knows it. {@code sequence} is that of its last published event and moves
 * only under the lead's row lock. {@code standing} is null of a lead that had no fact since leads
 * are judged. {@code survivorId} is under whom it counts: itself, if it absorbed others; null while
 * it is in no merge.
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
    @Nullable Standing standing,
    @Nullable UUID survivorId) {

  /** That nobody has the id that was asked for. */
  public static Problem unknown() {
    return Problem.notFound("There is no lead with this id.");
  }

  boolean hasOpenPass() {
    return pass != null && pass.open();
  }

  List<Identity> identities() {
    var identities = new ArrayList<>(facts.identities());
    identities.addAll(contact.identities());
    return identities;
  }

  /** Who keeps what is told of it: itself, unless it was absorbed. */
  public UUID keeper() {
    return survivorId == null ? leadId : survivorId;
  }

  public boolean isAbsorbed() {
    return !keeper().equals(leadId);
  }

  /** Whether nobody knows who it is: it has anonymous ids, and no name, address or number. */
  boolean isAnonymous() {
    return !contact.isNamed()
        && !facts.externalIds().isEmpty()
        && facts.externalIds().stream().allMatch(Identity::isAnonymous);
  }

  Lead saying(Facts newFacts, Contact newContact) {
    return new Lead(
        leadId,
        revision,
        sequence,
        updatedAt,
        stage,
        pass,
        first,
        newFacts,
        newContact,
        standing,
        survivorId);
  }

  Lead judged(Standing newStanding) {
    return new Lead(
        leadId,
        revision,
        sequence,
        updatedAt,
        stage,
        pass,
        first,
        facts,
        contact,
        newStanding,
        survivorId);
  }

  Lead revised(long newRevision, Instant at) {
    return new Lead(
        leadId,
        newRevision,
        sequence,
        at,
        stage,
        pass,
        first,
        facts,
        contact,
        standing,
        survivorId);
  }

  Lead at(Stage newStage, @Nullable Pass newPass) {
    return new Lead(
        leadId,
        revision,
        sequence,
        updatedAt,
        newStage,
        newPass,
        first,
        facts,
        contact,
        standing,
        survivorId);
  }

  Lead published(long newSequence) {
    return new Lead(
        leadId,
        revision,
        newSequence,
        updatedAt,
        stage,
        pass,
        first,
        facts,
        contact,
        standing,
        survivorId);
  }

  Lead under(@Nullable UUID newSurvivorId) {
    return new Lead(
        leadId,
        revision,
        sequence,
        updatedAt,
        stage,
        pass,
        first,
        facts,
        contact,
        standing,
        newSurvivorId);
  }
}
