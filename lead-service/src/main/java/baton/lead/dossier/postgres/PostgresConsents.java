package baton.lead.dossier.postgres;

import baton.chassis.database.Contended;
import baton.chassis.database.Purge;
import baton.chassis.database.Transactions;
import baton.lead.dossier.Agreed;
import baton.lead.dossier.Consent;
import baton.lead.dossier.Consents;
import baton.lead.dossier.Evidence;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Subject;
import baton.lead.dossier.Withdrawal;
import baton.lead.identity.Identity;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@ApplicationScoped
class PostgresConsents implements Consents, PersonalData {
  private static final String OF =
      """
      SELECT lead_id, purpose, at, given, wording, version, source, heard_at
      FROM consent WHERE lead_id = $1 ORDER BY at, purpose, given
      """;

  /** Whose an identity is under which consent was withdrawn before anybody went by it. */
  static final UUID NOBODY = new UUID(0, 0);

  private static final String RESERVE =
      """
      INSERT INTO lead_identity AS known (key, lead_id)
      SELECT key, '%s' FROM unnest($1::uuid[]) AS given (key) ORDER BY key
      ON CONFLICT (key) DO UPDATE SET lead_id = known.lead_id
      RETURNING lead_id
      """
          .formatted(NOBODY);
  private static final String WITHDRAW =
      """
      INSERT INTO withdrawal AS known (key, purpose, at, source, heard_at)
      SELECT key, $2, $3, $4, $5 FROM unnest($1::uuid[]) AS named (key) ORDER BY key
      ON CONFLICT (key, purpose) DO UPDATE
      SET at = excluded.at, source = excluded.source, heard_at = excluded.heard_at
      WHERE known.at < excluded.at
      """;
  private static final String WITHDRAWN =
      """
      SELECT DISTINCT purpose, at, source FROM withdrawal WHERE key = ANY ($1)
      ORDER BY at, purpose, source
      """;

  private static final String OLD =
      "SELECT DISTINCT key FROM withdrawal WHERE heard_at < $1 ORDER BY key LIMIT " + Purge.BATCH;

  /** Nobody appears by them, or withdraws more, until they are forgotten. */
  private static final String HOLD =
      "SELECT FROM lead_identity WHERE key = ANY ($1) ORDER BY key FOR UPDATE";

  private static final String FORGET =
      "DELETE FROM withdrawal WHERE key = ANY ($1) AND heard_at < $2";
  private static final String FREE =
      """
      DELETE FROM lead_identity known WHERE key = ANY ($1) AND lead_id = '%s'
        AND NOT EXISTS (SELECT FROM withdrawal w WHERE w.key = known.key)
      """
          .formatted(NOBODY);

  private final Pool pool;
  private final Transactions transactions;
  private final Vertx vertx;
  private final InstantSource clock;
  private final Duration kept;

  /**
   * @param kept so long one who asked not to be written to is remembered before anybody knows them
   */
  PostgresConsents(
      Pool pool,
      Transactions transactions,
      Vertx vertx,
      InstantSource clock,
      @ConfigProperty(name = "baton.privacy.withdrawals-kept", defaultValue = "P1095D")
          Duration kept) {
    this.pool = pool;
    this.transactions = transactions;
    this.vertx = vertx;
    this.clock = clock;
    this.kept = kept;
  }

  void forgetting(@Observes StartupEvent started) {
    Purge.nowAndThen(
        vertx, "withdrawals of people who never came", () -> forget(clock.instant().minus(kept)));
  }

  @Override
  public Uni<Integer> forget(Instant heardBefore) {
    return Purge.inBatches(() -> transactions.run(tx -> forget(tx, heardBefore)));
  }

