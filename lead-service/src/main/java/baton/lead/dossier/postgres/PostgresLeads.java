package baton.lead.dossier.postgres;

import baton.charter.scoring.Remembered;
import baton.chassis.charter.Charters;
import baton.chassis.database.Contended;
import baton.chassis.database.Transactions;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.ETags;
import baton.chassis.paging.Page;
import baton.contracts.ExternalId;
import baton.lead.dossier.Advance;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Edited;
import baton.lead.dossier.Frozen;
import baton.lead.dossier.Intake;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Leads;
import baton.lead.dossier.Person;
import baton.lead.dossier.Reply;
import baton.lead.dossier.Touch;
import baton.lead.identity.Email;
import baton.lead.identity.Identity;
import baton.lead.identity.Phone;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Resolves identities, locks the leads they name in id order, decides in memory, writes what was
 * decided. A batch of strangers is one statement.
 */
@ApplicationScoped
class PostgresLeads implements Leads {
  /** Who was erased is nobody's to find. */
  private static final String FROM =
      """
       FROM (SELECT * FROM lead WHERE erased_at IS NULL) l
      LEFT JOIN lead_contact c ON c.lead_id = l.id
      """;

  private static final String LEADS = "SELECT " + LeadRow.COLUMNS + FROM;
  private static final String WITH_ABSORBED = "WHERE l.id = $1 OR l.survivor_id = $1";
  private static final int MOST_KINDS = 100;
  private static final String NAME =
      "lower(coalesce(c.name, c.first_name || ' ' || c.last_name, c.last_name, c.first_name))";
  private static final UUID[] NO_IDS = {};

  private static final String OWNERS =
      """
      SELECT key, lead_id, NULL AS purpose, NULL::timestamptz AS at, NULL AS source
      FROM lead_identity WHERE key = ANY ($1)
      UNION ALL
      SELECT key, NULL, purpose, at, source FROM withdrawal WHERE key = ANY ($1)
      """;

  /** So that nobody withdraws more under them until somebody goes by them. */
  private static final String HOLD =
      "SELECT FROM lead_identity WHERE key = ANY ($1) ORDER BY key FOR UPDATE";

  /** Goes from kind to kind through the index: what it reads is bounded however much a lead did. */
  private static final String HISTORIES =
      """
      WITH RECURSIVE kinds (lead_id, kind, n) AS (
        SELECT wanted.lead_id,
               (SELECT min(kind) FROM touch WHERE touch.lead_id = wanted.lead_id), 1
        FROM unnest($1::uuid[]) AS wanted (lead_id)
        UNION ALL
        SELECT kinds.lead_id,
               (SELECT min(kind) FROM touch
                WHERE touch.lead_id = kinds.lead_id AND touch.kind > kinds.kind), n + 1
        FROM kinds WHERE kinds.kind IS NOT NULL AND n < %d
      )
      SELECT t.lead_id, t.id, t.occurred_at, t.kind, t.asset, t.source, t.medium, t.channel,
             t.campaign_id, t.attributes, t.told_as
      FROM kinds
      CROSS JOIN LATERAL (
        SELECT * FROM touch WHERE touch.lead_id = kinds.lead_id AND touch.kind = kinds.kind
        ORDER BY occurred_at DESC, id DESC LIMIT %d) t
      WHERE kinds.kind IS NOT NULL
      """
          .formatted(MOST_KINDS, Remembered.OF_EACH_KIND);

  private final Pool pool;
  private final Charters charters;
  private final Transactions transactions;
  private final Campaigns campaigns;
  private final Writing writing;

  PostgresLeads(
      Pool pool,
      Charters charters,
      Transactions transactions,
      Campaigns campaigns,
      Writing writing) {
    this.pool = pool;
    this.charters = charters;
    this.transactions = transactions;
    this.campaigns = campaigns;
    this.writing = writing;
  }

  @Override
  public Uni<List<Reply>> capture(SqlConnection tx, List<Capture> captures) {
    var intake = new Intake(charters::at);
    return resolve(tx, intake, keys(captures))
        .chain(() -> know(tx, intake, captures))
        .chain(
            () -> {
              var replies = captures.stream().map(intake::decide).toList();
              return writing.write(tx, intake).replaceWith(replies);
            });
  }

