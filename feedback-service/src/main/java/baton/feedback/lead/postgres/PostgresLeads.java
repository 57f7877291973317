package baton.feedback.lead.postgres;

import static baton.chassis.database.Columns.column;

import baton.chassis.kin.Kin;
import baton.chassis.kin.People;
import baton.contracts.LeadErased;
import baton.feedback.lead.Handoff;
import baton.feedback.lead.Lead;
import baton.feedback.lead.LeadName;
import baton.feedback.lead.Leads;
import baton.feedback.lead.News;
import baton.feedback.lead.Pass;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Both who asks for a name and who learns of one go through its row: the unique index decides who
 * comes first, and the other one waits for him and then sees what he left.
 */
@ApplicationScoped
class PostgresLeads implements Leads {
  private static final String ASKED =
      "unnest($1::text[], $2::text[], $3::text[]) AS asked (kind, system, id)";

  /** Who lives and goes by a name comes before who went by it until they were erased. */
  private static final String KNOWN =
      "SELECT kind, system, id, coalesce(n.lead_id, gone.lead_id) AS lead_id, n.lead_id IS NULL AS"
          + " nameless FROM "
          + ASKED
          + """
           LEFT JOIN lead_name n USING (kind, system, id)
          LEFT JOIN erased_name gone ON n.lead_id IS NULL AND kind = 'external' AND id LIKE 'hmac-%'
            AND digest = name_digest(system, id)
          WHERE n.lead_id IS NOT NULL OR gone.lead_id IS NOT NULL
          """;

  private static final String AWAIT =
      "INSERT INTO lead_name (kind, system, id) SELECT kind, system, id FROM "
          + ASKED
          + " ORDER BY kind, system, id ON CONFLICT DO NOTHING";
  private static final String ASK_AGAIN =
      "SELECT kind, system, id, lead_id, false AS nameless FROM lead_name JOIN "
          + ASKED
          + " USING (kind, system, id) ORDER BY kind, system, id FOR SHARE OF lead_name";

  /** A name that would give an erased lead away, and is heard only now, is known as all of them. */
  private static final String LEARN_NAMES =
      """
      WITH late AS (
        INSERT INTO erased_name (digest, lead_id)
        SELECT DISTINCT ON (1) name_digest(system, id), lead_id
        FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) AS told (kind, system, id, lead_id)
        WHERE kind = 'external' AND id LIKE 'hmac-%'
          AND EXISTS (SELECT FROM erased_lead gone WHERE gone.lead_id = told.lead_id)
        ORDER BY 1
        ON CONFLICT DO NOTHING
      )
      INSERT INTO lead_name AS known (kind, system, id, lead_id)
      SELECT kind, system, id, lead_id
      FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) AS told (kind, system, id, lead_id)
      WHERE kind <> 'external' OR id NOT LIKE 'hmac-%'
        OR NOT EXISTS (SELECT FROM erased_lead gone WHERE gone.lead_id = told.lead_id)
      ORDER BY kind, system, id
      ON CONFLICT (kind, system, id) DO UPDATE SET lead_id = EXCLUDED.lead_id
      WHERE known.lead_id IS NULL
        OR EXISTS (SELECT FROM erased_lead gone WHERE gone.lead_id = known.lead_id)
          AND NOT EXISTS (SELECT FROM erased_lead gone WHERE gone.lead_id = EXCLUDED.lead_id)
      """;

