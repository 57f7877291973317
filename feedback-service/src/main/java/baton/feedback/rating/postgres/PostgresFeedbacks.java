package baton.feedback.rating.postgres;

import baton.chassis.outbox.Outbox;
import baton.contracts.LeadEvent;
import baton.contracts.LeadFeedback;
import baton.feedback.lead.AwaitsLeads;
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
class PostgresFeedbacks implements Feedbacks, AwaitsLeads {
  private static final String INSERT =
      """
      INSERT INTO feedback (feedback_id, told_kind, told_system, told_id, rating, reasons, objections,
        pain_points, note, seller_id, occurred_at, charter_version, lead_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """;
  private static final String WAITING =
      """
      SELECT feedback.* FROM unnest($1::text[], $2::text[], $3::text[]) AS known (kind, system, id)
      JOIN feedback ON told_kind = kind AND told_system = system AND told_id = id
      WHERE lead_id IS NULL
      ORDER BY feedback_id FOR UPDATE OF feedback
      """;
  private static final String FOUND =
      """
      UPDATE feedback SET lead_id = found.lead_id
      FROM unnest($1::uuid[], $2::uuid[]) AS found (feedback_id, lead_id)
      WHERE feedback.feedback_id = found.feedback_id
      """;

  private final Leads leads;
  private final Outbox outbox;

  PostgresFeedbacks(Leads leads, Outbox outbox) {
    this.leads = leads;
    this.outbox = outbox;
  }

  @Override
  public Uni<Optional<Kept>> keep(SqlConnection tx, Feedback feedback, @Nullable String sellerId) {
    return leads
        .find(tx, List.of(feedback.about()))
        .chain(known -> keep(tx, feedback, sellerId, known.get(feedback.about())));
  }

  private Uni<Optional<Kept>> keep(
      SqlConnection tx, Feedback feedback, @Nullable String sellerId, @Nullable Lead lead) {
    if (lead == null) {
      return insert(tx, feedback, null).replaceWith(Optional.of(new Kept(null)));
    }
    if (!Feedback.mayRate(sellerId, feedback.about(), lead)) {
      return Uni.createFrom().item(Optional.empty());
    }
    var fact = feedback.fact(lead);
    return insert(tx, feedback, lead.leadId())
        .chain(() -> outbox.append(tx, List.of(fact)))
        .replaceWith(Optional.of(new Kept(fact)));
  }

  private static Uni<Void> insert(SqlConnection tx, Feedback feedback, @Nullable UUID leadId) {
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
                .addUUID(leadId))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<? extends LeadEvent>> appeared(SqlConnection tx, Map<LeadName, Lead> known) {
    if (known.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return tx.preparedQuery(WAITING)
        .execute(names(known.keySet()))
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
