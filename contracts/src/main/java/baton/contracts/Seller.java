package baton.contracts;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A seller who can be handed leads, whole, without e-mail address. */
public record Seller(
    String sellerId,
    Instant occurredAt,
    int charterVersion,
    long revision,
    String name,
    @Nullable String team,
    List<String> territories,
    List<String> personas,
    BigDecimal weight,
    @Nullable Integer capacity,
    boolean active)
    implements Event {
  public Seller {
    territories = Absent.list(territories);
    personas = Absent.list(personas);
  }

  @Override
  public String key() {
    return sellerId;
  }
}
