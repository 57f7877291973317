package baton.lead.privacy.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.contracts.Json;
import baton.lead.privacy.Receipt;
import baton.lead.privacy.Receipts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class PostgresReceipts implements Receipts {
  private static final String KEEP =
      "INSERT INTO erasure (lead_id, receipt_id, erased_at, removed) VALUES ($1, $2, $3, $4)";
  private static final String FIND =
      "SELECT lead_id, receipt_id, erased_at, removed FROM erasure WHERE lead_id = $1";

  @Override
  public Uni<Void> keep(SqlConnection tx, Receipt receipt) {
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.of(
                receipt.leadId(),
                receipt.receiptId(),
                receipt.erasedAt().atOffset(ZoneOffset.UTC),
                new String(Json.bytes(receipt.removed()), UTF_8)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Receipt>> find(SqlConnection tx, UUID leadId) {
    return tx.preparedQuery(FIND)
        .execute(Tuple.of(leadId))
        .map(rows -> rows.stream().findAny().map(PostgresReceipts::receipt));
  }

  private static Receipt receipt(Row row) {
    try {
      return new Receipt(
          row.getUUID("receipt_id"),
          row.getUUID("lead_id"),
          row.getOffsetDateTime("erased_at").toInstant(),
          Json.mapper()
              .readValue(row.getString("removed"), new TypeReference<Map<String, Integer>>() {}));
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }
}
