package baton.handoff.seller;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A seller, under the operator's own id for him. He gets leads in proportion to {@code weight}, and
 * none beyond {@code capacity} offered or accepted at a time.
 */
public record Seller(
    String sellerId,
    long revision,
    String name,
    @Nullable String email,
    @Nullable String team,
    List<String> territories,
    List<String> personas,
    BigDecimal weight,
    @Nullable Integer capacity,
    @Nullable JsonNode shifts,
    @Nullable JsonNode outOfOffice,
    boolean active) {

  public Seller revised(long next) {
    return new Seller(
        sellerId,
        next,
        name,
        email,
        team,
        territories,
        personas,
        weight,
        capacity,
        shifts,
        outOfOffice,
        active);
  }

  /** What everybody may know of him: his e-mail address stays here. */
  public baton.contracts.Seller told(Instant at, int charterVersion) {
    return new baton.contracts.Seller(
        sellerId,
        at,
        charterVersion,
        revision,
        name,
        team,
        territories,
        personas,
        weight,
        capacity,
        active);
  }
}
