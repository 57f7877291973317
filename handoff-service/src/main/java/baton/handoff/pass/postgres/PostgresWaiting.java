package baton.handoff.pass.postgres;

import static baton.chassis.database.Columns.column;

import baton.charter.Routing.Mode;
import baton.chassis.charter.Charters;
import baton.chassis.charter.Signed;
import baton.handoff.pass.Answer.Assign;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Moment;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.pass.Waiting;
import baton.handoff.routing.Dealt.Turn;
import baton.handoff.routing.Roster;
import baton.handoff.routing.Rotation;
import baton.handoff.routing.Route;
import baton.handoff.routing.Wanted;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

@ApplicationScoped
class PostgresWaiting implements Waiting {
  private static final int WAITING_AT_ONCE = 500;

  private static final Uni<Boolean> NOTHING = Uni.createFrom().item(false);

  private static final String LOCK_WAITING =
      "SELECT "
          + HandoffRow.COLUMNS
          + RouteRow.COLUMNS
          + """

          FROM handoff h LEFT JOIN route r USING (handoff_id)
          WHERE h.state = 'unassigned'
            AND (coalesce(r.team, ''), coalesce(r.country, ''), coalesce(r.persona, '')) IN (
              SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))
            AND h.charter_version = ANY($4)
          ORDER BY h.handoff_id LIMIT $5
          FOR UPDATE OF h SKIP LOCKED
          """;

  private final Roster roster;
  private final Writing writing;
  private final Moments moments;
  private final Charters charters;

  PostgresWaiting(Roster roster, Writing writing, Moments moments, Charters charters) {
    this.roster = roster;
    this.writing = writing;
    this.moments = moments;
    this.charters = charters;
  }

  /**
   * Looks without the rotation first, which whoever deals to new handoffs would have to wait for.
   */
  @Override
  public Uni<Boolean> deal(SqlConnection tx) {
    var now = moments.now();
    var assigning = assigning();
    return roster
        .awaited(tx, assigning)
        .chain(
            awaited ->
                awaited.isEmpty()
                    ? NOTHING
                    : roster
                        .look(tx, now.at())
                        .map(rotation -> awaited.stream().filter(rotation::anybody).toList())
                        .chain(
                            wanted ->
                                wanted.isEmpty() ? NOTHING : deal(tx, wanted, assigning, now)));
  }

  /** The charters under which Baton assigns: by one that isn't known yet, nobody does. */
  private Set<Integer> assigning() {
    return charters.known().values().stream()
        .filter(signed -> signed.agreement().terms().routing().mode() == Mode.ASSIGN)
        .map(Signed::version)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Uni<Boolean> deal(
      SqlConnection tx, List<Wanted> wanted, Set<Integer> assigning, Moment now) {
    return roster
        .hold(tx, now.at())
        .chain(
            rotation ->
                tx.preparedQuery(LOCK_WAITING)
                    .execute(waiting(wanted.stream().filter(rotation::anybody).toList(), assigning))
                    .chain(
                        rows -> {
                          var routes = StoredHandoffs.rows(rows).map(RouteRow::read).toList();
                          return roster
                              .owners(tx, RouteRow.companies(routes))
                              .invoke(rotation::remember)
                              .chain(
                                  () ->
                                      deal(
                                          tx,
                                          StoredHandoffs.rows(rows).map(HandoffRow::read).toList(),
                                          routes,
                                          rotation,
                                          now));
                        }));
  }

  private Uni<Boolean> deal(
      SqlConnection tx, List<Handoff> waiting, List<Route> routes, Rotation rotation, Moment now) {
    var dealt = new ArrayList<Moved>();
    for (var i = 0; i < waiting.size(); i++) {
      if (rotation.next(routes.get(i)) instanceof Turn(var seller, var team, var why)
          && waiting.get(i).answered(new Assign(seller, team, why), now) instanceof Moved moved) {
        dealt.add(moved);
      }
    }
    return writing
        .write(tx, dealt)
        .chain(
            () ->
                dealt.isEmpty() ? Uni.createFrom().voidItem() : roster.keep(tx, rotation, now.at()))
        .replaceWith(!dealt.isEmpty() && waiting.size() == WAITING_AT_ONCE);
  }

  private static Tuple waiting(List<Wanted> wanted, Set<Integer> assigning) {
    return Tuple.of(
        column(wanted, Wanted::team, String[]::new),
        column(wanted, each -> Objects.requireNonNullElse(each.country(), ""), String[]::new),
        column(wanted, each -> Objects.requireNonNullElse(each.persona(), ""), String[]::new),
        assigning.toArray(Integer[]::new),
        WAITING_AT_ONCE);
  }
}
