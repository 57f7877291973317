package baton.feedback.outcome.postgres;

import baton.chassis.outbox.Outbox;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.contracts.ExternalId;
import baton.contracts.LeadEvent;
import baton.contracts.LeadOutcome;
import baton.feedback.lead.AwaitsLeads;
import baton.feedback.lead.HoldsWords;
import baton.feedback.lead.Lead;
import baton.feedback.lead.LeadName;
import baton.feedback.lead.Leads;
import baton.feedback.outcome.Outcome;
import baton.feedback.outcome.Outcomes;
import baton.feedback.outcome.Teller;
import baton.feedback.outcome.Told;
import baton.feedback.outcome.Verdict;
import baton.feedback.outcome.Wanted;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Locks are taken in one order by everybody: outcomes' names, leads' names, outcomes, and then the
 * outbox's sequences.
 */
@ApplicationScoped
class PostgresOutcomes implements Outcomes, AwaitsLeads, HoldsWords {
  private static final String CLAIM =
      """
      INSERT INTO outcome_name (system, id, outcome_id)
      SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[]) AS told (system, id, outcome_id)
      ORDER BY system, id
      ON CONFLICT DO NOTHING
      """;
  private static final String NAMED =
      "SELECT "
          + OutcomeRow.COLUMNS
          + """
           FROM unnest($1::text[], $2::text[]) AS told (system, id)
          JOIN outcome_name USING (system, id) JOIN outcome USING (outcome_id)
          ORDER BY outcome_id FOR UPDATE OF outcome
          """;
  private static final String CLAIMED =
      """
      SELECT system, id, outcome_id
      FROM unnest($1::text[], $2::text[]) AS told (system, id) JOIN outcome_name USING (system, id)
      """;
  private static final String WAITING =
      "SELECT "
          + OutcomeRow.COLUMNS
          + """
           FROM unnest($1::text[], $2::text[], $3::text[]) AS known (kind, system, id)
          JOIN outcome ON told_kind = kind AND told_system = system AND told_id = id
          WHERE lead_id IS NULL
          ORDER BY outcome_id LIMIT $4 FOR UPDATE OF outcome
          """;
  private static final String ONE =
      "SELECT " + OutcomeRow.COLUMNS + " FROM outcome WHERE outcome_id = $1";

  /** The lead is called by its own id where it was by what stands for an address or a number. */
  private static final String ERASED =
      """
      UPDATE outcome SET told_kind = 'lead', told_system = '', told_id = lead_id::text
      WHERE lead_id = ANY($1) AND told_kind = 'external' AND told_id LIKE 'hmac-%'
      """;

  private final Leads leads;
  private final Outbox outbox;
  private final Pool pool;

  PostgresOutcomes(Leads leads, Outbox outbox, Pool pool) {
    this.leads = leads;
    this.outbox = outbox;
    this.pool = pool;
  }

  @Override
  public Uni<List<Verdict>> tell(SqlConnection tx, List<Told> tellings, Teller teller) {
    var leadNames = tellings.stream().map(Told::lead).distinct().toList();
    var named = tellings.stream().flatMap(Told::named).distinct().toList();
    return claim(tx, named)
        .chain(
            ids ->
                leads
                    .find(tx, leadNames)
                    .chain(
                        known ->
                            kept(tx, named)
                                .map(kept -> decide(tellings, teller, ids, known, kept))))
        .chain(verdicts -> keep(tx, verdicts).replaceWith(verdicts));
  }

  /** Decides one after the other, each on what the one before left. */
  private static List<Verdict> decide(
      List<Told> tellings,
      Teller teller,
      Map<ExternalId, UUID> ids,
      Map<LeadName, Lead> leads,
      Map<UUID, Outcome> kept) {
    var verdicts = new ArrayList<Verdict>(tellings.size());
    for (var told : tellings) {
      var named = told.externalId() == null ? null : ids.get(told.externalId());
      var outcomeId = named == null ? UuidCreator.getTimeOrderedEpochPlus1() : named;
      var before = kept.get(outcomeId);
      var lead = leads.get(told.lead());
      var verdict =
          before == null
              ? Outcome.first(outcomeId, told, lead)
              : before.corrected(told, lead, teller);
      if (verdict instanceof Verdict.Kept now) {
        kept.put(outcomeId, now.outcome());
      }
      verdicts.add(verdict);
    }
    return verdicts;
  }

  @Override
  public Uni<List<UUID>> erased(SqlConnection tx, Collection<UUID> leadIds) {
    return tx.preparedQuery(ERASED)
        .execute(Tuple.tuple().addArrayOfUUID(leadIds.toArray(UUID[]::new)))
        .replaceWith(List.of());
  }