  @Override
  public Uni<List<@Nullable Reply>> welcome(List<Capture> captures) {
    var intake = new Intake(charters::at);
    var replies = new ArrayList<@Nullable Reply>(captures.size());
    var met = new HashSet<UUID>();
    boolean any = false;
    for (var capture : captures) {
      boolean strange = isStrange(capture, met);
      any |= strange;
      capture.identities().forEach(identity -> met.add(identity.key()));
      replies.add(strange ? intake.decide(capture) : null);
    }
    if (!any) {
      return Uni.createFrom().item(replies);
    }
    return transactions
        .single(connection -> writing.welcome(connection, intake))
        .invoke(
            known -> {
              for (int n = 0; n < replies.size(); n++) {
                if (replies.get(n) != null && known.contains(captures.get(n).leadId())) {
                  replies.set(n, null);
                }
              }
            })
        .replaceWith(replies);
  }

  private boolean isStrange(Capture capture, Set<UUID> met) {
    if (capture.knownAs() != null || capture.identities().isEmpty()) {
      return false;
    }
    for (var identity : capture.identities()) {
      if (met.contains(identity.key())) {
        return false;
      }
    }
    var campaign = capture.facts().campaignId();
    return campaign == null || campaigns.remembers(campaign);
  }

  @Override
  public Uni<Void> advance(SqlConnection tx, List<Advance> advances) {
    var intake = new Intake(charters::at);
    var ids = advances.stream().map(Advance::leadId).distinct().toArray(UUID[]::new);
    return lock(tx, intake, ids)
        .chain(
            () -> {
              advances.forEach(intake::decide);
              return writing.write(tx, intake);
            });
  }

  @Override
  public Uni<@Nullable Lead> edit(
      SqlConnection tx,
      UUID leadId,
      UUID passId,
      @Nullable String ifMatch,
      Function<Lead, Edited> edit,
      Instant at,
      @Nullable String traceparent) {
    var intake = new Intake(charters::at);
    return lock(tx, intake, new UUID[] {leadId})
        .chain(
            known -> {
              if (known.isEmpty()) {
                return Uni.createFrom().nullItem();
              }
              var lead = known.getFirst();
              ETags.match(ifMatch, lead.revision());
              var edited = edit.apply(lead);
              var keys =
                  Stream.concat(
                          Intake.added(lead, edited).stream(),
                          lead.facts().externalIds().stream().map(Identity::of))
                      .map(Identity::key)
                      .toArray(UUID[]::new);
              return resolve(tx, intake, keys)
                  .chain(() -> histories(tx, intake, intake.known().toArray(NO_IDS)))
                  .chain(
                      () -> {
                        var after = intake.decide(leadId, passId, edited, at, traceparent);
                        return writing.write(tx, intake).replaceWith(intake.person(after).whole());
                      });
            });
  }

  @Override
  public Uni<@Nullable Lead> find(UUID leadId) {
    return pool.preparedQuery(LEADS + WITH_ABSORBED)
        .execute(Tuple.of(leadId))
        .map(
            rows -> {
              var person = person(leadId, rows.stream().map(LeadRow::read).toList());
              return person == null ? null : person.whole();
            });
  }

  /** This lead, if it is there, with those that it absorbed. */
  private static @Nullable Person person(UUID leadId, List<Lead> leads) {
    return leads.stream()
        .filter(lead -> lead.leadId().equals(leadId))
        .findFirst()
        .map(lead -> Person.of(lead, leads))
        .orElse(null);
  }

  @Override
  public Uni<@Nullable Judged> judged(UUID leadId) {
    return pool.preparedQuery("SELECT l.pass_frozen, " + LeadRow.COLUMNS + FROM + WITH_ABSORBED)
        .execute(Tuple.of(leadId))
        .chain(
            found -> {
              var person = person(leadId, found.stream().map(LeadRow::read).toList());
              return person == null
                  ? Uni.createFrom().nullItem()
                  : pool.preparedQuery(HISTORIES)
                      .execute(Tuple.of(person.members().map(Lead::leadId).toArray(UUID[]::new)))
                      .map(touches -> judged(person, found, touches));
            });
  }

  private static Judged judged(Person person, RowSet<Row> leads, RowSet<Row> touches) {
    var histories =
        touches.stream().map(PostgresLeads::touch).collect(Collectors.groupingBy(Touch::leadId));
    var whole = person.whole();
    var pass = whole.pass();
    var frozen =
        leads.stream()
            .filter(row -> pass != null && pass.passId().equals(row.getUUID("pass_id")))
            .map(row -> row.getString("pass_frozen"))
            .filter(Objects::nonNull)
            .findFirst();
    return new Judged(
        whole,
        person.touches(member -> histories.getOrDefault(member, List.of())),
        frozen.map(json -> LeadRow.parsed(json, Frozen.class)).orElse(null));
  }

