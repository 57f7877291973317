package baton.lead.dossier.postgres;

import static baton.lead.dossier.postgres.LeadRow.json;
import static baton.lead.dossier.postgres.LeadRow.time;

import baton.contracts.Json;
import baton.contracts.Topic;
import baton.lead.dossier.Contact;
import baton.lead.dossier.Frozen;
import baton.lead.dossier.Intake;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Leads.LostRace;
import baton.lead.dossier.Pass;
import baton.lead.dossier.Published;
import baton.lead.dossier.Standing;
import baton.lead.dossier.Touch;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an intake decided. The statements go out together and are answered together; locks
 * are taken leads first, then campaigns, then identities, each in key order, so that no two batches
 * wait for each other.
 */
@ApplicationScoped
class Writing {
  private static final int LEAD_COLUMNS = 24;

  private static final String WELCOME =
      """
      WITH known AS MATERIALIZED (
        SELECT DISTINCT given.lead_id
        FROM unnest($1::uuid[], $2::uuid[]) AS given (key, lead_id)
        CROSS JOIN LATERAL (SELECT FROM lead_identity kept WHERE kept.key = given.key LIMIT 1) kept
      ), given AS MATERIALIZED (
        SELECT *
        FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::timestamptz[], $7::text[],
                    $8::uuid[], $9::int[], $10::timestamptz[], $11::boolean[], $12::uuid[],
                    $13::text[], $14::text[], $15::timestamptz[], $16::uuid[], $17::text[],
                    $18::text[], $19::text[], $20::timestamptz[], $21::timestamptz[],
                    $22::text[], $23::text[], $24::text[], $25::timestamptz[], $26::text[],
                    $27::uuid[], $28::text[], $29::text[], $30::text[], $31::text[], $32::text[],
                    $33::text[], $34::text[])
             AS given (id, revision, sequence, updated_at, stage, pass_id, pass_number,
                       qualified_at, pass_open, touch_id, touch_kind, touch_asset, captured_at,
                       told_as, source, campaign_id, facts, pass_ended_at, judged_at, persona,
                       tier, score, said_qualified_at, pass_frozen, named, name, first_name,
                       last_name, email, phone, company_name, attributes)
        WHERE id NOT IN (SELECT lead_id FROM known)
      ), claimed AS (
        INSERT INTO lead_identity (key, lead_id)
        SELECT key, lead_id FROM unnest($1::uuid[], $2::uuid[]) AS claim (key, lead_id)
        WHERE lead_id NOT IN (SELECT lead_id FROM known)
      ), captured AS (
        INSERT INTO lead (id, revision, sequence, updated_at, stage, pass_id, pass_number,
                          qualified_at, pass_open, touch_id, touch_kind, touch_asset, captured_at,
                          told_as, source, campaign_id, facts, pass_ended_at, judged_at, persona,
                          tier, score, said_qualified_at, pass_frozen)
        SELECT id, revision, sequence, updated_at, stage, pass_id, pass_number, qualified_at,
               pass_open, touch_id, touch_kind, touch_asset, captured_at, told_as, source,
               campaign_id, facts, pass_ended_at, judged_at, persona, tier, score::numeric,
               said_qualified_at, pass_frozen
        FROM given
      ), named AS (
        INSERT INTO lead_contact (lead_id, name, first_name, last_name, email, phone, company_name,
                                  attributes)
        SELECT named, name, first_name, last_name, email, phone, company_name, attributes
        FROM given WHERE named IS NOT NULL
      ), published AS (
        INSERT INTO outbox (event_id, topic, key, sequence, occurred_at, traceparent, payload)
        SELECT event_id, topic, key, sequence, occurred_at, traceparent, payload
        FROM unnest($35::uuid[], $36::text[], $37::text[], $38::bigint[], $39::timestamptz[],
                    $40::text[], $41::bytea[], $42::uuid[])
             AS event (event_id, topic, key, sequence, occurred_at, traceparent, payload, lead_id)
        WHERE lead_id NOT IN (SELECT lead_id FROM known)
      )
      SELECT lead_id FROM known
      """;

  private final Campaigns campaigns;

