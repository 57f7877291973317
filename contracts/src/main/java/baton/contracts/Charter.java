package baton.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;

/** A version of the agreement that both sides signed, whole. */
public record Charter(
    int version,
    Instant occurredAt,
    int charterVersion,
    String contentHash,
    Instant effectiveFrom,
    List<Signature> signatures,
    JsonNode document)
    implements Event {
  public Charter {
    signatures = Absent.list(signatures);
  }

  @Override
  public String key() {
    return Integer.toString(version);
  }
}
