package baton.handoff.seller.postgres;

import baton.contracts.Json;
import baton.handoff.seller.Seller;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "seller")
class SellerRow {
  @Id
  @Column(name = "seller_id")
  String sellerId = "";

  long revision;
  String name = "";
  @Nullable String email;
  @Nullable String team;
  String[] territories = {};
  String[] personas = {};
  BigDecimal weight = BigDecimal.ONE;
  @Nullable Integer capacity;
  @Nullable String shifts;

  @Column(name = "out_of_office")
  @Nullable String outOfOffice;

  boolean active;

  Seller seller() {
    return new Seller(
        sellerId,
        revision,
        name,
        email,
        team,
        List.of(territories),
        List.of(personas),
        weight.stripTrailingZeros(),
        capacity,
        json(shifts),
        json(outOfOffice),
        active);
  }

  void become(Seller seller) {
    sellerId = seller.sellerId();
    revision = seller.revision();
    name = seller.name();
    email = seller.email();
    team = seller.team();
    territories = seller.territories().toArray(String[]::new);
    personas = seller.personas().toArray(String[]::new);
    weight = seller.weight();
    capacity = seller.capacity();
    shifts = text(seller.shifts());
    outOfOffice = text(seller.outOfOffice());
    active = seller.active();
  }

  private static @Nullable JsonNode json(@Nullable String text) {
    try {
      return text == null ? null : Json.mapper().readTree(text);
    } catch (JsonProcessingException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }

  private static @Nullable String text(@Nullable JsonNode json) {
    return json == null ? null : new String(Json.bytes(json), StandardCharsets.UTF_8);
  }
}
