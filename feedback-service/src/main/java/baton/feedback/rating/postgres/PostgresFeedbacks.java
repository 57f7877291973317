package baton.feedback.rating.postgres;

import baton.chassis.outbox.Outbox;
import baton.chassis.problem.Problem;
import baton.contracts.LeadEvent;
import baton.contracts.LeadFeedback;
import baton.feedback.lead.AwaitsLeads;
import baton.feedback.lead.HoldsWords;
import baton.feedback.lead.Lead;
import baton.feedback.lead.LeadName;
import baton.feedback.lead.Leads;
import baton.feedback.rating.Feedback;
import baton.feedback.rating.Feedbacks;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresFeedbacks implements Feedbacks, AwaitsLeads, HoldsWords {
  private static final String INSERT =
      """
      INSERT INTO feedback (feedback_id, told_kind, told_system, told_id, rating, reasons, objections,
        pain_points, note, seller_id, occurred_at, charter_version, lead_id, revision)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
        CASE WHEN NOT EXISTS (SELECT FROM erased_lead WHERE erased_lead.lead_id = $13) THEN $9 END,
        $10, $11, $12, $13, $14)
      ON CONFLICT (feedback_id) DO UPDATE SET (rating, reasons, objections, pain_points, note,
        seller_id, occurred_at, charter_version, lead_id, revision)
        = ROW (excluded.rating, excluded.reasons, excluded.objections, excluded.pain_points,
          excluded.note, excluded.seller_id, excluded.occurred_at, excluded.charter_version,
          excluded.lead_id, excluded.revision)
        WHERE feedback.revision < excluded.revision
      """;
  private static final String BEFORE = "SELECT * FROM feedback WHERE feedback_id = $1 FOR UPDATE";
  private static final String WAITING =
      """
      SELECT feedback.* FROM unnest($1::text[], $2::text[], $3::text[]) AS known (kind, system, id)
      JOIN feedback ON told_kind = kind AND told_system = system AND told_id = id
      WHERE lead_id IS NULL
      ORDER BY feedback_id LIMIT $4 FOR UPDATE OF feedback
      """;
  private static final String FOUND =
      """
      UPDATE feedback SET lead_id = found.lead_id
      FROM unnest($1::uuid[], $2::uuid[]) AS found (feedback_id, lead_id)
      WHERE feedback.feedback_id = found.feedback_id
      """;

  private static final String ERASED =
      """
      UPDATE feedback SET note = NULL WHERE lead_id = ANY($1) AND note IS NOT NULL
      RETURNING feedback_id
      """;

  private final Leads leads;
  private final Outbox outbox;

  PostgresFeedbacks(Leads leads, Outbox outbox) {
    this.leads = leads;
    this.outbox = outbox;
  }

  @Override
  public Uni<Optional<Kept>> keep(
      SqlConnection tx, Feedback feedback, boolean dated, @Nullable String sellerId) {
    return leads
        .find(tx, List.of(feedback.about()))
        .map(known -> Optional.ofNullable(known.get(feedback.about())))
        .chain(
            lead ->
                before(tx, feedback.feedbackId())
                    .chain(
                        before ->
                            before.isPresent() && !isSame(before.get(), feedback, sellerId)
                                ? Uni.createFrom().item(Optional.empty())
                                : keep(
                                    tx,
                                    before
                                        .map(earlier -> feedback.after(earlier, dated))
                                        .orElse(feedback),
                                    before.orElse(null),
                                    sellerId,
                                    lead.orElse(null))));
  }

  private static boolean isSame(Feedback before, Feedback now, @Nullable String sellerId) {
    return before.about().equals(now.about())
        && (sellerId == null || sellerId.equals(before.sellerId()));
  }

  private Uni<Optional<Kept>> keep(
      SqlConnection tx,
      Feedback feedback,
      @Nullable Feedback before,
      @Nullable String sellerId,
      @Nullable Lead lead) {
    if (lead != null && !Feedback.mayRate(sellerId, feedback.about(), lead)) {
      return Uni.createFrom().item(Optional.empty());
    }
    var fact = lead == null ? null : feedback.fact(lead);
    var kept = Optional.of(new Kept(feedback, fact, before == null));
    if (feedback.equals(before)) {
      return Uni.createFrom().item(kept);
    }
    return write(tx, feedback, lead == null ? null : lead.leadId())
        .chain(() -> fact == null ? Uni.createFrom().voidItem() : outbox.append(tx, List.of(fact)))
        .replaceWith(kept);
  }

  private static Uni<Optional<Feedback>> before(SqlConnection tx, UUID feedbackId) {
    return tx.preparedQuery(BEFORE)
        .execute(Tuple.of(feedbackId))
        .map(rows -> rows.stream().findFirst().map(PostgresFeedbacks::read));
  }

  private static Uni<Void> write(SqlConnection tx, Feedback feedback, @Nullable UUID leadId) {
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addUUID(feedback.feedbackId())
                .addString(feedback.about().kind().word())
                .addString(feedback.about().system())
                .addString(feedback.about().id())
                .addInteger(feedback.rating())
                .addArrayOfString(feedback.reasons().toArray(String[]::new))
                .addArrayOfString(feedback.objections().toArray(String[]::new))
                .addArrayOfString(feedback.painPoints().toArray(String[]::new))
                .addString(feedback.note())
                .addString(feedback.sellerId())
                .addOffsetDateTime(feedback.occurredAt().atOffset(ZoneOffset.UTC))
                .addInteger(feedback.charterVersion())
                .addUUID(leadId)
                .addLong(feedback.revision()))
        .invoke(
            written -> {
              if (written.rowCount() == 0) {
                throw Problem.conflict("Somebody gave it under this id at this moment.", "given");
              }
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<List<? extends LeadEvent>> appeared(SqlConnection tx, Map<LeadName, Lead> known) {
    if (known.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.preparedQuery(WAITING)
        .execute(names(known.keySet()).addInteger(AT_ONCE))
        .chain(
            rows -> {
              var facts = new ArrayList<LeadFeedback>();
              for (var row : rows) {
                var feedback = read(row);
                var lead = known.get(feedback.about());
                if (lead != null) {
                  facts.add(feedback.fact(lead));
                }
              }
              return publish(tx, facts);
            });
  }

  @Override
  public Uni<List<UUID>> erased(SqlConnection tx, Collection<UUID> leadIds) {
    return tx.preparedQuery(ERASED)
        .execute(Tuple.tuple().addArrayOfUUID(leadIds.toArray(UUID[]::new)))
        .map(rows -> rows.stream().map(row -> row.getUUID("feedback_id")).toList());
  }

  private static Uni<List<? extends LeadEvent>> publish(
      SqlConnection tx, List<LeadFeedback> facts) {
    if (facts.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.preparedQuery(FOUND)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(facts.stream().map(LeadFeedback::feedbackId).toArray(UUID[]::new))
                .addArrayOfUUID(facts.stream().map(LeadFeedback::leadId).toArray(UUID[]::new)))
        .replaceWith(facts);
  }

  private static Feedback read(Row row) {
    return new Feedback(
        row.getUUID("feedback_id"),
        row.getLong("revision"),
        new LeadName(
            LeadName.Kind.named(row.getString("told_kind")),
            row.getString("told_system"),
            row.getString("told_id")),
        row.getInteger("rating"),
        List.of(row.getArrayOfStrings("reasons")),
        List.of(row.getArrayOfStrings("objections")),
        List.of(row.getArrayOfStrings("pain_points")),
        row.getString("note"),
        row.getString("seller_id"),
        row.getOffsetDateTime("occurred_at").toInstant(),
        row.getInteger("charter_version"));
  }

  private static Tuple names(Collection<LeadName> names) {
    return Tuple.tuple()
        .addArrayOfString(names.stream().map(name -> name.kind().word()).toArray(String[]::new))
        .addArrayOfString(names.stream().map(LeadName::system).toArray(String[]::new))
        .addArrayOfString(names.stream().map(LeadName::id).toArray(String[]::new));
  }
}
