package baton.handoff.charter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.chassis.charter.Charters;
import baton.chassis.outbox.Outbox;
import baton.contracts.Json;
import baton.contracts.Side;
import baton.contracts.Signature;
import baton.handoff.charter.Draft;
import baton.handoff.charter.Paper;
import baton.handoff.charter.State;
import baton.handoff.charter.Verdict;
import baton.handoff.charter.Version;
import baton.handoff.charter.Versions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresVersions implements Versions {
  private static final String LOCK = "SELECT last FROM charter_desk FOR UPDATE";

  private static final String COLUMNS =
      """
      SELECT c.version, c.revision, c.state, c.name, c.content_hash, c.proposed_by,
        c.proposed_role, c.proposed_at, c.effective_from,
        m.signatory AS marketing_signatory, m.signed_at AS marketing_signed_at,
        s.signatory AS sales_signatory, s.signed_at AS sales_signed_at
      """;

  private static final String FROM =
      """
      FROM charter c
        LEFT JOIN charter_signature m ON m.version = c.version AND m.side = 'marketing'
        LEFT JOIN charter_signature s ON s.version = c.version AND s.side = 'sales'
      """;

  private static final String OPEN =
      COLUMNS + FROM + "WHERE c.content_hash = $1 AND c.state = 'proposed'";

  private static final String FIND =
      COLUMNS + ", c.document, c.form, c.written " + FROM + "WHERE c.version = $1";

  private static final String LIST =
      COLUMNS + FROM + "WHERE ($1::int IS NULL OR c.version < $1) ORDER BY c.version DESC LIMIT $2";

  /** Never a number that the topic knows, also not after this database came back from a backup. */
  private static final String NUMBER =
      """
      UPDATE charter_desk
      SET last = 1 + greatest(last, (SELECT max(version) FROM known_charter))
      RETURNING last
      """;

  private static final String ADD =
      """
      INSERT INTO charter (version, revision, state, name, content_hash, document, form, written,
        proposed_by, proposed_role, proposed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;

  private static final String OVERTAKE =
      """
      UPDATE charter SET state = 'overtaken', revision = revision + 1
      WHERE state = 'proposed'
        AND version <= greatest($1::int, (SELECT max(version) FROM known_charter))
      """;

  private static final String ADD_SIGNATURE =
      """
      INSERT INTO charter_signature (version, side, signatory, signed_at) VALUES ($1, $2, $3, $4)
      """;

  private static final String CHANGE =
      "UPDATE charter SET revision = $2, state = $3, effective_from = $4 WHERE version = $1";

  private final Outbox outbox;
  private final Charters charters;

  PostgresVersions(Outbox outbox, Charters charters) {
    this.outbox = outbox;
    this.charters = charters;
  }

  @Override
  public Uni<Kept> propose(SqlConnection tx, Draft draft) {
    return tx.query(LOCK)
        .execute()
        .chain(() -> tx.preparedQuery(OPEN).execute(Tuple.of(draft.agreement().contentHash())))
        .chain(
            open -> {
              var rows = open.iterator();
              return rows.hasNext()
                  ? Uni.createFrom().item(new Kept(version(rows.next()), false))
                  : add(tx, draft).map(added -> new Kept(added, true));
            });
  }

  private Uni<Version> add(SqlConnection tx, Draft draft) {
    return tx.query(NUMBER)
        .execute()
        .map(rows -> Version.proposed(rows.iterator().next().getInteger("last"), draft))
        .call(
            version ->
                tx.preparedQuery(ADD)
                    .execute(
                        Tuple.tuple()
                            .addInteger(version.number())
                            .addInteger(version.revision())
                            .addString(version.state().word())
                            .addString(version.name())
                            .addString(version.contentHash())
                            .addString(new String(Json.bytes(draft.agreement().document()), UTF_8))
                            .addString(draft.form().name())
                            .addString(draft.written())
                            .addString(version.proposedBy())
                            .addString(version.proposedRole())
                            .addOffsetDateTime(utc(version.proposedAt()))));
  }

  @Override
  public Uni<Optional<Paper>> find(SqlConnection tx, int version) {
    return tx.preparedQuery(FIND)
        .execute(Tuple.of(version))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Paper(
                                version(row),
                                json(row.getString("document")),
                                Form.valueOf(row.getString("form")),
                                row.getString("written")))
                    .findAny());
  }

  @Override
  public Uni<List<Version>> list(SqlConnection tx, @Nullable Integer before, int limit) {
    return tx.preparedQuery(LIST)
        .execute(Tuple.of(before, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresVersions::version)
                    .toList());
  }

  @Override
  public Uni<Verdict> sign(
      SqlConnection tx, int version, Agreement agreement, Function<Version, Verdict> decision) {
    return tx.query(LOCK)
        .execute()
        .chain(() -> overtake(tx, 0))
        .chain(() -> find(tx, version))
        .map(found -> decision.apply(found.orElseThrow().version()))
        .call(
            verdict ->
                verdict instanceof Verdict.Signed(var after, var signature)
                    ? keep(tx, after, signature, agreement)
                    : Uni.createFrom().voidItem());
  }

  private Uni<Void> keep(
      SqlConnection tx, Version version, Signature signature, Agreement agreement) {
    var kept =
        tx.preparedQuery(ADD_SIGNATURE)
            .execute(
                Tuple.of(
                    version.number(),
                    signature.side().word(),
                    signature.signatory(),
                    utc(signature.signedAt())))
            .chain(
                () ->
                    tx.preparedQuery(CHANGE)
                        .execute(
                            Tuple.of(
                                version.number(),
                                version.revision(),
                                version.state().word(),
                                utc(version.effectiveFrom()))));
    if (version.state() != State.SIGNED) {
      return kept.replaceWithVoid();
    }
    return kept.chain(() -> overtake(tx, version.number()))
        .chain(
            () ->
                outbox.append(
                    tx,
                    List.of(
                        version.told(
                            agreement.document(), charters.versionAt(signature.signedAt())))));
  }

  private static Uni<Void> overtake(SqlConnection tx, int signed) {
    return tx.preparedQuery(OVERTAKE).execute(Tuple.of(signed)).replaceWithVoid();
  }

  private static Version version(Row row) {
    var hash = row.getString("content_hash");
    return new Version(
        row.getInteger("version"),
        row.getInteger("revision"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("name"),
        hash,
        row.getString("proposed_by"),
        row.getString("proposed_role"),
        row.getOffsetDateTime("proposed_at").toInstant(),
        Stream.of(signature(row, Side.MARKETING, hash), signature(row, Side.SALES, hash))
            .filter(Objects::nonNull)
            .sorted(Comparator.comparing(Signature::signedAt))
            .toList(),
        instant(row.getOffsetDateTime("effective_from")));
  }

  private static @Nullable Signature signature(Row row, Side side, String hash) {
    var signatory = row.getString(side.word() + "_signatory");
    return signatory == null
        ? null
        : new Signature(
            side, signatory, row.getOffsetDateTime(side.word() + "_signed_at").toInstant(), hash);
  }

  private static JsonNode json(String document) {
    try {
      return Json.mapper().readTree(document);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
