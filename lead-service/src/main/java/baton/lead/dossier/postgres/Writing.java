package baton.lead.dossier.postgres;

import static baton.lead.dossier.postgres.LeadRow.json;
import static baton.lead.dossier.postgres.LeadRow.time;

import baton.chassis.database.Contended;
import baton.chassis.outbox.Outbox;
import baton.contracts.Json;
import baton.contracts.Topic;
import baton.lead.dossier.Agreed;
import baton.lead.dossier.Contact;
import baton.lead.dossier.Frozen;
import baton.lead.dossier.Intake;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Likeness;
import baton.lead.dossier.Merge;
import baton.lead.dossier.Pass;
import baton.lead.dossier.Published;
import baton.lead.dossier.Standing;
import baton.lead.dossier.Touch;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
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
  private static final Given IDENTITY = new Given("uuid key, uuid lead_id");
  private static final Given LEAD =
      new Given(
          """
          uuid id, bigint revision, bigint sequence, timestamptz updated_at, text stage,
          uuid pass_id, int pass_number, timestamptz qualified_at, boolean pass_open,
          uuid touch_id, text touch_kind, text touch_asset, timestamptz captured_at, uuid told_as,
          text source, text campaign_id, text facts, timestamptz pass_ended_at,
          timestamptz judged_at, text persona, text tier, numeric score,
          timestamptz said_qualified_at, text pass_frozen
          """);
  private static final Given CONTACT =
      new Given(
          """
          uuid lead_id, text name, text first_name, text last_name, text email, text phone,
          text company_name, text attributes
          """);
  private static final Given TOUCH =
      new Given(
          """
          uuid lead_id, uuid id, timestamptz occurred_at, text kind, text asset, text source,
          text medium, text channel, text campaign_id, text attributes, uuid told_as
          """);
  private static final Given CONSENT =
      new Given(
          """
          uuid lead_id, text purpose, timestamptz at, boolean given, text wording, text version,
          text source, timestamptz heard_at
          """);
  private static final Given EVENT =
      new Given(
          """
          uuid event_id, text topic, uuid lead_id, bigint sequence, timestamptz occurred_at,
          text traceparent, bytea payload
          """);

  private static final Given MERGE =
      new Given(
          """
          uuid id, uuid survivor, uuid absorbed, text reason, timestamptz merged_at,
          timestamptz undone_at
          """);
  private static final Given LIKENESS =
      new Given("uuid lead_id, uuid other_id, text because, timestamptz seen_at");

  private static final String REGROUP =
      "UPDATE lead SET survivor_id = given.survivor_id FROM "
          + new Given("uuid id, uuid survivor_id").from(1)
          + " WHERE lead.id = given.id";
  private static final String PUT_MERGES =
      MERGE.into("merge") + " ON CONFLICT (id) DO UPDATE SET undone_at = excluded.undone_at";
  private static final String INSERT_LIKENESSES =
      LIKENESS.into("likeness") + " ON CONFLICT DO NOTHING";
  private static final String CLAIM =
      "INSERT INTO lead_identity (key, lead_id) SELECT * FROM " + IDENTITY.from(1);
  private static final String CLAIM_UNLESS_TAKEN = CLAIM + " ON CONFLICT DO NOTHING";

  /** One that is reserved may be free again by now. */
  private static final String TAKE_UP =
      "INSERT INTO lead_identity AS known (key, lead_id) SELECT * FROM "
          + IDENTITY.from(1)
          + " ON CONFLICT (key) DO UPDATE SET lead_id = excluded.lead_id WHERE known.lead_id = '"
          + PostgresConsents.NOBODY
          + "'";

  private static final String RELEASE =
      """
      WITH reserved AS (
        UPDATE lead_identity known SET lead_id = '%s' WHERE key = ANY ($1)
          AND EXISTS (SELECT FROM withdrawal w WHERE w.key = known.key)
      )
      DELETE FROM lead_identity known WHERE key = ANY ($1)
        AND NOT EXISTS (SELECT FROM withdrawal w WHERE w.key = known.key)
      """
          .formatted(PostgresConsents.NOBODY);
  private static final String INSERT_LEADS = LEAD.into("lead");
  private static final String PUT_CONTACTS =
      CONTACT.into("lead_contact")
          + """
           ON CONFLICT (lead_id) DO UPDATE
           SET name = excluded.name, first_name = excluded.first_name,
               last_name = excluded.last_name, email = excluded.email, phone = excluded.phone,
               company_name = excluded.company_name, attributes = excluded.attributes
          """;
  private static final String INSERT_TOUCHES = TOUCH.into("touch");
  private static final String INSERT_CONSENTS = CONSENT.into("consent") + " ON CONFLICT DO NOTHING";
  private static final String PUBLISH =
      """
      INSERT INTO outbox (event_id, topic, key, sequence, occurred_at, traceparent, payload)
      SELECT event_id, topic, lead_id::text, sequence, occurred_at, traceparent, payload FROM
      """;
  private static final String INSERT_EVENTS = PUBLISH + EVENT.from(1);
  private static final String UPDATE_LEADS =
      """
      UPDATE lead
      SET revision = given.revision, sequence = given.sequence, updated_at = given.updated_at,
          stage = given.stage, pass_id = given.pass_id, pass_number = given.pass_number,
          qualified_at = given.qualified_at, pass_open = given.pass_open, source = given.source,
          campaign_id = given.campaign_id, facts = given.facts,
          pass_ended_at = given.pass_ended_at, judged_at = given.judged_at,
          persona = given.persona, tier = given.tier, score = given.score,
          said_qualified_at = given.said_qualified_at,
          pass_frozen = coalesce(given.pass_frozen, lead.pass_frozen)
      FROM
      """
          + LEAD.from(1)
          + " WHERE lead.id = given.id";

  private static final String WELCOME =
      """
      WITH known AS MATERIALIZED (
        SELECT DISTINCT given.lead_id FROM %s
        CROSS JOIN LATERAL (SELECT FROM lead_identity kept WHERE kept.key = given.key LIMIT 1) kept
      ), claimed AS (
        %s WHERE lead_id NOT IN (SELECT lead_id FROM known)
      ), captured AS (
        INSERT INTO lead (%s) SELECT * FROM %s WHERE id NOT IN (SELECT lead_id FROM known)
      ), named AS (
        INSERT INTO lead_contact (%s) SELECT * FROM %s
        WHERE lead_id NOT IN (SELECT lead_id FROM known)
      ), published AS (
        %s %s WHERE lead_id NOT IN (SELECT lead_id FROM known)
      ), agreed AS (
        INSERT INTO consent (%s) SELECT * FROM %s
        WHERE lead_id NOT IN (SELECT lead_id FROM known) ON CONFLICT DO NOTHING
      )
      SELECT lead_id FROM known
      """
          .formatted(
              IDENTITY.from(1),
              CLAIM,
              LEAD.names(),
              LEAD.from(3),
              CONTACT.names(),
              CONTACT.from(27),
              PUBLISH,
              EVENT.from(35),
              CONSENT.names(),
              CONSENT.from(42));

  private final Campaigns campaigns;

  Writing(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  Uni<Void> write(SqlConnection tx, Intake intake) {
    return campaigns
        .know(tx, intake.campaigns())
        .chain(() -> rows(tx, intake))
        .chain(() -> groups(tx, intake));
  }

  /** Who is whom, of leads that are all written. */
  private static Uni<Void> groups(SqlConnection tx, Intake intake) {
    var statements = new ArrayList<Uni<Void>>(3);
    var regrouped = intake.regrouped();
    if (!regrouped.isEmpty()) {
      statements.add(
          run(
              tx,
              REGROUP,
              Tuple.of(
                  column(regrouped, Lead::leadId, UUID[]::new),
                  column(regrouped, Lead::survivorId, UUID[]::new))));
    }
    if (!intake.merges().isEmpty()) {
      statements.add(merges(tx, intake.merges()));
    }
    if (!intake.likenesses().isEmpty()) {
      statements.add(likenesses(tx, intake.likenesses()));
    }
    return statements.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(statements).andFailFast().replaceWithVoid();
  }

  private static Uni<Void> merges(SqlConnection tx, List<Merge> merges) {
    var columns = new ArrayList<Object>(6);
    columns.add(column(merges, Merge::mergeId, UUID[]::new));
    columns.add(column(merges, Merge::survivor, UUID[]::new));
    columns.add(column(merges, Merge::absorbed, UUID[]::new));
    columns.add(column(merges, merge -> merge.reason().word(), String[]::new));
    columns.add(column(merges, merge -> time(merge.mergedAt()), OffsetDateTime[]::new));
    columns.add(column(merges, merge -> time(merge.undoneAt()), OffsetDateTime[]::new));
    return run(tx, PUT_MERGES, Tuple.wrap(columns));
  }

  private static Uni<Void> likenesses(SqlConnection tx, List<Likeness> likenesses) {
    var columns = new ArrayList<Object>(4);
    columns.add(column(likenesses, Likeness::leadId, UUID[]::new));
    columns.add(column(likenesses, Likeness::otherId, UUID[]::new));
    columns.add(
        column(likenesses, one -> one.because().name().toLowerCase(Locale.ROOT), String[]::new));
    columns.add(column(likenesses, one -> time(one.seenAt()), OffsetDateTime[]::new));
    return run(tx, INSERT_LIKENESSES, Tuple.wrap(columns));
  }

  private static Uni<Void> rows(SqlConnection tx, Intake intake) {
    var statements = new ArrayList<Uni<Void>>(8);
    var fresh = intake.fresh();
    var changed = intake.changed();
    claim(tx, intake, statements);
    if (!intake.released().isEmpty()) {
      statements.add(run(tx, RELEASE, Tuple.of(intake.released().toArray(UUID[]::new))));
    }
    if (!fresh.isEmpty()) {
      statements.add(run(tx, INSERT_LEADS, leads(fresh, intake.frozen())));
    }
    if (!changed.isEmpty()) {
      statements.add(run(tx, UPDATE_LEADS, leads(changed, intake.frozen())));
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
    if (!intake.agreed().isEmpty()) {
      var columns = new ArrayList<Object>(8);
      consents(columns, intake.agreed());
      statements.add(run(tx, INSERT_CONSENTS, Tuple.wrap(columns)));
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
    var columns = new ArrayList<Object>(49);
    columns.add(claimed.keySet().toArray(UUID[]::new));
    columns.add(claimed.values().toArray(UUID[]::new));
    leads(columns, fresh, intake.frozen());
    contacts(columns, fresh.stream().filter(Writing::isAnybody).toList());
    outbox(columns, published);
    consents(columns, intake.agreed());
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

  /** Those that were reserved are held, and become somebody's; all others are inserted. */
  private static void claim(SqlConnection tx, Intake intake, List<Uni<Void>> statements) {
    var reserved = new TreeMap<>(intake.claimed());
    reserved.keySet().retainAll(intake.reserved());
    var claimed = new TreeMap<>(intake.claimed());
    claimed.keySet().removeAll(reserved.keySet());
    if (!reserved.isEmpty()) {
      statements.add(claim(tx, TAKE_UP, reserved));
    }
    if (!claimed.isEmpty()) {
      statements.add(claim(tx, CLAIM_UNLESS_TAKEN, claimed));
    }
  }

  private static Uni<Void> claim(SqlConnection tx, String statement, Map<UUID, UUID> sorted) {
    return tx.preparedQuery(statement)
        .execute(
            Tuple.of(sorted.keySet().toArray(UUID[]::new), sorted.values().toArray(UUID[]::new)))
        .invoke(
            written -> {
              if (written.rowCount() != sorted.size()) {
                throw new Contended("an identity was claimed meanwhile");
              }
            })
        .replaceWithVoid();
  }

  private static Tuple leads(List<Lead> leads, Map<UUID, Frozen> frozen) {
    var columns = new ArrayList<Object>(24);
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

  private static void contacts(List<Object> columns, List<Lead> leads) {
    columns.add(column(leads, Lead::leadId, UUID[]::new));
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
    return run(tx, PUT_CONTACTS, Tuple.wrap(columns));
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
    return run(tx, INSERT_TOUCHES, Tuple.wrap(columns));
  }

  private static void consents(List<Object> columns, List<Agreed> agreed) {
    columns.add(column(agreed, Agreed::leadId, UUID[]::new));
    columns.add(column(agreed, each -> each.evidence().consent().purpose(), String[]::new));
    columns.add(
        column(agreed, each -> time(each.evidence().consent().at()), OffsetDateTime[]::new));
    columns.add(column(agreed, each -> each.evidence().consent().given(), Boolean[]::new));
    columns.add(column(agreed, each -> each.evidence().wording(), String[]::new));
    columns.add(column(agreed, each -> each.evidence().version(), String[]::new));
    columns.add(column(agreed, each -> each.evidence().source(), String[]::new));
    columns.add(column(agreed, each -> time(each.heardAt()), OffsetDateTime[]::new));
  }

  static Uni<Void> outbox(SqlConnection tx, List<Published> published) {
    var columns = new ArrayList<Object>(7);
    outbox(columns, published);
    return run(tx, INSERT_EVENTS, Tuple.wrap(columns));
  }

  private static void outbox(List<Object> columns, List<Published> published) {
    columns.add(column(published, _ -> Outbox.newEventId(), UUID[]::new));
    columns.add(column(published, fact -> Topic.of(fact.event()).topicName(), String[]::new));
    columns.add(column(published, fact -> fact.event().leadId(), UUID[]::new));
    columns.add(column(published, Published::sequence, Long[]::new));
    columns.add(column(published, fact -> time(fact.event().occurredAt()), OffsetDateTime[]::new));
    columns.add(column(published, Published::traceparent, String[]::new));
    columns.add(column(published, fact -> Buffer.buffer(Json.bytes(fact.event())), Buffer[]::new));
  }

  private static Uni<Void> run(SqlConnection tx, String statement, Tuple values) {
    return tx.preparedQuery(statement).execute(values).replaceWithVoid();
  }

  /**
   * Without the nulls at its end, which {@link Given} puts back: of most columns nothing is left.
   */
  private static <T> Object column(
      Collection<T> rows, Function<T, @Nullable Object> value, IntFunction<Object[]> array) {
    @Nullable Object[] column = array.apply(rows.size());
    int next = 0;
    int end = 0;
    for (var row : rows) {
      var one = value.apply(row);
      column[next++] = one;
      if (one != null) {
        end = next;
      }
    }
    return end == column.length ? column : Arrays.copyOf(column, end);
  }

  private static <T> @Nullable Object of(@Nullable T thing, Function<T, @Nullable Object> part) {
    return thing == null ? null : part.apply(thing);
  }
}
