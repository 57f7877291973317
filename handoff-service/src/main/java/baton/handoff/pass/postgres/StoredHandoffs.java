package baton.handoff.pass.postgres;

import baton.chassis.kin.People;
import baton.handoff.pass.Handoff;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Handoffs as they are kept, some held until the transaction ends. */
final class StoredHandoffs {
  private static final String HELD =
      "SELECT "
          + HandoffRow.COLUMNS
          + " FROM handoff h WHERE h.handoff_id = ANY($1) ORDER BY h.handoff_id FOR UPDATE";

  private static final String OF_LEADS =
      "SELECT " + HandoffRow.COLUMNS + " FROM handoff h WHERE h.lead_id = ANY($1)";

  private static final String OF_LEADS_HELD = OF_LEADS + " ORDER BY h.handoff_id FOR UPDATE";

  private StoredHandoffs() {}

  static Uni<List<Handoff>> held(SqlConnection tx, List<UUID> handoffs) {
    return read(tx, HELD, handoffs.toArray(UUID[]::new));
  }

  static Uni<List<Handoff>> heldOf(SqlConnection tx, People people) {
    return read(tx, OF_LEADS_HELD, people.leads());
  }

  static Uni<List<Handoff>> of(SqlConnection tx, People people) {
    return read(tx, OF_LEADS, people.leads());
  }

  private static Uni<List<Handoff>> read(SqlConnection tx, String statement, UUID[] ids) {
    return tx.preparedQuery(statement)
        .execute(Tuple.of(ids))
        .map(rows -> rows(rows).map(HandoffRow::read).toList());
  }

  static Stream<Row> rows(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }
}
