package baton.lead.dossier.postgres;

import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.contracts.ErasureKind;
import baton.contracts.Json;
import baton.contracts.LeadErased;
import baton.contracts.Topic;
import baton.lead.dossier.Facts;
import baton.lead.dossier.Frozen;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Subject;
import baton.lead.dossier.Subjects;
import baton.lead.dossier.Touch;
import baton.lead.identity.Identity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who leads are, and that they are to be forgotten. */
@ApplicationScoped
class PostgresSubjects implements Subjects, PersonalData {
  private static final String THERE =
      "SELECT id FROM lead WHERE id = ANY ($1) AND erased_at IS NULL ORDER BY id";
  private static final String NAMES =
      "SELECT lead_id, key FROM lead_identity WHERE lead_id = ANY ($1)";
  private static final String CALLED =
      """
      SELECT lead_id FROM unnest($1::uuid[]) WITH ORDINALITY AS called (key, nth)
      JOIN lead_identity USING (key) WHERE lead_id <> '%s' ORDER BY nth LIMIT 1
      """
          .formatted(PostgresConsents.NOBODY);
  private static final String ONE =
      "SELECT l.pass_frozen, "
          + LeadRow.COLUMNS
          + """
           FROM lead l LEFT JOIN lead_contact c ON c.lead_id = l.id WHERE l.id = $1
          """;
  private static final String TOUCHES =
      """
      SELECT lead_id, id, occurred_at, kind, asset, source, medium, channel, campaign_id,
             attributes, told_as
      FROM touch WHERE lead_id = $1 ORDER BY occurred_at, id
      """;
  private static final String FORGET_CONTACT = "DELETE FROM lead_contact WHERE lead_id = $1";
  private static final String FORGET_IDENTITIES = "DELETE FROM lead_identity WHERE lead_id = $1";
  private static final String BLANK_TOUCHES =
      """
      UPDATE touch SET attributes = NULL, told_as = NULL
      WHERE lead_id = $1 AND (attributes IS NOT NULL OR told_as IS NOT NULL)
      """;

  /** Who may be whom is nobody's to know any more. */
  private static final String FORGET_LIKENESSES =
      "DELETE FROM likeness WHERE lead_id = $1 OR other_id = $1";

  /** The two events come last of the lead. */
  private static final String END =
      """
      UPDATE lead
      SET facts = $2, told_as = NULL, pass_frozen = NULL, erased_at = $3, updated_at = $3,
          revision = revision + 1, sequence = sequence + 2
      WHERE id = $1 RETURNING sequence
      """;

