package baton.handoff.charter.rest;

import baton.charter.Agreement;
import baton.contracts.Signature;
import baton.handoff.charter.Paper;
import baton.handoff.charter.Version;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A charter as it is read; {@code document} only where one is read alone. {@code effectiveFrom} is
 * there once both sides have signed. Version 0 was neither proposed nor signed.
 */
record CharterBody(
    int version,
    String name,
    String contentHash,
    String state,
    List<Signature> signatures,
    @Nullable Instant effectiveFrom,
    @Nullable String proposedBy,
    @Nullable String proposedRole,
    @Nullable Instant proposedAt,
    @Nullable JsonNode document) {
  private static final String DEFAULT = "default";

  static CharterBody of(Version version) {
    return of(version, null);
  }

  static CharterBody of(Paper paper) {
    return of(paper.version(), paper.document());
  }

  static CharterBody ofVersionZero() {
    var defaults = Agreement.versionZero();
    return new CharterBody(
        0,
        defaults.terms().name(),
        defaults.contentHash(),
        DEFAULT,
        List.of(),
        null,
        null,
        null,
        null,
        defaults.document());
  }

  private static CharterBody of(Version version, @Nullable JsonNode document) {
    return new CharterBody(
        version.number(),
        version.name(),
        version.contentHash(),
        version.state().word(),
        version.signatures(),
        version.effectiveFrom(),
        version.proposedBy(),
        version.proposedRole(),
        version.proposedAt(),
        document);
  }
}
