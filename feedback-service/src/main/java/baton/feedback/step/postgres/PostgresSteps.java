package baton.feedback.step.postgres;

import static baton.chassis.database.Columns.column;

import baton.chassis.outbox.Outbox;
import baton.chassis.paging.Cursor;
import baton.chassis.paging.Page;
import baton.contracts.ExternalId;
import baton.contracts.Json;
import baton.contracts.LeadEvent;
import baton.contracts.SalesStep;
import baton.contracts.SellerStep;
import baton.feedback.lead.AwaitsLeads;
import baton.feedback.lead.HoldsWords;
import baton.feedback.lead.Lead;
import baton.feedback.lead.LeadName;
import baton.feedback.lead.Leads;
import baton.feedback.step.Deed;
import baton.feedback.step.Step;
import baton.feedback.step.Step.Verdict;
import baton.feedback.step.Steps;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Locks are taken in one order by everybody: leads' names, steps, and then the outbox's sequences.
 */
@ApplicationScoped
class PostgresSteps implements Steps, AwaitsLeads, HoldsWords {
  private static final String KEEP =
      """
      INSERT INTO sales_step (step_id, revision, told_kind, told_system, told_id, step, channel,
        seller_id, reason, external_system, external_id, occurred_at, dated, charter_version, lead_id)
      SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
        $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::timestamptz[],
        $13::boolean[], $14::int[], $15::uuid[])
        AS kept (step_id, revision, told_kind, told_system, told_id, step, channel, seller_id, reason,
          external_system, external_id, occurred_at, dated, charter_version, lead_id)
      ORDER BY external_system, external_id
      """;
  private static final String BEGIN =
      KEEP + " ON CONFLICT (external_system, external_id) DO NOTHING RETURNING step_id";
  private static final String CORRECT =
      KEEP
          + """
           ON CONFLICT (step_id) DO UPDATE SET
            (revision, step, channel, seller_id, reason, occurred_at, dated, charter_version)
            = ROW (excluded.revision, excluded.step, excluded.channel, excluded.seller_id,
              excluded.reason, excluded.occurred_at, excluded.dated, excluded.charter_version)
          """;
  private static final String NAMED =
      """
      SELECT sales_step.* FROM unnest($1::text[], $2::text[]) AS told (external_system, external_id)
      JOIN sales_step USING (external_system, external_id)
      ORDER BY external_system, external_id FOR UPDATE OF sales_step
      """;
  private static final String APPEARED =
      """
      UPDATE sales_step SET lead_id = found.lead_id
      FROM (
        SELECT step_id, known.lead_id
        FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) AS known (kind, system, id, lead_id)
        JOIN sales_step ON told_kind = kind AND told_system = system AND told_id = id
        WHERE sales_step.lead_id IS NULL
        ORDER BY step_id LIMIT $5 FOR UPDATE OF sales_step) AS found
      WHERE sales_step.step_id = found.step_id
      RETURNING sales_step.*
      """;
  private static final String LIST =
      """
      SELECT * FROM sales_step
      WHERE ($1::boolean IS NULL OR (lead_id IS NOT NULL) = $1)
        AND ($2::uuid IS NULL OR lead_id = $2) AND ($3::text IS NULL OR seller_id = $3)
        AND ($4::text IS NULL OR step = $4) AND ($5::uuid IS NULL OR step_id < $5)
      ORDER BY step_id DESC LIMIT $6
      """;

  private static final String ERASED =
      """
      UPDATE sales_step SET told_kind = 'lead', told_system = '', told_id = lead_id::text
      WHERE lead_id = ANY($1) AND told_kind = 'external' AND told_id LIKE 'hmac-%'
      """;

  private final Leads leads;
  private final Outbox outbox;
  private final Pool pool;

  PostgresSteps(Leads leads, Outbox outbox, Pool pool) {
    this.leads = leads;
    this.outbox = outbox;
    this.pool = pool;
  }