  @Override
  public Uni<Page<Lead>> search(Search search) {
    var where = new ArrayList<String>();
    var values = new ArrayList<Object>();
    if (search.stage() != null) {
      where.add("l.stage = '" + search.stage().word() + "'");
    }
    if (search.source() != null) {
      where.add("l.source = " + place(values, search.source()));
    }
    if (search.campaign() != null) {
      where.add("l.campaign_id = " + place(values, search.campaign()));
    }
    if (search.persona() != null) {
      where.add("l.persona = " + place(values, search.persona()));
    }
    if (search.text() != null) {
      where.add(matching(search.text(), values));
    }
    var since = search.updatedSince();
    String order;
    if (since == null) {
      order = "l.id DESC";
      if (!search.cursor().isEmpty()) {
        where.add("l.id < " + place(values, Cursor.id(search.cursor(), 0)));
      }
    } else {
      order = "l.updated_at, l.id";
      where.add("l.updated_at >= " + place(values, LeadRow.time(since)));
      if (search.cursor().size() == 2) {
        where.add(
            "(l.updated_at, l.id) > ("
                + place(values, LeadRow.time(Cursor.instant(search.cursor(), 0)))
                + ", "
                + place(values, Cursor.id(search.cursor(), 1))
                + ")");
      }
    }
    var query =
        LEADS
            + (where.isEmpty() ? "" : "WHERE " + String.join(" AND ", where))
            + " ORDER BY "
            + order
            + " LIMIT "
            + (search.limit() + 1);
    return pool.preparedQuery(query)
        .execute(Tuple.wrap(values))
        .map(rows -> page(rows.stream().map(LeadRow::read).toList(), search))
        .chain(this::whole);
  }

  /** Survivors are listed as they are read one by one. */
  private Uni<Page<Lead>> whole(Page<Lead> page) {
    var survivors =
        page.items().stream()
            .filter(lead -> lead.survivorId() != null && !lead.isAbsorbed())
            .map(Lead::leadId)
            .toArray(UUID[]::new);
    if (survivors.length == 0) {
      return Uni.createFrom().item(page);
    }
    return pool.preparedQuery(LEADS + "WHERE l.survivor_id = ANY ($1)")
        .execute(Tuple.of(survivors))
        .map(
            rows -> {
              var members =
                  rows.stream()
                      .map(LeadRow::read)
                      .collect(Collectors.groupingBy(lead -> lead.keeper()));
              return new Page<>(
                  page.items().stream()
                      .map(
                          lead ->
                              Person.of(lead, members.getOrDefault(lead.leadId(), List.of()))
                                  .whole())
                      .toList(),
                  page.next());
            });
  }

  private static Page<Lead> page(List<Lead> leads, Search search) {
    return Page.of(
        leads,
        search.limit(),
        last ->
            search.updatedSince() == null
                ? Cursor.of(last.leadId())
                : Cursor.of(last.updatedAt(), last.leadId()));
  }

  /** An address, a number or {@code system:id} means whose it is; anything else begins a name. */
  private static String matching(String text, List<Object> values) {
    var keys = new ArrayList<UUID>();
    var email = Email.read(text);
    if (email != null) {
      keys.add(Identity.of(email).key());
    }
    var phone = Phone.read(text, null);
    if (phone != null) {
      keys.add(Identity.of(phone).key());
    }
    int colon = text.indexOf(':');
    if (colon > 0) {
      keys.add(
          Identity.of(new ExternalId(text.substring(0, colon), text.substring(colon + 1))).key());
    }
    if (!keys.isEmpty()) {
      return "l.id IN (SELECT lead_id FROM lead_identity WHERE key = ANY ("
          + place(values, keys.toArray(UUID[]::new))
          + "))";
    }
    var begins =
        text.toLowerCase(Locale.ROOT).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            + "%";
    var place = place(values, begins);
    return "(" + NAME + " LIKE " + place + " OR lower(c.last_name) LIKE " + place + ")";
  }

  private static String place(List<Object> values, @Nullable Object value) {
    values.add(value);
    return "$" + values.size();
  }

  private static UUID[] keys(Collection<Capture> captures) {
    var keys = new HashSet<UUID>();
    for (var capture : captures) {
      for (var identity : capture.identities()) {
        keys.add(identity.key());
      }
    }
    return keys.toArray(NO_IDS);
  }

