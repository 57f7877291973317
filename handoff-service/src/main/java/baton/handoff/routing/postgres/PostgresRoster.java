package baton.handoff.routing.postgres;

import baton.chassis.charter.Charters;
import baton.contracts.Json;
import baton.handoff.routing.Candidate;
import baton.handoff.routing.Roster;
import baton.handoff.routing.Rotation;
import baton.handoff.routing.Route;
import baton.handoff.routing.Standing;
import baton.handoff.routing.Wanted;
import baton.handoff.seller.Presence;
import baton.handoff.seller.Shifts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresRoster implements Roster {
  /** A territory that is no country says nothing about a lead. */
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  private static final String HOLD = "SELECT one FROM rotation FOR UPDATE";

  private static final String CANDIDATES =
      """
      SELECT s.seller_id, s.team, s.weight, s.territories, s.personas, s.shifts, s.out_of_office,
             CASE WHEN s.capacity IS NULL THEN 2147483647
                  ELSE greatest(0, s.capacity - (
                    SELECT count(*) FROM handoff h
                    WHERE h.seller_id = s.seller_id AND h.state IN ('offered', 'accepted')))
             END AS room
      FROM seller s
      WHERE s.active AND ($1::text IS NULL OR s.seller_id = $1)
      ORDER BY s.seller_id
      """;

  private static final String UNCHANGED = "FOR SHARE OF s";

  private static final String STANDINGS =
      """
      SELECT t.team, t.seller_id, t.credit, t.given_back, t.arrears,
             CASE WHEN t.caught_up_on = $1 THEN t.caught_up ELSE 0 END AS caught_up
      FROM turn t JOIN seller s USING (seller_id) WHERE s.active
      """;

  /** Turns given back meanwhile are kept: only those that were counted are gone. */
  private static final String KEEP =
      """
      INSERT INTO turn (team, seller_id, credit, given_back, arrears, caught_up, caught_up_on)
      SELECT n.team, n.seller_id, n.credit, n.given_back, n.arrears, n.caught_up, $7
      FROM unnest($1::text[], $2::text[], $3::float8[], $4::int[], $5::float8[], $6::int[])
        AS n(team, seller_id, credit, given_back, arrears, caught_up)
      ORDER BY n.team, n.seller_id
      ON CONFLICT (team, seller_id) DO UPDATE SET
        credit = excluded.credit, given_back = turn.given_back - excluded.given_back,
        arrears = excluded.arrears, caught_up = excluded.caught_up,
        caught_up_on = excluded.caught_up_on
      """;

  private static final String OWNERS =
      "SELECT company, seller_id FROM company_owner WHERE company = ANY($1)";

  private static final String KEEP_ROUTES =
      """
      INSERT INTO route (handoff_id, team, country, persona, rule, company)
      SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
      """;

  private static final String AWAITED =
      """
      SELECT DISTINCT coalesce(r.team, '') AS team, r.country, r.persona
      FROM handoff h LEFT JOIN route r USING (handoff_id)
      WHERE h.state = 'unassigned' AND h.charter_version = ANY($1)
      """;

  /** The later handoff's seller has the company. */
  private static final String HELD =
      """
      INSERT INTO company_owner (company, seller_id, handoff_id)
      SELECT DISTINCT ON (r.company) r.company, n.seller_id, n.handoff_id
      FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS n(handoff_id, seller_id, place)
      JOIN route r USING (handoff_id) WHERE r.company IS NOT NULL
      ORDER BY r.company, n.place DESC
      ON CONFLICT (company) DO UPDATE SET
        seller_id = excluded.seller_id, handoff_id = excluded.handoff_id
      """;

  private static final String NOT_HIS = "DELETE FROM company_owner WHERE handoff_id = $1";

  private static final String GIVE_BACK =
      """
      UPDATE turn t SET given_back = t.given_back + 1
      FROM route r WHERE r.handoff_id = $1 AND t.team = r.team AND t.seller_id = $2
      """;

  private final Charters charters;

  PostgresRoster(Charters charters) {
    this.charters = charters;
  }

  @Override
  public Uni<Rotation> look(SqlConnection tx, Instant now) {
    return rotation(tx, CANDIDATES, now);
  }

  @Override
  public Uni<Rotation> hold(SqlConnection tx, Instant now) {
    return tx.query(HOLD).execute().chain(() -> rotation(tx, CANDIDATES + UNCHANGED, now));
  }

  private Uni<Rotation> rotation(SqlConnection tx, String candidates, Instant now) {
    return tx.preparedQuery(candidates)
        .execute(Tuple.of(null))
        .map(rows -> rows(rows).map(row -> candidate(row, now)).toList())
        .chain(
            sellers ->
                tx.preparedQuery(STANDINGS)
                    .execute(Tuple.of(today(now)))
                    .map(
                        rows ->
                            new Rotation(
                                sellers,
                                rows(rows).map(PostgresRoster::standing).toList(),
                                charters.at(now).agreement().terms().routing().catchUpCap())));
  }

  @Override
  public Uni<Void> keep(SqlConnection tx, Rotation rotation, Instant now) {
    var standings = rotation.standings();
    if (standings.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(KEEP)
        .execute(
            Tuple.tuple()
                .addArrayOfString(texts(standings, Standing::team))
                .addArrayOfString(texts(standings, Standing::sellerId))
                .addArrayOfDouble(standings.stream().map(Standing::credit).toArray(Double[]::new))
                .addArrayOfInteger(
                    standings.stream().map(Standing::givenBack).toArray(Integer[]::new))
                .addArrayOfDouble(standings.stream().map(Standing::arrears).toArray(Double[]::new))
                .addArrayOfInteger(
                    standings.stream().map(Standing::caughtUp).toArray(Integer[]::new))
                .addLocalDate(today(now)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<Candidate>> find(SqlConnection tx, String sellerId, Instant now) {
    return tx.preparedQuery(CANDIDATES + UNCHANGED)
        .execute(Tuple.of(sellerId))
        .map(rows -> rows(rows).map(row -> candidate(row, now)).findAny());
  }

  @Override
  public Uni<Map<String, String>> owners(SqlConnection tx, Set<String> companies) {
    return companies.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : tx.preparedQuery(OWNERS)
            .execute(Tuple.tuple().addArrayOfString(companies.toArray(String[]::new)))
            .map(
                rows ->
                    rows(rows)
                        .collect(
                            Collectors.toMap(
                                row -> row.getString("company"),
                                row -> row.getString("seller_id"))));
  }

  @Override
  public Uni<Void> keep(SqlConnection tx, Map<UUID, Route> routes) {
    var kept = List.copyOf(routes.values());
    return tx.preparedQuery(KEEP_ROUTES)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(routes.keySet().toArray(UUID[]::new))
                .addArrayOfString(texts(kept, route -> route.wanted().team()))
                .addArrayOfString(texts(kept, route -> route.wanted().country()))
                .addArrayOfString(texts(kept, route -> route.wanted().persona()))
                .addArrayOfString(texts(kept, Route::rule))
                .addArrayOfString(texts(kept, Route::company)))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Wanted>> awaited(SqlConnection tx, Set<Integer> under) {
    return tx.preparedQuery(AWAITED)
        .execute(Tuple.of(under.toArray(Integer[]::new)))
        .map(
            rows ->
                rows(rows)
                    .map(
                        row ->
                            new Wanted(
                                row.getString("team"),
                                row.getString("country"),
                                row.getString("persona")))
                    .toList());
  }

  @Override
  public Uni<Void> held(SqlConnection tx, Map<UUID, String> sellers) {
    return sellers.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(HELD)
            .execute(
                Tuple.tuple()
                    .addArrayOfUUID(sellers.keySet().toArray(UUID[]::new))
                    .addArrayOfString(sellers.values().toArray(String[]::new)))
            .replaceWithVoid();
  }

  @Override
  public Uni<Void> refused(SqlConnection tx, UUID handoffId, String sellerId, boolean bad) {
    return tx.preparedQuery(NOT_HIS)
        .execute(Tuple.of(handoffId))
        .chain(
            () ->
                bad
                    ? tx.preparedQuery(GIVE_BACK)
                        .execute(Tuple.of(handoffId, sellerId))
                        .replaceWithVoid()
                    : Uni.createFrom().voidItem());
  }

  private Candidate candidate(Row row, Instant now) {
    return new Candidate(
        row.getString("seller_id"),
        row.getString("team"),
        row.getBigDecimal("weight").doubleValue(),
        row.getLong("room").intValue(),
        Arrays.stream(row.getArrayOfStrings("territories"))
            .filter(territory -> COUNTRY.matcher(territory).matches())
            .collect(Collectors.toSet()),
        Set.of(row.getArrayOfStrings("personas")),
        presence(row, now));
  }

  private Presence presence(Row row, Instant now) {
    var shifts = row.getString("shifts");
    var outOfOffice = row.getString("out_of_office");
    return shifts == null && outOfOffice == null
        ? Presence.HERE
        : Shifts.of(json(shifts), json(outOfOffice)).at(now, zone(now));
  }

  private LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, zone(now));
  }

  private ZoneId zone(Instant now) {
    return charters.at(now).agreement().calendar().zone();
  }

  private static Standing standing(Row row) {
    return new Standing(
        row.getString("team"),
        row.getString("seller_id"),
        row.getDouble("credit"),
        row.getInteger("given_back"),
        row.getDouble("arrears"),
        row.getInteger("caught_up"));
  }

  private static @Nullable JsonNode json(@Nullable String text) {
    try {
      return text == null ? null : Json.mapper().readTree(text);
    } catch (JsonProcessingException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }

  private static <T> String[] texts(List<T> of, Function<T, @Nullable String> value) {
    return of.stream().map(value).toArray(String[]::new);
  }

  private static Stream<Row> rows(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }
}
