package baton.handoff.pass.postgres;

import static java.util.Objects.requireNonNull;

import baton.contracts.Json;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Handoff.Accepted;
import baton.handoff.pass.Handoff.Closed;
import baton.handoff.pass.Handoff.Offered;
import baton.handoff.pass.Handoff.Qualified;
import baton.handoff.pass.Handoff.Rejected;
import baton.handoff.pass.Handoff.Returned;
import baton.handoff.pass.Handoff.Unassigned;
import baton.handoff.pass.Offer;
import baton.handoff.pass.Pass;
import baton.handoff.pass.State;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.mutiny.sqlclient.Row;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handoff's row as its state, and its state as a row. */
final class HandoffRow {
  static final String COLUMNS =
      """
      h.handoff_id, h.lead_id, h.pass_id, h.qualified_at, h.charter_version, h.revision, h.state,
      h.since, h.seller_id, h.team, h.offered_at, h.routing, h.reason, h.note, h.until,
      h.facts::text AS facts""";

  private static final TypeReference<Map<String, JsonNode>> FACTS = new TypeReference<>() {};

  private HandoffRow() {}

  static Handoff read(Row row) {
    var pass = pass(row);
    var revision = row.getLong("revision");
    var since = instant(row, "since");
    return switch (State.named(row.getString("state")).orElseThrow()) {
      case UNASSIGNED -> new Unassigned(pass, revision, row.getString("routing"), since);
      case OFFERED -> new Offered(pass, revision, requireNonNull(offer(row)));
      case ACCEPTED -> new Accepted(pass, revision, requireNonNull(offer(row)), since);
      case QUALIFIED ->
          new Qualified(pass, revision, requireNonNull(offer(row)), since, facts(row));
      case REJECTED ->
          new Rejected(
              pass,
              revision,
              requireNonNull(offer(row)),
              since,
              row.getString("reason"),
              row.getString("note"));
      case RETURNED ->
          new Returned(
              pass,
              revision,
              requireNonNull(offer(row)),
              since,
              row.getString("reason"),
              row.getOffsetDateTime("until") == null ? null : instant(row, "until"));
      case CLOSED -> new Closed(pass, revision, offer(row), since, row.getString("reason"));
    };
  }

  static Pass pass(Row row) {
    return new Pass(
        row.getUUID("handoff_id"),
        row.getUUID("lead_id"),
        row.getUUID("pass_id"),
        instant(row, "qualified_at"),
        row.getInteger("charter_version"));
  }

  static @Nullable String note(Handoff handoff) {
    return handoff instanceof Rejected rejected ? rejected.note() : null;
  }

  static @Nullable Instant until(Handoff handoff) {
    return handoff instanceof Returned returned ? returned.until() : null;
  }

  static @Nullable String facts(Handoff handoff) {
    return handoff instanceof Qualified qualified
        ? new String(Json.bytes(qualified.facts()), StandardCharsets.UTF_8)
        : null;
  }

  static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static @Nullable Offer offer(Row row) {
    return row.getString("seller_id") == null
        ? null
        : new Offer(
            row.getString("seller_id"),
            row.getString("team"),
            instant(row, "offered_at"),
            row.getString("routing"));
  }

  private static Map<String, JsonNode> facts(Row row) {
    try {
      return Json.mapper().readValue(row.getString("facts"), FACTS);
    } catch (JsonProcessingException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }
}
