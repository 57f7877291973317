package baton.handoff.pass.postgres;

import baton.contracts.Json;
import baton.contracts.LeadQualified;
import baton.handoff.pass.Mqls;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

@ApplicationScoped
class PostgresMqls implements Mqls {
  private static final String KEEP =
      "INSERT INTO mql (handoff_id, event) SELECT * FROM unnest($1::uuid[], $2::text[])";

  private static final String FIND = "SELECT event FROM mql WHERE handoff_id = $1";

  @Override
  public Uni<Void> keep(SqlConnection tx, Map<UUID, LeadQualified> byHandoff) {
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(byHandoff.keySet().toArray(UUID[]::new))
                .addArrayOfString(
                    byHandoff.values().stream()
                        .map(each -> new String(Json.bytes(each), StandardCharsets.UTF_8))
                        .toArray(String[]::new)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<LeadQualified>> find(SqlConnection tx, UUID handoffId) {
    return tx.preparedQuery(FIND)
        .execute(Tuple.of(handoffId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> read(row.getString("event")))
                    .findAny());
  }

  private static LeadQualified read(String event) {
    try {
      return Json.mapper().readValue(event, LeadQualified.class);
    } catch (JsonProcessingException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }
}
