package baton.reporting.calibration.postgres;

import baton.chassis.database.Transactions;
import baton.reporting.calibration.Histories;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Journeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Reads journeys page by page in the order of their ids, and keeps none. */
@ApplicationScoped
class PostgresHistories implements Histories {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_A_TIME = 1000;
  private static final String WATERMARK = "SELECT complete_to FROM report.watermark";

  private final Transactions transactions;
  private final Journeys journeys;

  PostgresHistories(Transactions transactions, Journeys journeys) {
    this.transactions = transactions;
    this.journeys = journeys;
  }

  @Override
  public Extent extent() {
    var row =
        wait(transactions.run(connection -> connection.query(WATERMARK).execute()))
            .iterator()
            .next();
    OffsetDateTime completeTo = row.getOffsetDateTime("complete_to");
    return new Extent(wait(journeys.count()), completeTo == null ? null : completeTo.toInstant());
  }

  @Override
  public void each(double share, BiConsumer<UUID, Journey> shown) {
    var last = Journeys.FIRST;
    SortedMap<UUID, Group> page;
    do {
      page = wait(journeys.after(last, AT_A_TIME, share));
      page.forEach(
          (lead, group) -> {
            if (group.survivor().equals(lead)) {
              shown.accept(lead, group.journey());
            }
          });
      last = page.isEmpty() ? last : page.lastKey();
    } while (page.size() == AT_A_TIME);
  }

  private static <T> T wait(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
