package baton.handoff.pass.postgres;

import baton.handoff.routing.Route;
import baton.handoff.routing.Wanted;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The way a handoff was to go, as it was kept beside it. */
final class RouteRow {
  /** Of {@code handoff h LEFT JOIN route r}. */
  static final String COLUMNS =
      """
      , coalesce(r.team, '') AS wanted_team, r.country, r.persona, r.rule, r.company""";

  private RouteRow() {}

  static Route read(Row row) {
    return new Route(
        new Wanted(
            row.getString("wanted_team"), row.getString("country"), row.getString("persona")),
        row.getString("rule"),
        row.getString("company"),
        false,
        null);
  }

  /** Whose owners have a say. */
  static Set<String> companies(Collection<Route> routes) {
    return routes.stream()
        .map(Route::company)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }
}