  private static final String PUBLISH =
      """
      INSERT INTO outbox (event_id, topic, key, sequence, occurred_at, traceparent, payload)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  private final Charters charters;

  PostgresSubjects(Charters charters) {
    this.charters = charters;
  }

  @Override
  public Uni<List<Subject>> lock(SqlConnection tx, UUID leadId) {
    return Locks.take(tx, new UUID[] {leadId})
        .chain(held -> tx.preparedQuery(THERE).execute(Tuple.tuple().addArrayOfUUID(held)))
        .map(rows -> first(leadId, rows))
        .chain(
            members ->
                members.isEmpty() ? Uni.createFrom().item(List.of()) : subjects(tx, members));
  }

  private static List<UUID> first(UUID leadId, RowSet<Row> members) {
    var ids = members.stream().map(row -> row.getUUID("id")).toList();
    return ids.contains(leadId)
        ? Stream.concat(Stream.of(leadId), ids.stream()).distinct().toList()
        : List.of();
  }

  private static Uni<List<Subject>> subjects(SqlConnection tx, List<UUID> leadIds) {
    return tx.preparedQuery(NAMES)
        .execute(Tuple.tuple().addArrayOfUUID(leadIds.toArray(UUID[]::new)))
        .map(
            rows -> {
              var names = new HashMap<UUID, List<UUID>>();
              leadIds.forEach(id -> names.put(id, new ArrayList<>(List.of(id))));
              rows.forEach(
                  row ->
                      names
                          .computeIfAbsent(row.getUUID("lead_id"), _ -> new ArrayList<>())
                          .add(row.getUUID("key")));
              return leadIds.stream()
                  .map(id -> new Subject(id, List.copyOf(names.getOrDefault(id, List.of()))))
                  .toList();
            });
  }

  @Override
  public Uni<@Nullable UUID> called(SqlConnection tx, List<Identity> identities) {
    var keys = identities.stream().map(Identity::key).toArray(UUID[]::new);
    return tx.preparedQuery(CALLED)
        .execute(Tuple.tuple().addArrayOfUUID(keys))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID(0));
  }

  @Override
  public Uni<Map<String, List<?>>> tell(SqlConnection tx, Subject subject) {
    return tx.preparedQuery(ONE)
        .execute(Tuple.of(subject.leadId()))
        .map(rows -> rows.iterator().next())
        .chain(
            row ->
                tx.preparedQuery(TOUCHES)
                    .execute(Tuple.of(subject.leadId()))
                    .map(rows -> told(row, rows.stream().map(PostgresLeads::touch).toList())));
  }

  private static Map<String, List<?>> told(Row row, List<Touch> touches) {
    var lead = LeadRow.read(row);
    var frozen = row.getString("pass_frozen");
    var told = new LinkedHashMap<String, List<?>>();
    told.put("contact", List.of(LeadRow.shown(lead.contact())));
    told.put("facts", List.of(lead.facts()));
    told.put("firstTouch", List.of(lead.first()));
    told.put("touches", touches);
    told.put("score", Stream.ofNullable(lead.standing()).toList());
    told.put("passes", Stream.ofNullable(lead.pass()).toList());
    told.put(
        "qualifiedBecause",
        Stream.ofNullable(frozen).map(json -> LeadRow.parsed(json, Frozen.class)).toList());
    return told;
  }

  @Override
  public Uni<Map<String, Integer>> erase(SqlConnection tx, Subject subject) {
    var removed = new LinkedHashMap<String, Integer>();
    return remove(tx, FORGET_CONTACT, subject, "contact", removed)
        .chain(() -> remove(tx, FORGET_IDENTITIES, subject, "identities", removed))
        .chain(() -> remove(tx, BLANK_TOUCHES, subject, "touches", removed))
        .chain(() -> remove(tx, FORGET_LIKENESSES, subject, "likenesses", removed))
        .replaceWith(removed);
  }

  private static Uni<Void> remove(
      SqlConnection tx,
      String statement,
      Subject subject,
      String what,
      Map<String, Integer> removed) {
    return tx.preparedQuery(statement)
        .execute(Tuple.of(subject.leadId()))
        .invoke(rows -> removed.put(what, rows.rowCount()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> end(
      SqlConnection tx, Subject subject, UUID receiptId, Instant at, @Nullable String traceparent) {
    var leadId = subject.leadId();
    var erased =
        new LeadErased(leadId, at, charters.at(at).version(), ErasureKind.ERASED, receiptId);
    return tx.preparedQuery("SELECT facts FROM lead WHERE id = $1")
        .execute(Tuple.of(leadId))
        .map(rows -> LeadRow.parsed(rows.iterator().next().getString(0), Facts.class).anonymous())
        .chain(
            facts ->
                tx.preparedQuery(END)
                    .execute(Tuple.of(leadId, LeadRow.json(facts), LeadRow.time(at))))
        .map(rows -> rows.iterator().next().getLong(0))
        .chain(
            last ->
                tx.preparedQuery(PUBLISH)
                    .executeBatch(
                        List.of(
                            event(Topic.LEAD_CONTACT, leadId, last - 1, at, traceparent, null),
                            event(
                                Topic.LEAD_ERASED,
                                leadId,
                                last,
                                at,
                                traceparent,
                                Buffer.buffer(Json.bytes(erased))))))
        .replaceWithVoid();
  }

  private static Tuple event(
      Topic topic,
      UUID leadId,
      long sequence,
      Instant at,
      @Nullable String traceparent,
      @Nullable Buffer payload) {
    return Tuple.tuple()
        .addUUID(Outbox.newEventId())
        .addString(topic.topicName())
        .addString(leadId.toString())
        .addLong(sequence)
        .addOffsetDateTime(at.atOffset(ZoneOffset.UTC))
        .addString(traceparent)
        .addValue(payload);
  }
}