  Writing(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  Uni<Void> write(SqlConnection tx, Intake intake) {
    return campaigns.know(tx, intake.campaigns()).chain(() -> rows(tx, intake));
  }

  private static Uni<Void> rows(SqlConnection tx, Intake intake) {
    var statements = new ArrayList<Uni<Void>>(8);
    var fresh = intake.fresh();
    var changed = intake.changed();
    if (!intake.claimed().isEmpty()) {
      statements.add(claim(tx, intake.claimed()));
    }
    if (!intake.released().isEmpty()) {
      statements.add(
          run(
              tx,
              "DELETE FROM lead_identity WHERE key = ANY ($1)",
              Tuple.of(intake.released().toArray(UUID[]::new))));
    }
    if (!fresh.isEmpty()) {
      statements.add(insertLeads(tx, fresh, intake.frozen()));
    }
    if (!changed.isEmpty()) {
      statements.add(updateLeads(tx, changed, intake.frozen()));
    }
    var contacts = new ArrayList<Lead>(fresh.size());
    fresh.stream().filter(Writing::isAnybody).forEach(contacts::add);
    contacts.addAll(intake.restated());
    if (!contacts.isEmpty()) {
      statements.add(contacts(tx, contacts));
    }
    if (!intake.touches().isEmpty()) {
      statements.add(touches(tx, intake.touches()));
    }
    if (!intake.published().isEmpty()) {
      statements.add(outbox(tx, intake.published()));
    }
    return statements.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(statements).andFailFast().replaceWithVoid();
  }

  /**
   * Writes what an intake decided about people it took for strangers, for those who are: answers
   * the ids of the leads of whom nothing was written, because somebody by one of their identities
   * is known. The look-ups are forced one by one through the index, however small the table seemed
   * when the statement was planned.
   */
  Uni<Set<UUID>> welcome(SqlConnection connection, Intake intake) {
    var claimed = new TreeMap<>(intake.claimed());
    var fresh = intake.fresh();
    var published = intake.published();
    var columns = new ArrayList<Object>(42);
    columns.add(claimed.keySet().toArray(UUID[]::new));
    columns.add(claimed.values().toArray(UUID[]::new));
    leads(columns, fresh, intake.frozen());
    contacts(columns, fresh);
    outbox(columns, published);
    columns.add(column(published, fact -> fact.event().leadId(), UUID[]::new));
    return connection
        .preparedQuery(WELCOME)
        .execute(Tuple.wrap(columns))
        .map(
            known -> {
              var ids = new HashSet<UUID>();
              known.forEach(row -> ids.add(row.getUUID(0)));
              return (Set<UUID>) ids;
            })
        .onFailure(Writing::isOneRowsFault)
        .recoverWithItem(() -> fresh.stream().map(Lead::leadId).collect(Collectors.toSet()));
  }

  /** A race lost to another instance, or data that PostgreSQL doesn't take. */
  private static boolean isOneRowsFault(Throwable failure) {
    return failure instanceof PgException refused
        && (refused.getSqlState().startsWith("22") || refused.getSqlState().startsWith("23"));
  }

  private static Uni<Void> claim(SqlConnection tx, Map<UUID, UUID> claimed) {
    var sorted = new TreeMap<>(claimed);
    return tx.preparedQuery(
            """
            INSERT INTO lead_identity (key, lead_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])
            ON CONFLICT DO NOTHING
            """)
        .execute(
            Tuple.of(sorted.keySet().toArray(UUID[]::new), sorted.values().toArray(UUID[]::new)))
        .invoke(
            written -> {
              if (written.rowCount() != sorted.size()) {
                throw new LostRace();
              }
            })
        .replaceWithVoid();
  }

  private static Uni<Void> insertLeads(
      SqlConnection tx, List<Lead> leads, Map<UUID, Frozen> frozen) {
    return run(
        tx,
        """
        INSERT INTO lead (id, revision, sequence, updated_at, stage, pass_id, pass_number,
                          qualified_at, pass_open, touch_id, touch_kind, touch_asset, captured_at,
                          told_as, source, campaign_id, facts, pass_ended_at, judged_at, persona,
                          tier, score, said_qualified_at, pass_frozen)
        SELECT a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v::numeric, w, x
        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[],
                    $6::uuid[], $7::int[], $8::timestamptz[], $9::boolean[], $10::uuid[],
                    $11::text[], $12::text[], $13::timestamptz[], $14::uuid[], $15::text[],
                    $16::text[], $17::text[], $18::timestamptz[], $19::timestamptz[],
                    $20::text[], $21::text[], $22::text[], $23::timestamptz[], $24::text[])
             AS given (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x)
        """,
        leads(leads, frozen));
  }

  private static Uni<Void> updateLeads(
      SqlConnection tx, List<Lead> leads, Map<UUID, Frozen> frozen) {
    return run(
        tx,
        """
        UPDATE lead SET revision = b, sequence = c, updated_at = d, stage = e, pass_id = f,
                        pass_number = g, qualified_at = h, pass_open = i, source = o,
                        campaign_id = p, facts = q, pass_ended_at = r, judged_at = s, persona = t,
                        tier = u, score = v::numeric, said_qualified_at = w,
                        pass_frozen = coalesce(x, pass_frozen)
        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[],
                    $6::uuid[], $7::int[], $8::timestamptz[], $9::boolean[], $10::uuid[],
                    $11::text[], $12::text[], $13::timestamptz[], $14::uuid[], $15::text[],
                    $16::text[], $17::text[], $18::timestamptz[], $19::timestamptz[],
                    $20::text[], $21::text[], $22::text[], $23::timestamptz[], $24::text[])
             AS given (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x)
        WHERE lead.id = a
        """,
        leads(leads, frozen));
  }

  private static Tuple leads(List<Lead> leads, Map<UUID, Frozen> frozen) {
    var columns = new ArrayList<Object>(LEAD_COLUMNS);
    leads(columns, leads, frozen);
    return Tuple.wrap(columns);
  }

  private static void leads(List<Object> columns, List<Lead> leads, Map<UUID, Frozen> frozen) {
    columns.add(column(leads, Lead::leadId, UUID[]::new));
    columns.add(column(leads, Lead::revision, Long[]::new));
    columns.add(column(leads, Lead::sequence, Long[]::new));
    columns.add(column(leads, lead -> time(lead.updatedAt()), OffsetDateTime[]::new));
    columns.add(column(leads, lead -> lead.stage().word(), String[]::new));
    columns.add(column(leads, lead -> of(lead.pass(), Pass::passId), UUID[]::new));
    columns.add(column(leads, lead -> of(lead.pass(), Pass::number), Integer[]::new));
    columns.add(
        column(
            leads,
            lead -> of(lead.pass(), pass -> time(pass.qualifiedAt())),
            OffsetDateTime[]::new));
    columns.add(column(leads, lead -> of(lead.pass(), Pass::open), Boolean[]::new));
    columns.add(column(leads, lead -> lead.first().touchId(), UUID[]::new));
    columns.add(column(leads, lead -> lead.first().kind(), String[]::new));
    columns.add(column(leads, lead -> lead.first().asset(), String[]::new));
    columns.add(column(leads, lead -> time(lead.first().at()), OffsetDateTime[]::new));
    columns.add(column(leads, lead -> lead.first().toldAs(), UUID[]::new));
    columns.add(column(leads, lead -> lead.facts().source(), String[]::new));
    columns.add(column(leads, lead -> lead.facts().campaignId(), String[]::new));
    columns.add(column(leads, lead -> json(lead.facts()), String[]::new));
    columns.add(
        column(
            leads, lead -> of(lead.pass(), pass -> time(pass.endedAt())), OffsetDateTime[]::new));
    columns.add(
        column(leads, lead -> of(lead.standing(), now -> time(now.asOf())), OffsetDateTime[]::new));
    columns.add(column(leads, lead -> of(lead.standing(), Standing::persona), String[]::new));
    columns.add(column(leads, lead -> of(lead.standing(), Standing::tier), String[]::new));
    columns.add(
        column(
            leads, lead -> of(lead.standing(), now -> now.score().toPlainString()), String[]::new));
    columns.add(
        column(
            leads,
            lead -> of(lead.standing(), now -> time(now.saidQualifiedAt())),
            OffsetDateTime[]::new));
    columns.add(column(leads, lead -> of(frozen.get(lead.leadId()), LeadRow::json), String[]::new));
  }

  /** The columns of leads' contacts; a lead of whom nothing personal is known has no id there. */
  private static void contacts(List<Object> columns, List<Lead> leads) {
    columns.add(column(leads, lead -> isAnybody(lead) ? lead.leadId() : null, UUID[]::new));
    columns.add(column(leads, lead -> lead.contact().name(), String[]::new));
    columns.add(column(leads, lead -> lead.contact().firstName(), String[]::new));
    columns.add(column(leads, lead -> lead.contact().lastName(), String[]::new));
    columns.add(
        column(leads, lead -> of(lead.contact().email(), email -> email.shown()), String[]::new));
    columns.add(
        column(
            leads, lead -> of(lead.contact().phone(), phone -> phone.normalized()), String[]::new));
    columns.add(column(leads, lead -> lead.contact().companyName(), String[]::new));
    columns.add(
        column(leads, lead -> LeadRow.attributes(lead.contact().attributes()), String[]::new));
  }

  private static boolean isAnybody(Lead lead) {
    return !lead.contact().equals(Contact.NOBODY);
  }

  private static Uni<Void> contacts(SqlConnection tx, List<Lead> leads) {
    var columns = new ArrayList<Object>(8);
    contacts(columns, leads);
    return run(
        tx,
        """
        INSERT INTO lead_contact (lead_id, name, first_name, last_name, email, phone, company_name,
                                  attributes)
        SELECT a, b, c, d, e, f, g, h
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::text[]) AS given (a, b, c, d, e, f, g, h)
        ON CONFLICT (lead_id) DO UPDATE
        SET name = excluded.name, first_name = excluded.first_name, last_name = excluded.last_name,
            email = excluded.email, phone = excluded.phone, company_name = excluded.company_name,
            attributes = excluded.attributes
        """,
        Tuple.wrap(columns));
  }

  private static Uni<Void> touches(SqlConnection tx, List<Touch> touches) {
    var columns = new ArrayList<Object>(11);
    columns.add(column(touches, Touch::leadId, UUID[]::new));
    columns.add(column(touches, Touch::touchId, UUID[]::new));
    columns.add(column(touches, touch -> time(touch.at()), OffsetDateTime[]::new));
    columns.add(column(touches, Touch::kind, String[]::new));
    columns.add(column(touches, Touch::asset, String[]::new));
    columns.add(column(touches, Touch::source, String[]::new));
    columns.add(column(touches, Touch::medium, String[]::new));
    columns.add(column(touches, Touch::channel, String[]::new));
    columns.add(column(touches, Touch::campaignId, String[]::new));
    columns.add(column(touches, touch -> LeadRow.attributes(touch.attributes()), String[]::new));
    columns.add(column(touches, Touch::toldAs, UUID[]::new));
    return run(
        tx,
        """
        INSERT INTO touch (lead_id, id, occurred_at, kind, asset, source, medium, channel,
                           campaign_id, attributes, told_as)
        SELECT a, b, c, d, e, f, g, h, i, j, k
        FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::text[], $9::text[], $10::text[], $11::uuid[])
             AS given (a, b, c, d, e, f, g, h, i, j, k)
        """,
        Tuple.wrap(columns));
  }

  private static Uni<Void> outbox(SqlConnection tx, List<Published> published) {
    var columns = new ArrayList<Object>(7);
    outbox(columns, published);
    return run(
        tx,
        """
        INSERT INTO outbox (event_id, topic, key, sequence, occurred_at, traceparent, payload)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[],
                             $6::text[], $7::bytea[])
        """,
        Tuple.wrap(columns));
  }

  private static void outbox(List<Object> columns, List<Published> published) {
    columns.add(column(published, _ -> UuidCreator.getTimeOrderedEpoch(), UUID[]::new));
    columns.add(column(published, fact -> Topic.of(fact.event()).topicName(), String[]::new));
    columns.add(column(published, fact -> fact.event().key(), String[]::new));
    columns.add(column(published, Published::sequence, Long[]::new));
    columns.add(column(published, fact -> time(fact.event().occurredAt()), OffsetDateTime[]::new));
    columns.add(column(published, Published::traceparent, String[]::new));
    columns.add(column(published, fact -> Buffer.buffer(Json.bytes(fact.event())), Buffer[]::new));
  }

  private static Uni<Void> run(SqlConnection tx, String statement, Tuple values) {
    return tx.preparedQuery(statement).execute(values).replaceWithVoid();
  }

  private static <T> Object column(
      Collection<T> rows, Function<T, @Nullable Object> value, IntFunction<Object[]> array) {
    @Nullable Object[] column = array.apply(rows.size());
    int next = 0;
    for (var row : rows) {
      column[next++] = value.apply(row);
    }
    return column;
  }

  private static <T> @Nullable Object of(@Nullable T thing, Function<T, @Nullable Object> part) {
    return thing == null ? null : part.apply(thing);
  }
}
