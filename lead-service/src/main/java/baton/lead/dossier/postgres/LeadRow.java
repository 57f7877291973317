package baton.lead.dossier.postgres;

import baton.contracts.Json;
import baton.lead.dossier.Contact;
import baton.lead.dossier.Facts;
import baton.lead.dossier.FirstTouch;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Pass;
import baton.lead.dossier.Stage;
import baton.lead.dossier.Standing;
import baton.lead.identity.Email;
import baton.lead.identity.Phone;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.mutiny.sqlclient.Row;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows and leads, one made of the other. */
final class LeadRow {
  /** What every query for leads selects, from lead l and lead_contact c. */
  static final String COLUMNS =
      """
      l.id, l.revision, l.sequence, l.updated_at, l.stage, l.pass_id, l.pass_number, l.qualified_at,
      l.pass_open, l.touch_id, l.touch_kind, l.touch_asset, l.captured_at, l.told_as,
      l.facts, l.pass_ended_at, l.judged_at, l.persona, l.tier, l.score, l.said_qualified_at,
      l.survivor_id,
      c.name, c.first_name, c.last_name, c.email, c.phone, c.company_name,
      c.attributes
      """;

  private static final TypeReference<Map<String, JsonNode>> ATTRIBUTES = new TypeReference<>() {};

  private LeadRow() {}

  static Lead read(Row row) {
    var email = row.getString("email");
    var phone = row.getString("phone");
    var attributes = row.getString("attributes");
    return new Lead(
        row.getUUID("id"),
        row.getLong("revision"),
        row.getLong("sequence"),
        instant(row, "updated_at"),
        Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
        pass(row),
        new FirstTouch(
            row.getUUID("touch_id"),
            row.getString("touch_kind"),
            row.getString("touch_asset"),
            instant(row, "captured_at"),
            row.getUUID("told_as")),
        parsed(row.getString("facts"), Facts.class),
        new Contact(
            row.getString("name"),
            row.getString("first_name"),
            row.getString("last_name"),
            email == null ? null : Email.read(email),
            phone == null ? null : Phone.read(phone, null),
            row.getString("company_name"),
            attributes(attributes)),
        standing(row),
        row.getUUID("survivor_id"));
  }

  /** Who somebody is, in words. */
  static Map<String, Object> shown(Contact contact) {
    var shown = new LinkedHashMap<String, Object>();
    put(shown, "name", contact.name());
    put(shown, "firstName", contact.firstName());
    put(shown, "lastName", contact.lastName());
    put(shown, "email", contact.email() == null ? null : contact.email().shown());
    put(shown, "phone", contact.phone() == null ? null : contact.phone().normalized());
    put(shown, "companyName", contact.companyName());
    put(shown, "attributes", contact.attributes());
    return shown;
  }

  private static void put(Map<String, Object> shown, String name, @Nullable Object value) {
    if (value != null) {
      shown.put(name, value);
    }
  }

  static Map<String, JsonNode> attributes(@Nullable String json) {
    try {
      return json == null ? Map.of() : Json.mapper().readValue(json, ATTRIBUTES);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }

  static @Nullable String attributes(Map<String, JsonNode> attributes) {
    return attributes.isEmpty() ? null : json(attributes);
  }

  static String json(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static @Nullable Pass pass(Row row) {
    UUID passId = row.getUUID("pass_id");
    return passId == null
        ? null
        : new Pass(
            passId, row.getInteger("pass_number"), instant(row, "qualified_at"), endedAt(row));
  }

  /** Of a pass that ended before its end was kept it is known only that it came after its begin. */
  private static @Nullable Instant endedAt(Row row) {
    if (row.getBoolean("pass_open")) {
      return null;
    }
    var ended = row.getOffsetDateTime("pass_ended_at");
    return ended == null ? instant(row, "qualified_at") : ended.toInstant();
  }

  private static @Nullable Standing standing(Row row) {
    if (row.getOffsetDateTime("judged_at") == null) {
      return null;
    }
    var said = row.getOffsetDateTime("said_qualified_at");
    return new Standing(
        instant(row, "judged_at"),
        row.getString("persona"),
        row.getString("tier"),
        row.getBigDecimal("score"),
        said == null ? null : said.toInstant());
  }

  static <T> T parsed(String json, Class<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }
}
