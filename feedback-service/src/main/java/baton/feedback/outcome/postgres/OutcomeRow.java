package baton.feedback.outcome.postgres;

import baton.contracts.ExternalId;
import baton.contracts.Json;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.feedback.lead.LeadName;
import baton.feedback.outcome.Outcome;
import baton.feedback.outcome.Told;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An outcome and its row, one into the other. */
final class OutcomeRow {
  static final String COLUMNS =
      "outcome.outcome_id, revision, told_kind, told_system, told_id, result, amount::text, currency,"
          + " expected_close, reason, seller_id, external_system, external_id, occurred_at, dated,"
          + " charter_version, outcome.lead_id, pass_id";

  static final String UPSERT =
      """
      INSERT INTO outcome (
        outcome_id, revision, told_kind, told_system, told_id, result, amount, currency, expected_close,
        reason, seller_id, external_system, external_id, occurred_at, dated, charter_version, lead_id, pass_id)
      SELECT outcome_id, revision, told_kind, told_system, told_id, result, amount::numeric, currency,
        expected_close, reason, seller_id, external_system, external_id, occurred_at, dated, charter_version,
        lead_id, pass_id
      FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::text[], $9::date[], $10::text[], $11::text[], $12::text[], $13::text[], $14::timestamptz[],
        $15::boolean[], $16::int[], $17::uuid[], $18::uuid[])
        AS kept (outcome_id, revision, told_kind, told_system, told_id, result, amount, currency,
          expected_close, reason, seller_id, external_system, external_id, occurred_at, dated,
          charter_version, lead_id, pass_id)
      ON CONFLICT (outcome_id) DO UPDATE SET
        revision = EXCLUDED.revision, told_kind = EXCLUDED.told_kind, told_system = EXCLUDED.told_system,
        told_id = EXCLUDED.told_id, result = EXCLUDED.result, amount = EXCLUDED.amount,
        currency = EXCLUDED.currency, expected_close = EXCLUDED.expected_close, reason = EXCLUDED.reason,
        seller_id = EXCLUDED.seller_id, occurred_at = EXCLUDED.occurred_at, dated = EXCLUDED.dated,
        charter_version = EXCLUDED.charter_version, lead_id = EXCLUDED.lead_id, pass_id = EXCLUDED.pass_id
      """;

  private OutcomeRow() {}

  static Outcome read(Row row) {
    var told =
        new Told(
            new LeadName(
                LeadName.Kind.named(row.getString("told_kind")),
                row.getString("told_system"),
                row.getString("told_id")),
            Json.mapper().convertValue(row.getString("result"), OutcomeResult.class),
            money(row.getString("amount"), row.getString("currency")),
            row.getLocalDate("expected_close"),
            row.getString("reason"),
            row.getString("seller_id"),
            externalId(row.getString("external_system"), row.getString("external_id")),
            row.getOffsetDateTime("occurred_at").toInstant(),
            row.getBoolean("dated"),
            row.getInteger("charter_version"));
    var outcomeId = row.getUUID("outcome_id");
    long revision = row.getLong("revision");
    var leadId = row.getUUID("lead_id");
    return leadId == null
        ? new Outcome.Unmatched(outcomeId, revision, told)
        : new Outcome.Matched(outcomeId, revision, told, leadId, row.getUUID("pass_id"));
  }

  static Tuple write(Collection<Outcome> kept) {
    return Tuple.tuple()
        .addArrayOfUUID(column(kept, Outcome::outcomeId).toArray(UUID[]::new))
        .addArrayOfLong(column(kept, Outcome::revision).toArray(Long[]::new))
        .addArrayOfString(texts(kept, told -> told.lead().kind().word()))
        .addArrayOfString(texts(kept, told -> told.lead().system()))
        .addArrayOfString(texts(kept, told -> told.lead().id()))
        .addArrayOfString(texts(kept, told -> told.result().word()))
        .addArrayOfString(texts(kept, OutcomeRow::amount))
        .addArrayOfString(texts(kept, OutcomeRow::currency))
        .addArrayOfLocalDate(
            column(kept, outcome -> outcome.told().expectedClose()).toArray(LocalDate[]::new))
        .addArrayOfString(texts(kept, Told::reason))
        .addArrayOfString(texts(kept, Told::sellerId))
        .addArrayOfString(texts(kept, OutcomeRow::externalSystem))
        .addArrayOfString(texts(kept, OutcomeRow::externalIdThere))
        .addArrayOfOffsetDateTime(
            column(kept, outcome -> outcome.told().occurredAt().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new))
        .addArrayOfBoolean(column(kept, outcome -> outcome.told().dated()).toArray(Boolean[]::new))
        .addArrayOfInteger(
            column(kept, outcome -> outcome.told().charterVersion()).toArray(Integer[]::new))
        .addArrayOfUUID(column(kept, OutcomeRow::leadId).toArray(UUID[]::new))
        .addArrayOfUUID(column(kept, OutcomeRow::passId).toArray(UUID[]::new));
  }

  private static <T extends @Nullable Object> List<T> column(
      Collection<Outcome> kept, Function<Outcome, T> part) {
    var column = new java.util.ArrayList<T>(kept.size());
    kept.forEach(outcome -> column.add(part.apply(outcome)));
    return column;
  }

  private static String[] texts(Collection<Outcome> kept, Function<Told, @Nullable String> part) {
    return column(kept, outcome -> part.apply(outcome.told())).toArray(String[]::new);
  }

  private static @Nullable String amount(Told told) {
    return told.amount() == null ? null : told.amount().amount().toPlainString();
  }

  private static @Nullable String currency(Told told) {
    return told.amount() == null ? null : told.amount().currency();
  }

  private static @Nullable String externalSystem(Told told) {
    return told.externalId() == null ? null : told.externalId().system();
  }

  private static @Nullable String externalIdThere(Told told) {
    return told.externalId() == null ? null : told.externalId().id();
  }

  private static @Nullable UUID leadId(Outcome outcome) {
    return outcome instanceof Outcome.Matched matched ? matched.leadId() : null;
  }

  private static @Nullable UUID passId(Outcome outcome) {
    return outcome instanceof Outcome.Matched matched ? matched.passId() : null;
  }

  private static @Nullable Money money(@Nullable String amount, @Nullable String currency) {
    return amount == null || currency == null ? null : new Money(new BigDecimal(amount), currency);
  }

  private static @Nullable ExternalId externalId(@Nullable String system, @Nullable String id) {
    return system == null || id == null ? null : new ExternalId(system, id);
  }
}
