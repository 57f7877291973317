package baton.lead.dossier;

import baton.lead.identity.Identity;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/** Two leads that may be one person, and what speaks for it. */
public record Likeness(UUID leadId, UUID otherId, Because because, Instant seenAt) {
  /** A sender named both as one, and this of the second; or they share a name and a company. */
  public enum Because {
    @JsonProperty("externalId")
    EXTERNAL_ID,
    @JsonProperty("email")
    EMAIL,
    @JsonProperty("phone")
    PHONE,
    @JsonProperty("nameAndCompany")
    NAME_AND_COMPANY;

    static Because of(Identity.Kind kind) {
      return switch (kind) {
        case EXTERNAL_ID -> EXTERNAL_ID;
        case EMAIL -> EMAIL;
        case PHONE -> PHONE;
      };
    }
  }
}
