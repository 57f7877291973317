package baton.lead.merge.postgres;

import baton.chassis.database.Transactions;
import baton.lead.dossier.Namesakes;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@ApplicationScoped
class PostgresNamesakes implements Namesakes, PersonalData {
  private static final String SEEN =
      "SELECT updated_at, lead_id FROM namesake_seen FOR UPDATE SKIP LOCKED";

  /** What is being written may be committed later than it was said: it is looked at when still. */
  private static final String LOOK =
      """
      WITH batch AS MATERIALIZED (
        SELECT l.id, l.updated_at, l.erased_at IS NULL AND c.lead_id IS NOT NULL AS told,
          CASE WHEN c.lead_id IS NOT NULL THEN l.facts::jsonb END AS facts,
          lower(regexp_replace(btrim(coalesce(c.name, concat_ws(' ', c.first_name, c.last_name))),
            '\\s+', ' ', 'g')) AS name
        FROM lead l LEFT JOIN lead_contact c ON c.lead_id = l.id
        WHERE (l.updated_at, l.id) > ($1, $2) AND l.updated_at < now() - $4::float8 * interval '1 second'
        ORDER BY l.updated_at, l.id LIMIT $3
      ), keyed AS MATERIALIZED (
        SELECT id, CASE WHEN told AND name LIKE '% %' THEN md5(name || E'\\n' || lower(coalesce(
            facts #>> '{company,domain}',
            CASE WHEN facts ->> 'emailFree' = 'false' THEN facts ->> 'emailDomain' END)))::uuid
          END AS key
        FROM batch
      ), gone AS (
        DELETE FROM namesake n USING keyed k WHERE n.lead_id = k.id AND k.key IS NULL
        RETURNING n.lead_id
      ), kept AS (
        INSERT INTO namesake AS n (lead_id, key) SELECT id, key FROM keyed WHERE key IS NOT NULL
        ON CONFLICT (lead_id) DO UPDATE SET key = excluded.key WHERE n.key <> excluded.key
        RETURNING lead_id
      )
      SELECT (SELECT count(*) FROM batch)::int AS looked, last.updated_at, last.id,
        ARRAY(SELECT lead_id FROM gone UNION ALL SELECT lead_id FROM kept) AS changed
      FROM (SELECT updated_at, id FROM batch ORDER BY updated_at DESC, id DESC LIMIT 1) AS last
      """;

  private static final String UNPAIR =
      """
      DELETE FROM likeness
      WHERE because = 'name_and_company' AND (lead_id = ANY ($1) OR other_id = ANY ($1))
      """;

  /** With a few of those of its name, so that a hundred test leads aren't five thousand pairs. */
  private static final String PAIR =
      """
      INSERT INTO likeness (lead_id, other_id, because, seen_at)
      SELECT least(n.lead_id, o.lead_id), greatest(n.lead_id, o.lead_id), 'name_and_company', now()
      FROM namesake n CROSS JOIN LATERAL (
        SELECT lead_id FROM namesake
        WHERE key = n.key AND lead_id <> n.lead_id ORDER BY lead_id LIMIT 5) AS o
      WHERE n.lead_id = ANY ($1)
      ON CONFLICT DO NOTHING
      """;

  private static final String MOVE = "UPDATE namesake_seen SET updated_at = $1, lead_id = $2";
  private static final String FORGET = "DELETE FROM namesake WHERE lead_id = $1";

  private final Transactions transactions;
  private final double still;

  PostgresNamesakes(
      Transactions transactions,
      @ConfigProperty(name = "baton.namesakes.still", defaultValue = "PT10S") Duration still) {
    this.transactions = transactions;
    this.still = still.toMillis() / 1000.0;
  }

  @Override
  public Uni<Integer> look(int most) {
    return transactions.run(
        tx ->
            tx.query(SEEN)
                .execute()
                .chain(
                    seen ->
                        seen.size() == 0
                            ? Uni.createFrom().item(0)
                            : look(tx, seen.iterator().next(), most)));
  }

  private Uni<Integer> look(SqlConnection tx, Row seen, int most) {
    return tx.preparedQuery(LOOK)
        .execute(
            Tuple.of(seen.getOffsetDateTime("updated_at"), seen.getUUID("lead_id"), most, still))
        .chain(
            found ->
                found.size() == 0 ? Uni.createFrom().item(0) : paired(tx, found.iterator().next()));
  }

  private static Uni<Integer> paired(SqlConnection tx, Row last) {
    var changed = Tuple.tuple().addArrayOfUUID(last.getArrayOfUUIDs("changed"));
    return tx.preparedQuery(UNPAIR)
        .execute(changed)
        .chain(() -> tx.preparedQuery(PAIR).execute(changed))
        .chain(
            () ->
                tx.preparedQuery(MOVE)
                    .execute(Tuple.of(last.getOffsetDateTime("updated_at"), last.getUUID("id"))))
        .replaceWith(last.getInteger("looked"));
  }

  /** Nothing that isn't told as contact. */
  @Override
  public Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject) {
    return Uni.createFrom().item(Map.of());
  }

  @Override
  public Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(FORGET).execute(Tuple.of(subject.leadId())).replaceWith(Map.of());
  }
}
