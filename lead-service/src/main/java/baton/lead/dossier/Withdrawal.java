package baton.lead.dossier;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That somebody whom nobody knew withdrew a consent, as it holds for who appears by the same name.
 *
 * @param purpose null is whatever they agreed to by then
 * @param source who told of it
 */
public record Withdrawal(@Nullable String purpose, Instant at, String source) {

  /** What it says of these consents that they don't say themselves. */
  List<Evidence> of(List<Consent> consents) {
    return purpose == null
        ? consents.stream()
            .filter(one -> one.given() && !one.at().isAfter(at))
            .map(one -> evidence(one.purpose()))
            .toList()
        : consents.contains(new Consent(purpose, false, at))
            ? List.of()
            : List.of(evidence(purpose));
  }

  private Evidence evidence(String of) {
    return new Evidence(new Consent(of, false, at), null, null, source);
  }
}
