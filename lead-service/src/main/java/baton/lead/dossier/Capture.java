package baton.lead.dossier;

import baton.contracts.ExternalId;
import baton.lead.identity.Identity;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody showed interest: a lead, if nobody by these identities is known, else a touch of the one
 * who is. The ids are those it gets if it turns out new, minted beforehand so that deciding stays
 * pure.
 *
 * @param knownAs the lead it is about, where the sender knows
 * @param identities in the order in which they are believed
 * @param qualifiedAt since when its source says that it is an MQL; null where it doesn't
 * @param toldAs recognises the same fact when it is told again; null when each telling counts
 */
public record Capture(
    UUID leadId,
    UUID touchId,
    UUID passId,
    Instant at,
    Instant heardAt,
    @Nullable UUID knownAs,
    List<Identity> identities,
    @Nullable UUID toldAs,
    String kind,
    @Nullable String asset,
    Map<String, JsonNode> touchAttributes,
    @Nullable Instant qualifiedAt,
    Facts facts,
    Contact contact,
    List<Evidence> consents,
    @Nullable String traceparent) {
  /** The same, with other ids if it turns out new. */
  public Capture withIds(UUID lead, UUID touch, UUID pass) {
    return new Capture(
        lead,
        touch,
        pass,
        at,
        heardAt,
        knownAs,
        identities,
        toldAs,
        kind,
        asset,
        touchAttributes,
        qualifiedAt,
        facts,
        contact,
        consents,
        traceparent);
  }

  /**
   * The same, of somebody who goes by these ids, too.
   *
   * @param whom a lead that is known; null where only its identities say who it is
   */
  public Capture of(@Nullable UUID whom, List<ExternalId> ids) {
    var all = new ArrayList<>(identities);
    ids.stream().map(Identity::of).filter(one -> !all.contains(one)).forEach(all::add);
    return with(whom, List.copyOf(all), toldAs, facts.named(ids));
  }

  /** The same, recognised by this when it is told again. */
  public Capture toldAs(UUID key) {
    return with(knownAs, identities, key, facts);
  }

  private Capture with(@Nullable UUID whom, List<Identity> who, @Nullable UUID told, Facts known) {
    return new Capture(
        leadId,
        touchId,
        passId,
        at,
        heardAt,
        whom,
        who,
        told,
        kind,
        asset,
        touchAttributes,
        qualifiedAt,
        known,
        contact,
        consents,
        traceparent);
  }
}
