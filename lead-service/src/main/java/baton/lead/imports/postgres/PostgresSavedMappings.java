package baton.lead.imports.postgres;

import baton.chassis.audit.Audit;
import baton.chassis.database.Transactions;
import baton.chassis.json.KeptJson;
import baton.chassis.mapping.MappingBody;
import baton.lead.imports.SavedMapping;
import baton.lead.imports.SavedMappings;
import com.fasterxml.jackson.core.type.TypeReference;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresSavedMappings implements SavedMappings {
  private static final String COLUMNS = "SELECT name, mapping, saved_at FROM saved_mapping ";
  private static final String SAVE =
      """
      INSERT INTO saved_mapping (name, mapping) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at
      RETURNING name, mapping, saved_at
      """;
  private static final String FIND = COLUMNS + "WHERE name = $1";
  private static final String LIST =
      COLUMNS + "WHERE $1::text IS NULL OR name > $1 ORDER BY name LIMIT $2";

  private final Transactions transactions;
  private final Audit audit;

  PostgresSavedMappings(Transactions transactions, Audit audit) {
    this.transactions = transactions;
    this.audit = audit;
  }

  @Override
  public Uni<SavedMapping> save(String name, MappingBody mapping) {
    return transactions.run(
        tx ->
            tx.preparedQuery(SAVE)
                .execute(Tuple.of(name, KeptJson.of(mapping)))
                .map(rows -> saved(rows.iterator().next()))
                .call(() -> audit.note(tx, "mapping.saved", name)));
  }

  @Override
  public Uni<Optional<SavedMapping>> find(String name) {
    return rows(FIND, Tuple.of(name)).map(found -> found.stream().findAny());
  }

  @Override
  public Uni<List<SavedMapping>> list(@Nullable String after, int limit) {
    return rows(LIST, Tuple.of(after, limit));
  }

  private Uni<List<SavedMapping>> rows(String statement, Tuple values) {
    return transactions
        .single(connection -> connection.preparedQuery(statement).execute(values))
        .map(rows -> rows.stream().map(PostgresSavedMappings::saved).toList());
  }

  private static SavedMapping saved(Row row) {
    return new SavedMapping(
        row.getString("name"),
        KeptJson.read(row.getString("mapping"), new TypeReference<MappingBody>() {}),
        row.getOffsetDateTime("saved_at").toInstant());
  }
}
