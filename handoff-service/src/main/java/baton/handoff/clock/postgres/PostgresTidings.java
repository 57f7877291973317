package baton.handoff.clock.postgres;

import baton.chassis.outbox.Outbox;
import baton.contracts.Event;
import baton.contracts.SlaMet;
import baton.handoff.breach.Breach;
import baton.handoff.breach.Breaches;
import baton.handoff.clock.Verdicts;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Verdicts on promises that are about no handoff: kept, counted, published and notified. */
@ApplicationScoped
class PostgresTidings {
  private final Breaches breaches;
  private final Verdicts verdicts;
  private final Notifications notifications;
  private final Outbox outbox;

  PostgresTidings(
      Breaches breaches, Verdicts verdicts, Notifications notifications, Outbox outbox) {
    this.breaches = breaches;
    this.verdicts = verdicts;
    this.notifications = notifications;
    this.outbox = outbox;
  }

  Uni<Void> tell(SqlConnection tx, List<SlaMet> met, List<Breach> broken) {
    return notifications
        .enqueue(tx, met.stream().map(Notice::of).toList())
        .chain(() -> breaches.keep(tx, broken))
        .call(told -> verdicts.count(tx, met, told))
        .chain(
            told -> {
              var events = new ArrayList<Event>(met);
              events.addAll(told);
              return outbox.append(tx, events);
            });
  }
}
