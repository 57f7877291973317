package baton.handoff.pass.postgres;

import baton.handoff.clock.Consequences;
import baton.handoff.pass.Answer.PassOn;
import baton.handoff.pass.Answer.Silence;
import baton.handoff.pass.Moment;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.routing.Dealt.Turn;
import baton.handoff.routing.Roster;
import baton.handoff.routing.Rotation;
import baton.handoff.routing.Route;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class PostgresConsequences implements Consequences {
  private static final int TURNS_TO_PASS_ON = 3;

  private static final String LOCK_ROUTED =
      "SELECT "
          + HandoffRow.COLUMNS
          + RouteRow.COLUMNS
          + """

          FROM handoff h LEFT JOIN route r USING (handoff_id)
          WHERE h.handoff_id = ANY($1) ORDER BY h.handoff_id
          FOR UPDATE OF h
          """;

  private final Roster roster;
  private final Writing writing;
  private final Moments moments;

  PostgresConsequences(Roster roster, Writing writing, Moments moments) {
    this.roster = roster;
    this.writing = writing;
    this.moments = moments;
  }

  @Override
  public Uni<Void> deemAccepted(SqlConnection tx, List<UUID> silent, Instant at) {
    if (silent.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return StoredHandoffs.held(tx, silent)
        .chain(
            handoffs ->
                writing.write(
                    tx,
                    handoffs.stream()
                        .map(handoff -> handoff.answered(new Silence(), moments.at(at)))
                        .filter(Moved.class::isInstance)
                        .map(Moved.class::cast)
                        .toList()));
  }

  @Override
  public Uni<Void> passOn(SqlConnection tx, Map<UUID, String> why, Instant at) {
    if (why.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.preparedQuery(LOCK_ROUTED)
        .execute(Tuple.of(why.keySet().toArray(UUID[]::new)))
        .chain(
            rows ->
                roster
                    .hold(tx, at)
                    .chain(
                        rotation -> {
                          var moved = passedOn(rows, rotation, why, moments.at(at));
                          return moved.isEmpty()
                              ? Uni.createFrom().voidItem()
                              : writing.write(tx, moved).chain(() -> roster.keep(tx, rotation, at));
                        }));
  }

  /** A turn that would go back to who let the promise run out is lost to him. */
  private static List<Moved> passedOn(
      RowSet<Row> rows, Rotation rotation, Map<UUID, String> why, Moment at) {
    var moved = new ArrayList<Moved>();
    for (var row : rows) {
      var handoff = HandoffRow.read(row);
      var route = new Route(RouteRow.read(row).wanted(), row.getString("rule"), null, false, null);
      var reason = why.getOrDefault(handoff.pass().handoffId(), "");
      for (var turn = 0; turn < TURNS_TO_PASS_ON; turn++) {
        if (rotation.next(route) instanceof Turn(var seller, var team, _)
            && handoff.answered(new PassOn(seller, team, reason), at) instanceof Moved other) {
          moved.add(other);
          break;
        }
      }
    }
    return moved;
  }
}