  private static final String LEARN_PASSES =
      """
      INSERT INTO pass (pass_id, lead_id, qualified_at)
      SELECT DISTINCT ON (1) * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) ORDER BY 1
      ON CONFLICT DO NOTHING
      """;
  private static final String LEARN_HANDOFFS =
      """
      INSERT INTO handoff AS known (handoff_id, lead_id, pass_id, seller_id, revision)
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[]) ORDER BY 1
      ON CONFLICT (handoff_id) DO UPDATE
      SET seller_id = EXCLUDED.seller_id, revision = EXCLUDED.revision
      WHERE known.revision < EXCLUDED.revision
      """;
  private static final String REMEMBER =
      """
      INSERT INTO erased_lead (lead_id, erased_at)
      SELECT DISTINCT ON (1) * FROM unnest($1::uuid[], $2::timestamptz[]) ORDER BY 1, 2
      ON CONFLICT DO NOTHING
      """;
  private static final String UNNAME =
      """
      WITH gone AS (
        DELETE FROM lead_name
        WHERE lead_id = ANY($1) AND kind = 'external' AND id LIKE 'hmac-%'
        RETURNING system, id, lead_id
      )
      INSERT INTO erased_name (digest, lead_id)
      SELECT name_digest(system, id), lead_id FROM gone ORDER BY 1
      ON CONFLICT (digest) DO UPDATE SET lead_id = excluded.lead_id
      """;
  private static final String PASSES =
      "SELECT pass_id, lead_id, qualified_at FROM pass WHERE lead_id = ANY($1)";
  private static final String HANDOFFS =
      "SELECT handoff_id, lead_id, pass_id, seller_id, revision FROM handoff WHERE lead_id ="
          + " ANY($1)";

  private final Kin kin;

  PostgresLeads(Kin kin) {
    this.kin = kin;
  }

  @Override
  public Uni<Map<LeadName, Lead>> find(SqlConnection tx, Collection<LeadName> names) {
    var asked = new TreeSet<>(names);
    return tx.preparedQuery(KNOWN)
        .execute(names(asked))
        .map(PostgresLeads::owners)
        .chain(
            known -> {
              asked.removeAll(known.keySet());
              return asked.isEmpty()
                  ? Uni.createFrom().item(known)
                  : await(tx, asked)
                      .map(
                          more -> {
                            known.putAll(more);
                            return known;
                          });
            })
        .chain(known -> leads(tx, known));
  }

  /** Whose a name is, or was until they were erased. */
  private record Owner(UUID leadId, boolean nameless) {}

  private static Uni<Map<LeadName, Owner>> await(SqlConnection tx, Collection<LeadName> unknown) {
    return tx.preparedQuery(AWAIT)
        .execute(names(unknown))
        .chain(() -> tx.preparedQuery(ASK_AGAIN).execute(names(unknown)))
        .map(PostgresLeads::owners);
  }

  @Override
  public Uni<Map<LeadName, Lead>> learn(SqlConnection tx, News news) {
    return learnPasses(tx, news.passes())
        .chain(() -> learnHandoffs(tx, news.handoffs()))
        .chain(() -> learnNames(tx, news.names()))
        .chain(known -> leads(tx, known));
  }

  @Override
  public Uni<Void> erased(SqlConnection tx, List<LeadErased> erased) {
    var ids = column(erased, LeadErased::leadId, UUID[]::new);
    var times = column(erased, each -> utc(each.occurredAt()), OffsetDateTime[]::new);
    return tx.preparedQuery(REMEMBER)
        .execute(Tuple.of(ids, times))
        .chain(() -> tx.preparedQuery(UNNAME).execute(Tuple.tuple().addArrayOfUUID(ids)))
        .replaceWithVoid();
  }