  @Override
  public Uni<List<Verdict>> tell(SqlConnection tx, List<Deed> deeds, @Nullable String sellerId) {
    var names = deeds.stream().map(Deed::lead).distinct().toList();
    return leads
        .find(tx, names)
        .chain(
            known -> {
              var first = firstTold(deeds, known);
              return begin(tx, first)
                  .chain(
                      begun ->
                          kept(tx, named(deeds))
                              .map(kept -> decide(deeds, first, begun, kept, known, sellerId)));
            })
        .chain(verdicts -> keep(tx, verdicts).replaceWith(verdicts));
  }

  @Override
  public Uni<List<UUID>> erased(SqlConnection tx, Collection<UUID> leadIds) {
    return tx.preparedQuery(ERASED)
        .execute(Tuple.tuple().addArrayOfUUID(leadIds.toArray(UUID[]::new)))
        .replaceWith(List.of());
  }

  /** The first telling of each name, as the step it would begin. */
  private static Map<Deed, Step> firstTold(List<Deed> deeds, Map<LeadName, Lead> leads) {
    var first = new java.util.IdentityHashMap<Deed, Step>();
    var named = new HashSet<ExternalId>();
    for (var deed : deeds) {
      if (deed.externalId() == null || named.add(deed.externalId())) {
        var lead = leads.get(deed.lead());
        first.put(
            deed,
            new Step(
                UuidCreator.getTimeOrderedEpochPlus1(),
                1,
                lead == null ? deed : deed.of(lead.called(deed.lead())),
                lead == null ? null : lead.leadId()));
      }
    }
    return first;
  }

  /** Which of these were begun; the others' names are taken by steps that were told before. */
  private static Uni<Set<UUID>> begin(SqlConnection tx, Map<Deed, Step> first) {
    return tx.preparedQuery(BEGIN)
        .execute(rows(first.values()))
        .map(
            rows -> {
              var begun = new HashSet<UUID>();
              rows.forEach(row -> begun.add(row.getUUID("step_id")));
              return begun;
            });
  }

  private static List<ExternalId> named(List<Deed> deeds) {
    return deeds.stream().map(Deed::externalId).filter(Objects::nonNull).distinct().toList();
  }

  private static Uni<Map<ExternalId, Step>> kept(SqlConnection tx, List<ExternalId> names) {
    return names.isEmpty()
        ? Uni.createFrom().item(new HashMap<>())
        : tx.preparedQuery(NAMED)
            .execute(
                Tuple.of(
                    column(names, ExternalId::system, String[]::new),
                    column(names, ExternalId::id, String[]::new)))
            .map(
                rows -> {
                  var kept = new HashMap<ExternalId, Step>();
                  rows.forEach(
                      row -> {
                        var step = read(row);
                        kept.put(Objects.requireNonNull(step.deed().externalId()), step);
                      });
                  return kept;
                });
  }

  /** Decides one after the other, each on what the one before left. */
  private static List<Verdict> decide(
      List<Deed> deeds,
      Map<Deed, Step> first,
      Set<UUID> begun,
      Map<ExternalId, Step> kept,
      Map<LeadName, Lead> leads,
      @Nullable String sellerId) {
    var verdicts = new ArrayList<Verdict>(deeds.size());
    for (var deed : deeds) {
      var started = first.get(deed);
      if (started != null && begun.contains(started.stepId())) {
        verdicts.add(new Verdict.Kept(started, true));
        continue;
      }
      var name = Objects.requireNonNull(deed.externalId(), "only names are taken");
      var before = Objects.requireNonNull(kept.get(name), "a name taken has its step");
      var verdict = before.corrected(deed, leads.get(deed.lead()), sellerId);
      if (verdict instanceof Verdict.Kept(var step, _)) {
        kept.put(name, step);
      }
      verdicts.add(verdict);
    }
    return verdicts;
  }

  private Uni<Void> keep(SqlConnection tx, List<Verdict> verdicts) {
    var corrected = new LinkedHashMap<UUID, Step>();
    var facts = new ArrayList<SalesStep>();
    for (var verdict : verdicts) {
      if (verdict instanceof Verdict.Kept(var step, var isNew)) {
        if (!isNew) {
          corrected.put(step.stepId(), step);
        }
        if (step.leadId() != null) {
          facts.add(step.fact());
        }
      }
    }
    Uni<Void> written =
        corrected.isEmpty()
            ? Uni.createFrom().voidItem()
            : tx.preparedQuery(CORRECT).execute(rows(corrected.values())).replaceWithVoid();
    return written.chain(
        () -> facts.isEmpty() ? Uni.createFrom().voidItem() : outbox.append(tx, facts));
  }