  private static Uni<Integer> forget(SqlConnection tx, Instant heardBefore) {
    var before = LeadRow.time(heardBefore);
    return tx.preparedQuery(OLD)
        .execute(Tuple.of(before))
        .map(rows -> rows.stream().map(row -> row.getUUID("key")).toArray(UUID[]::new))
        .chain(
            keys ->
                tx.preparedQuery(HOLD)
                    .execute(Tuple.tuple().addArrayOfUUID(keys))
                    .chain(
                        () ->
                            tx.preparedQuery(FORGET)
                                .execute(
                                    Tuple.tuple().addArrayOfUUID(keys).addOffsetDateTime(before)))
                    .call(() -> tx.preparedQuery(FREE).execute(Tuple.tuple().addArrayOfUUID(keys)))
                    .map(_ -> keys.length));
  }

  @Override
  public Uni<List<Agreed>> of(UUID leadId) {
    return of(pool, leadId);
  }

  @Override
  public Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject) {
    return of(tx, subject.leadId())
        .chain(
            agreed ->
                tx.preparedQuery(WITHDRAWN)
                    .execute(names(subject))
                    .map(
                        rows ->
                            Map.of(
                                "consents",
                                agreed,
                                "withdrawals",
                                rows.stream().map(PostgresConsents::withdrawal).toList())));
  }

  @Override
  public Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject) {
    return tx.preparedQuery("DELETE FROM consent WHERE lead_id = $1")
        .execute(Tuple.of(subject.leadId()))
        .chain(
            consents ->
                tx.preparedQuery("DELETE FROM withdrawal WHERE key = ANY ($1)")
                    .execute(names(subject))
                    .map(
                        withdrawals ->
                            Map.of(
                                "consents",
                                consents.rowCount(),
                                "withdrawals",
                                withdrawals.rowCount())));
  }

  @Override
  public Uni<Void> withdraw(
      SqlConnection tx, List<Identity> identities, List<Withdrawal> withdrawals, Instant heardAt) {
    var keys = identities.stream().map(Identity::key).distinct().toArray(UUID[]::new);
    return tx.preparedQuery(RESERVE)
        .execute(Tuple.tuple().addArrayOfUUID(keys))
        .invoke(
            rows ->
                rows.forEach(
                    row -> {
                      if (!NOBODY.equals(row.getUUID("lead_id"))) {
                        throw new Contended("somebody appeared meanwhile");
                      }
                    }))
        .chain(
            () -> {
              var kept = Uni.createFrom().voidItem();
              for (var withdrawal : withdrawals) {
                kept = kept.chain(() -> keep(tx, keys, withdrawal, heardAt));
              }
              return kept;
            });
  }

  private static Uni<Void> keep(
      SqlConnection tx, UUID[] keys, Withdrawal withdrawal, Instant heardAt) {
    return tx.preparedQuery(WITHDRAW)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(keys)
                .addString(Objects.requireNonNullElse(withdrawal.purpose(), ""))
                .addOffsetDateTime(LeadRow.time(withdrawal.at()))
                .addString(withdrawal.source())
                .addOffsetDateTime(LeadRow.time(heardAt)))
        .replaceWithVoid();
  }

  /** Of a row that says so. */
  static Withdrawal withdrawal(Row row) {
    var purpose = row.getString("purpose");
    return new Withdrawal(
        purpose.isEmpty() ? null : purpose, LeadRow.instant(row, "at"), row.getString("source"));
  }

  private static Tuple names(Subject subject) {
    return Tuple.tuple().addArrayOfUUID(subject.names().toArray(UUID[]::new));
  }

  private static Uni<List<Agreed>> of(SqlClient database, UUID leadId) {
    return database
        .preparedQuery(OF)
        .execute(Tuple.of(leadId))
        .map(rows -> rows.stream().map(PostgresConsents::agreed).toList());
  }

  private static Agreed agreed(Row row) {
    return new Agreed(
        row.getUUID("lead_id"),
        new Evidence(
            new Consent(
                row.getString("purpose"), row.getBoolean("given"), LeadRow.instant(row, "at")),
            row.getString("wording"),
            row.getString("version"),
            row.getString("source")),
        LeadRow.instant(row, "heard_at"));
  }
}