  private static Uni<Map<LeadName, Owner>> learnNames(SqlConnection tx, Map<LeadName, UUID> names) {
    if (names.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    var leadIds = names.values().toArray(UUID[]::new);
    return tx.preparedQuery(LEARN_NAMES)
        .execute(names(names.keySet()).addArrayOfUUID(leadIds))
        .chain(() -> tx.preparedQuery(KNOWN).execute(names(names.keySet())))
        .map(PostgresLeads::owners);
  }

  private static Uni<Void> learnPasses(SqlConnection tx, List<Pass> passes) {
    if (passes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(LEARN_PASSES)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(column(passes, Pass::passId, UUID[]::new))
                .addArrayOfUUID(column(passes, Pass::leadId, UUID[]::new))
                .addArrayOfOffsetDateTime(
                    column(passes, pass -> utc(pass.qualifiedAt()), OffsetDateTime[]::new)))
        .replaceWithVoid();
  }

  private static Uni<Void> learnHandoffs(SqlConnection tx, List<Handoff> handoffs) {
    if (handoffs.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(LEARN_HANDOFFS)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(column(handoffs, Handoff::handoffId, UUID[]::new))
                .addArrayOfUUID(column(handoffs, Handoff::leadId, UUID[]::new))
                .addArrayOfUUID(column(handoffs, Handoff::passId, UUID[]::new))
                .addArrayOfString(handoffs.stream().map(Handoff::sellerId).toArray(String[]::new))
                .addArrayOfLong(column(handoffs, Handoff::revision, Long[]::new)))
        .replaceWithVoid();
  }

  private Uni<Map<LeadName, Lead>> leads(SqlConnection tx, Map<LeadName, Owner> owners) {
    return owners.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : kin.people(tx, owners.values().stream().map(Owner::leadId).toList())
            .chain(people -> leads(tx, owners, people));
  }

  private static Uni<Map<LeadName, Lead>> leads(
      SqlConnection tx, Map<LeadName, Owner> owners, People people) {
    var leadIds = people.leads();
    return tx.preparedQuery(PASSES)
        .execute(Tuple.of(leadIds))
        .chain(
            passes ->
                tx.preparedQuery(HANDOFFS)
                    .execute(Tuple.of(leadIds))
                    .map(handoffs -> leads(owners, people, passes, handoffs)));
  }

  private static Map<LeadName, Lead> leads(
      Map<LeadName, Owner> owners, People people, RowSet<Row> passRows, RowSet<Row> handoffRows) {
    var passes = new HashMap<UUID, List<Pass>>();
    for (var row : passRows) {
      var pass =
          new Pass(
              row.getUUID("pass_id"),
              row.getUUID("lead_id"),
              row.getOffsetDateTime("qualified_at").toInstant());
      passes.computeIfAbsent(pass.leadId(), id -> new ArrayList<>()).add(pass);
    }
    var handoffs = new HashMap<UUID, List<Handoff>>();
    for (var row : handoffRows) {
      var handoff =
          new Handoff(
              row.getUUID("handoff_id"),
              row.getUUID("lead_id"),
              row.getUUID("pass_id"),
              row.getString("seller_id"),
              row.getLong("revision"));
      handoffs.computeIfAbsent(handoff.leadId(), id -> new ArrayList<>()).add(handoff);
    }
    var leads = new TreeMap<LeadName, Lead>();
    owners.forEach(
        (name, owner) -> {
          var id = owner.leadId();
          var kin = people.kin(id);
          var lead =
              new Lead(
                  people.survivor(id),
                  all(kin, passes),
                  all(kin, handoffs),
                  Set.copyOf(kin),
                  owner.nameless());
          leads.put(name, name.kind() == LeadName.Kind.HANDOFF ? lead.keptBy(id) : lead);
        });
    return leads;
  }

  private static <T> List<T> all(Collection<UUID> leads, Map<UUID, List<T>> of) {
    return leads.stream().flatMap(lead -> of.getOrDefault(lead, List.of()).stream()).toList();
  }

  private static Map<LeadName, Owner> owners(RowSet<Row> rows) {
    var owners = new TreeMap<LeadName, Owner>();
    for (var row : rows) {
      var leadId = row.getUUID("lead_id");
      if (leadId != null) {
        var kind = LeadName.Kind.named(row.getString("kind"));
        owners.put(
            new LeadName(kind, row.getString("system"), row.getString("id")),
            new Owner(leadId, row.getBoolean("nameless")));
      }
    }
    return owners;
  }

  private static Tuple names(Collection<LeadName> names) {
    return Tuple.tuple()
        .addArrayOfString(column(names, name -> name.kind().word(), String[]::new))
        .addArrayOfString(column(names, LeadName::system, String[]::new))
        .addArrayOfString(column(names, LeadName::id, String[]::new));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
