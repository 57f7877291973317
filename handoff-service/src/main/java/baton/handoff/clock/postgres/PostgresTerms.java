package baton.handoff.clock.postgres;

import static baton.handoff.clock.postgres.PromiseRow.stream;
import static java.util.stream.Collectors.toMap;

import baton.charter.Clause;
import baton.chassis.charter.Charters;
import baton.contracts.LeadHandoff;
import baton.handoff.clock.Promise;
import baton.handoff.clock.Terms;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** What sellers and days have to say about the clocks that steps start. */
@ApplicationScoped
class PostgresTerms {
  private static final String HOURS =
      """
      SELECT seller_id, shifts FROM seller WHERE seller_id = ANY($1) AND shifts IS NOT NULL
      """;

  /** Handoffs of a day by their ids, which begin with the millisecond they were opened in. */
  private static final String MQLS =
      """
      SELECT n.zone, (SELECT count(*) FROM handoff h
        WHERE h.handoff_id >= n.first AND h.handoff_id < n.beyond)::int AS mqls
      FROM unnest($1::text[], $2::uuid[], $3::uuid[]) AS n(zone, first, beyond)
      """;

  private final Charters charters;

  PostgresTerms(Charters charters) {
    this.charters = charters;
  }

  /** What has to be read before steps can be followed. */
  Uni<Terms> read(
      SqlConnection tx, List<LeadHandoff> steps, Collection<List<Promise>> promises, Instant now) {
    var clauses = new HashSet<Clause.Timed>();
    var zones = new HashSet<ZoneId>();
    promises.stream()
        .flatMap(List::stream)
        .map(promise -> List.of(promise.charterVersion(), promise.clauseId()))
        .distinct()
        .forEach(
            key -> {
              var charter = charters.agreement((Integer) key.getFirst());
              if (charter.clause((String) key.getLast()) instanceof Clause.Timed timed) {
                clauses.add(timed);
                if (timed.limit().relax() != null) {
                  zones.add(charter.calendar(timed.limit().calendar()).zone());
                }
              }
            });
    var own =
        clauses.stream().anyMatch(each -> each.limit().calendar().equals(Clause.Limit.ASSIGNEE));
    var sellers =
        own
            ? steps.stream().map(LeadHandoff::sellerId).filter(Objects::nonNull).distinct().toList()
            : List.<String>of();
    return hours(tx, sellers)
        .chain(
            hours -> {
              if (!zones.isEmpty()) {
                hours.values().stream()
                    .map(KnownTerms::zone)
                    .filter(Objects::nonNull)
                    .forEach(zones::add);
              }
              return mqls(tx, zones, now).map(mqls -> new KnownTerms(charters, hours, mqls));
            });
  }

  private static Uni<Map<String, JsonNode>> hours(SqlConnection tx, List<String> sellers) {
    if (sellers.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return tx.preparedQuery(HOURS)
        .execute(Tuple.of(sellers.toArray(String[]::new)))
        .map(
            rows ->
                stream(rows)
                    .collect(
                        toMap(
                            row -> row.getString("seller_id"),
                            row ->
                                Objects.requireNonNull(PromiseRow.json(row.getString("shifts"))))));
  }

  private static Uni<Map<ZoneId, Integer>> mqls(SqlConnection tx, Set<ZoneId> zones, Instant now) {
    if (zones.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    var all = List.copyOf(zones);
    var today = all.stream().map(zone -> now.atZone(zone).toLocalDate()).toList();
    var first = new UUID[all.size()];
    var beyond = new UUID[all.size()];
    for (var i = 0; i < all.size(); i++) {
      first[i] = firstOf(today.get(i).atStartOfDay(all.get(i)).toInstant());
      beyond[i] = firstOf(today.get(i).plusDays(1).atStartOfDay(all.get(i)).toInstant());
    }
    return tx.preparedQuery(MQLS)
        .execute(Tuple.of(all.stream().map(ZoneId::getId).toArray(String[]::new), first, beyond))
        .map(
            rows ->
                stream(rows)
                    .collect(
                        toMap(
                            row -> ZoneId.of(row.getString("zone")),
                            row -> row.getInteger("mqls"))));
  }

  /** No id of that millisecond or later is below it. */
  private static UUID firstOf(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }
}
