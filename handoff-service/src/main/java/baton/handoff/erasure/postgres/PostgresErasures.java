package baton.handoff.erasure.postgres;

import baton.chassis.idempotency.Answers;
import baton.contracts.LeadErased;
import baton.handoff.breach.Breaches;
import baton.handoff.contact.Contacts;
import baton.handoff.erasure.Erasures;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PostgresErasures implements Erasures {
  private static final String REMEMBER =
      """
      INSERT INTO erased_lead (lead_id, erased_at)
      SELECT DISTINCT ON (1) * FROM unnest($1::uuid[], $2::timestamptz[]) ORDER BY 1, 2
      ON CONFLICT DO NOTHING
      """;

  /** That there were facts is what says that a seller verified the lead. */
  private static final String BLANK =
      """
      UPDATE handoff SET note = NULL, facts = CASE WHEN facts IS NOT NULL THEN '{}'::jsonb END
      WHERE lead_id = ANY($1) AND (note IS NOT NULL OR facts <> '{}')
      """;

  private final Contacts contacts;
  private final Breaches breaches;
  private final Answers answers;

  PostgresErasures(Contacts contacts, Breaches breaches, Answers answers) {
    this.contacts = contacts;
    this.breaches = breaches;
    this.answers = answers;
  }

  @Override
  public Uni<Void> erase(SqlConnection tx, List<LeadErased> erased) {
    var ids = erased.stream().map(LeadErased::leadId).toArray(UUID[]::new);
    var times =
        erased.stream()
            .map(each -> each.occurredAt().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new);
    return tx.preparedQuery(REMEMBER)
        .execute(Tuple.of(ids, times))
        .chain(() -> contacts.forget(tx, List.of(ids)))
        .chain(() -> breaches.forget(tx, List.of(ids)))
        .chain(() -> tx.preparedQuery(BLANK).execute(Tuple.tuple().addArrayOfUUID(ids)))
        .chain(() -> answers.blank(tx, List.of(ids)))
        .replaceWithVoid();
  }
}