  @Override
  public Uni<List<? extends LeadEvent>> appeared(SqlConnection tx, Map<LeadName, Lead> known) {
    if (known.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    var names = List.copyOf(known.entrySet());
    return tx.preparedQuery(APPEARED)
        .execute(
            Tuple.of(
                column(names, each -> each.getKey().kind().word(), String[]::new),
                column(names, each -> each.getKey().system(), String[]::new),
                column(names, each -> each.getKey().id(), String[]::new),
                column(names, each -> each.getValue().leadId(), UUID[]::new),
                AT_ONCE))
        .map(rows -> rows.stream().map(row -> read(row).fact()).toList());
  }

  @Override
  public Uni<Page<Step>> list(Wanted wanted) {
    var step = wanted.step();
    return pool.preparedQuery(LIST)
        .execute(
            Tuple.tuple()
                .addBoolean(wanted.matched())
                .addUUID(wanted.leadId())
                .addString(wanted.sellerId())
                .addString(step == null ? null : step.word())
                .addUUID(wanted.before())
                .addInteger(wanted.limit() + 1))
        .map(
            rows ->
                Page.of(
                    rows.stream().map(PostgresSteps::read).toList(),
                    wanted.limit(),
                    last -> Cursor.of(last.stepId())));
  }

  private static Step read(Row row) {
    var system = row.getString("external_system");
    return new Step(
        row.getUUID("step_id"),
        row.getLong("revision"),
        new Deed(
            new LeadName(
                LeadName.Kind.named(row.getString("told_kind")),
                row.getString("told_system"),
                row.getString("told_id")),
            Json.mapper().convertValue(row.getString("step"), SellerStep.class),
            row.getString("channel"),
            row.getString("seller_id"),
            row.getString("reason"),
            system == null ? null : new ExternalId(system, row.getString("external_id")),
            row.getOffsetDateTime("occurred_at").toInstant(),
            row.getBoolean("dated"),
            row.getInteger("charter_version")),
        row.getUUID("lead_id"));
  }

  private static Tuple rows(Collection<Step> steps) {
    return Tuple.tuple()
        .addArrayOfUUID(column(steps, Step::stepId, UUID[]::new))
        .addArrayOfLong(column(steps, Step::revision, Long[]::new))
        .addArrayOfString(column(steps, step -> step.deed().lead().kind().word(), String[]::new))
        .addArrayOfString(column(steps, step -> step.deed().lead().system(), String[]::new))
        .addArrayOfString(column(steps, step -> step.deed().lead().id(), String[]::new))
        .addArrayOfString(column(steps, step -> step.deed().step().word(), String[]::new))
        .addArrayOfString(column(steps, step -> step.deed().channel(), String[]::new))
        .addArrayOfString(column(steps, step -> step.deed().sellerId(), String[]::new))
        .addArrayOfString(column(steps, step -> step.deed().reason(), String[]::new))
        .addArrayOfString(name(steps, ExternalId::system))
        .addArrayOfString(name(steps, ExternalId::id))
        .addArrayOfOffsetDateTime(
            column(
                steps,
                step -> step.deed().occurredAt().atOffset(ZoneOffset.UTC),
                OffsetDateTime[]::new))
        .addArrayOfBoolean(column(steps, step -> step.deed().isDated(), Boolean[]::new))
        .addArrayOfInteger(column(steps, step -> step.deed().charterVersion(), Integer[]::new))
        .addArrayOfUUID(column(steps, Step::leadId, UUID[]::new));
  }

  private static String[] name(Collection<Step> steps, Function<ExternalId, String> part) {
    return column(
        steps,
        step -> {
          var name = step.deed().externalId();
          return name == null ? null : part.apply(name);
        },
        String[]::new);
  }
}