  private Uni<Map<ExternalId, UUID>> claim(SqlConnection tx, Collection<ExternalId> names) {
    if (names.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    var fresh =
        names.stream().map(name -> UuidCreator.getTimeOrderedEpochPlus1()).toArray(UUID[]::new);
    return tx.preparedQuery(CLAIM)
        .execute(names(names).addArrayOfUUID(fresh))
        .chain(() -> tx.preparedQuery(CLAIMED).execute(names(names)))
        .map(
            rows -> {
              var ids = new HashMap<ExternalId, UUID>();
              for (var row : rows) {
                var name = new ExternalId(row.getString("system"), row.getString("id"));
                ids.put(name, row.getUUID("outcome_id"));
              }
              return ids;
            });
  }

  private static Uni<Map<UUID, Outcome>> kept(SqlConnection tx, Collection<ExternalId> names) {
    return names.isEmpty()
        ? Uni.createFrom().item(new HashMap<>())
        : tx.preparedQuery(NAMED).execute(names(names)).map(PostgresOutcomes::byId);
  }

  private Uni<Void> keep(SqlConnection tx, List<Verdict> verdicts) {
    var last = new LinkedHashMap<UUID, Outcome>();
    var facts = new ArrayList<LeadOutcome>();
    for (var verdict : verdicts) {
      if (verdict instanceof Verdict.Kept kept) {
        last.put(kept.outcome().outcomeId(), kept.outcome());
        facts.addAll(kept.facts());
      }
    }
    return write(tx, last.values())
        .chain(() -> facts.isEmpty() ? Uni.createFrom().voidItem() : outbox.append(tx, facts));
  }

  private static Uni<Void> write(SqlConnection tx, Collection<Outcome> outcomes) {
    return outcomes.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(OutcomeRow.UPSERT).execute(OutcomeRow.write(outcomes)).replaceWithVoid();
  }

  @Override
  public Uni<List<? extends LeadEvent>> appeared(SqlConnection tx, Map<LeadName, Lead> known) {
    if (known.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.preparedQuery(WAITING)
        .execute(leadNames(known.keySet()).addInteger(AT_ONCE))
        .map(rows -> found(byId(rows).values(), known))
        .chain(
            found ->
                write(tx, found.stream().map(Verdict.Kept::outcome).toList())
                    .replaceWith(found.stream().flatMap(kept -> kept.facts().stream()).toList()));
  }

  private static List<Verdict.Kept> found(Collection<Outcome> waiting, Map<LeadName, Lead> known) {
    var found = new ArrayList<Verdict.Kept>();
    for (var outcome : waiting) {
      var lead = known.get(outcome.told().lead());
      if (outcome instanceof Outcome.Unmatched unmatched && lead != null) {
        found.add(unmatched.found(lead));
      }
    }
    return found;
  }

  @Override
  public Uni<Optional<Outcome>> find(UUID outcomeId) {
    return pool.preparedQuery(ONE)
        .execute(Tuple.of(outcomeId))
        .map(rows -> byId(rows).values().stream().findAny());
  }

  @Override
  public Uni<Page<Outcome>> list(Wanted wanted) {
    var conditions = new ArrayList<String>();
    var values = Tuple.tuple();
    if (wanted.matched() != null) {
      conditions.add("lead_id IS " + (wanted.matched() ? "NOT NULL" : "NULL"));
    }
    condition(conditions, values, "lead_id =", wanted.leadId());
    condition(conditions, values, "seller_id =", wanted.sellerId());
    condition(conditions, values, "outcome_id <", wanted.before());
    var statement =
        "SELECT "
            + OutcomeRow.COLUMNS
            + " FROM outcome"
            + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
            + " ORDER BY outcome_id DESC LIMIT "
            + (wanted.limit() + 1);
    return pool.preparedQuery(statement)
        .execute(values)
        .map(
            rows ->
                Page.of(
                    List.copyOf(byId(rows).values()),
                    wanted.limit(),
                    last -> Cursor.of(last.outcomeId())));
  }

  private static void condition(
      List<String> conditions, Tuple values, String comparison, @Nullable Object value) {
    if (value != null) {
      values.addValue(value);
      conditions.add(comparison + " $" + values.size());
    }
  }

  private static Map<UUID, Outcome> byId(RowSet<Row> rows) {
    var outcomes = new LinkedHashMap<UUID, Outcome>();
    for (var row : rows) {
      var outcome = OutcomeRow.read(row);
      outcomes.put(outcome.outcomeId(), outcome);
    }
    return outcomes;
  }

  private static Tuple names(Collection<ExternalId> names) {
    return Tuple.tuple()
        .addArrayOfString(names.stream().map(ExternalId::system).toArray(String[]::new))
        .addArrayOfString(names.stream().map(ExternalId::id).toArray(String[]::new));
  }

  private static Tuple leadNames(Collection<LeadName> names) {
    return Tuple.tuple()
        .addArrayOfString(names.stream().map(name -> name.kind().word()).toArray(String[]::new))
        .addArrayOfString(names.stream().map(LeadName::system).toArray(String[]::new))
        .addArrayOfString(names.stream().map(LeadName::id).toArray(String[]::new));
  }
}