  private static Uni<Void> resolve(SqlConnection tx, Intake intake, UUID[] keys) {
    if (keys.length == 0) {
      return Uni.createFrom().voidItem();
    }
    return owners(tx, intake, keys)
        .chain(
            () -> {
              var reserved = intake.reserved().toArray(NO_IDS);
              return reserved.length == 0
                  ? Uni.createFrom().voidItem()
                  : tx.preparedQuery(HOLD)
                      .execute(Tuple.of(reserved))
                      .chain(() -> owners(tx, intake, reserved));
            });
  }

  private static Uni<Void> owners(SqlConnection tx, Intake intake, UUID[] keys) {
    return tx.preparedQuery(OWNERS)
        .execute(Tuple.of(keys))
        .invoke(
            rows ->
                rows.forEach(
                    row -> {
                      var key = row.getUUID("key");
                      var leadId = row.getUUID("lead_id");
                      if (leadId == null) {
                        intake.withdrawn(key, PostgresConsents.withdrawal(row));
                      } else if (leadId.equals(PostgresConsents.NOBODY)) {
                        intake.reserved(key);
                      } else {
                        intake.owner(key, leadId);
                      }
                    }))
        .replaceWithVoid();
  }

  /** Locks the leads that captures may be about, then reads what deciding on them needs. */
  private static Uni<Void> know(SqlConnection tx, Intake intake, List<Capture> captures) {
    var candidates = intake.candidates(captures).toArray(NO_IDS);
    if (candidates.length == 0) {
      return Uni.createFrom().voidItem();
    }
    var told =
        captures.stream()
            .map(Capture::toldAs)
            .filter(Objects::nonNull)
            .distinct()
            .toArray(UUID[]::new);
    return lock(tx, intake, candidates)
        .invoke(
            () -> {
              if (intake.isBehind()) {
                throw new Contended("somebody was erased meanwhile");
              }
            })
        .chain(() -> told(tx, intake, told))
        .chain(() -> histories(tx, intake, intake.known().toArray(NO_IDS)));
  }

  /**
   * Reads after all locks are held: a join read while waiting would pair a new lead with old rows.
   * With a lead that is merged come all that it is merged with; holding one of them holds who is.
   *
   * @return those of the ids that somebody has
   */
  static Uni<List<Lead>> lock(SqlConnection tx, Intake intake, UUID[] ids) {
    var named = new HashSet<>(List.of(ids));
    return Locks.take(tx, ids)
        .chain(held -> tx.preparedQuery(LEADS + "WHERE l.id = ANY ($1)").execute(Tuple.of(held)))
        .map(rows -> rows.stream().map(LeadRow::read).toList())
        .invoke(leads -> leads.forEach(intake::known))
        .map(leads -> leads.stream().filter(lead -> named.contains(lead.leadId())).toList());
  }

  private static Uni<Void> told(SqlConnection tx, Intake intake, UUID[] keys) {
    if (keys.length == 0) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(
            """
            SELECT lead_id, id, occurred_at, kind, asset, source, medium, channel, campaign_id,
                   attributes, told_as
            FROM touch WHERE told_as = ANY ($1)
            """)
        .execute(Tuple.of(keys))
        .chain(
            rows -> {
              var touches = rows.stream().map(PostgresLeads::touch).toList();
              touches.forEach(intake::told);
              var leads = touches.stream().map(Touch::leadId).distinct().toArray(UUID[]::new);
              return leads.length == 0
                  ? Uni.createFrom().voidItem()
                  : lock(tx, intake, leads).replaceWithVoid();
            });
  }

  static Touch touch(Row row) {
    return new Touch(
        row.getUUID("id"),
        row.getUUID("lead_id"),
        LeadRow.instant(row, "occurred_at"),
        row.getString("kind"),
        row.getString("asset"),
        row.getString("source"),
        row.getString("medium"),
        row.getString("channel"),
        row.getString("campaign_id"),
        LeadRow.attributes(row.getString("attributes")),
        row.getUUID("told_as"));
  }

  private static Uni<Void> histories(SqlConnection tx, Intake intake, UUID[] leads) {
    if (leads.length == 0) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(HISTORIES)
        .execute(Tuple.of(leads))
        .invoke(rows -> rows.stream().map(PostgresLeads::touch).forEach(intake::history))
        .replaceWithVoid();
  }
}
