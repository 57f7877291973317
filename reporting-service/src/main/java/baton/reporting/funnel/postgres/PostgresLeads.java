package baton.reporting.funnel.postgres;

import baton.chassis.database.Transactions;
import baton.reporting.funnel.Behind;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Leads;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Journeys;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks at journeys in the order of their ids and asks each what the cells ask all of them. Nothing
 * is kept for it: a call looks at so many and no more, and says where to go on.
 */
@ApplicationScoped
class PostgresLeads implements Leads {
  private static final int AT_A_TIME = 2000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Transactions transactions;
  private final Journeys journeys;

  PostgresLeads(Transactions transactions, Journeys journeys) {
    this.transactions = transactions;
    this.journeys = journeys;
  }

  /** How far it has come. One thread at a time goes on with it. */
  private static final class Search {
    private final Behind number;
    private final int most;
    private final List<UUID> found = new ArrayList<>();
    private UUID last;
    private int looked;
    private boolean over;

    Search(Behind number, UUID after, int most) {
      this.number = number;
      this.last = after;
      this.most = most;
    }

    boolean goesOn() {
      return !over && found.size() < most && looked < MOST_LOOKED_AT;
    }

    void look(Map<UUID, Group> page) {
      over = page.size() < AT_A_TIME;
      for (var each : page.entrySet()) {
        if (found.size() == most) {
          over = false;
          return;
        }
        looked++;
        last = each.getKey();
        if (each.getValue().survivor().equals(last)
            && number.counts(Contribution.of(each.getValue().journey()))) {
          found.add(last);
        }
      }
    }
  }

  @Override
  public Uni<Found> behind(Behind number, @Nullable UUID after, int most) {
    var search = new Search(number, after == null ? BEFORE_ALL : after, most);
    return Multi.createBy()
        .repeating()
        .uni(() -> page(search.last).invoke(search::look))
        .whilst(_ -> search.goesOn())
        .collect()
        .last()
        .map(_ -> new Found(search.found, search.over ? null : search.last));
  }

  /** So many leads from there on; those that are one with others, as what they are together. */
  private Uni<Map<UUID, Group>> page(UUID after) {
    return transactions
        .run(
            connection ->
                Standing.of(connection)
                    .chain(
                        standing ->
                            connection
                                .preparedQuery(
                                    "SELECT id, body FROM journey_%d WHERE id > $1 ORDER BY id LIMIT %d"
                                        .formatted(standing.slot(), AT_A_TIME))
                                .execute(Tuple.of(after))))
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .chain(
            rows ->
                Multi.createFrom()
                    .iterable(rows)
                    .onItem()
                    .transformToUniAndConcatenate(this::group)
                    .collect()
                    .in(
                        PostgresLeads::none,
                        (page, group) -> page.put(group.getKey(), group.getValue())))
        .emitOn(Infrastructure.getDefaultWorkerPool());
  }

  private static Map<UUID, Group> none() {
    return new TreeMap<>();
  }

  private Uni<Map.Entry<UUID, Group>> group(Row row) {
    var lead = row.getUUID("id");
    var journey = Journey.of(row.getBuffer("body").getBytes());
    var alone = new Group(lead, new TreeMap<>(Map.of(lead, journey)));
    return journey.merges().isEmpty()
        ? Uni.createFrom().item(Map.entry(lead, alone))
        : journeys.find(lead).map(found -> Map.entry(lead, found.orElse(alone)));
  }
}
