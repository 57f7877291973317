package baton.feedback.crm;

import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.ExternalId;
import baton.feedback.lead.LeadName;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** By which name a CRM's words speak of a lead. */
public final class Whose {
  private Whose() {}

  /**
   * @param otherwise what it goes by where it isn't named
   */
  public static LeadName name(
      @Nullable JsonNode leadId,
      @Nullable JsonNode externalId,
      ExternalId otherwise,
      Pseudonyms pseudonyms) {
    var own = Settings.text(leadId);
    if (own != null) {
      return new LeadName(LeadName.Kind.LEAD, "", own.toLowerCase(Locale.ROOT));
    }
    var system = externalId == null ? null : Settings.text(externalId.get("system"));
    var id = externalId == null ? null : Settings.text(externalId.get("id"));
    return LeadName.external(
        pseudonyms.of(system == null || id == null ? otherwise : new ExternalId(system, id)));
  }
}
