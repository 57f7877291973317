package baton.handoff.charter;

import baton.charter.Agreement;
import baton.contracts.Charter;
import baton.contracts.Side;
import baton.contracts.Signature;
import baton.handoff.charter.Verdict.Forbidden;
import baton.handoff.charter.Verdict.Refused;
import baton.handoff.charter.Verdict.Signed;
import baton.handoff.charter.Verdict.Standing;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of the agreement: who proposed it, and who has signed it. {@code effectiveFrom} is
 * there once both have.
 */
public record Version(
    int number,
    int revision,
    State state,
    String name,
    String contentHash,
    String proposedBy,
    String proposedRole,
    Instant proposedAt,
    List<Signature> signatures,
    @Nullable Instant effectiveFrom) {

  public Version {
    signatures = List.copyOf(signatures);
  }

  public static Version proposed(int number, Draft draft) {
    return new Version(
        number,
        1,
        State.PROPOSED,
        draft.agreement().terms().name(),
        draft.agreement().contentHash(),
        draft.by(),
        draft.role(),
        draft.at(),
        List.of(),
        null);
  }

  /**
   * What a signature makes of it. {@code agreement} is what it says; {@code seen} is the hash of
   * what the signatory has read. The second signature puts it in force, never back in time.
   */
  public Verdict signed(Agreement agreement, Side side, String signatory, String seen, Instant at) {
    if (!agreement.terms().signatories().maySign(side, signatory)) {
      return new Forbidden(
          "Charter %d names who signs for %s, and not this key.".formatted(number, side.word()));
    }
    if (!seen.equals(contentHash)) {
      return new Refused(
          "Charter %d says something else than what was signed: its contentHash is %s. Read it, then sign that."
              .formatted(number, contentHash),
          state);
    }
    if (of(side).isPresent()) {
      return new Standing(this);
    }
    if (signatures.stream().anyMatch(other -> other.signatory().equals(signatory))) {
      return new Forbidden("Nobody signs for both sides, and this key signed for the other.");
    }
    if (state == State.OVERTAKEN) {
      return new Refused(
          "Both sides have signed a newer version; propose this one again to go back to it.",
          state);
    }
    var signature = new Signature(side, signatory, at, contentHash);
    var second = !signatures.isEmpty();
    return new Signed(
        new Version(
            number,
            revision + 1,
            second ? State.SIGNED : state,
            name,
            contentHash,
            proposedBy,
            proposedRole,
            proposedAt,
            Stream.concat(signatures.stream(), Stream.of(signature)).toList(),
            second ? later(agreement.terms().effectiveFrom(), at) : null),
        signature);
  }

  public Optional<Signature> of(Side side) {
    return signatures.stream().filter(each -> each.side() == side).findAny();
  }

  /** That both have signed it, with the stamp of the version under which they did. */
  public Charter told(JsonNode document, int charterVersion) {
    if (effectiveFrom == null) {
      throw new IllegalStateException("charter " + number + " isn't signed by both");
    }
    return new Charter(
        number,
        signatures.getLast().signedAt(),
        charterVersion,
        contentHash,
        effectiveFrom,
        signatures,
        document);
  }

  private static Instant later(@Nullable Instant wanted, Instant at) {
    return wanted != null && wanted.isAfter(at) ? wanted : at;
  }
}
