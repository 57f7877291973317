package baton.lead.dossier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a lead agreed to something or withdrew it.
 *
 * @param wording what they were asked
 * @param version of the wording
 * @param source where they said it, such as a form
 */
public record Evidence(
    Consent consent, @Nullable String wording, @Nullable String version, @Nullable String source) {

  public static List<Consent> consents(List<Evidence> told) {
    return Consent.latest(List.of(), told.stream().map(Evidence::consent).toList());
  }
}
