package baton.handoff.clock.postgres;

import baton.charter.Clause;
import baton.charter.clause.Verdict;
import baton.charter.time.ZoneData;
import baton.chassis.outbox.Outbox;
import baton.contracts.BreachStep;
import baton.contracts.Event;
import baton.contracts.SlaMet;
import baton.handoff.breach.Breach;
import baton.handoff.breach.Breaches;
import baton.handoff.clock.State;
import baton.handoff.clock.Verdicts;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Verdicts on promises that are about no handoff: kept, counted, published and notified. */
@ApplicationScoped
class PostgresTidings {
  /** Such a promise, looked at when it was due. */
  interface Over {
    Clause clause();

    int charterVersion();

    /** The same whoever judges it. */
    UUID subject();

    Instant startedAt();

    Instant dueAt();

    /** When it was looked at. */
    Instant at();

    Verdict verdict();

    /** By which a person can follow the verdict, line by line. */
    List<String> evidence();

    default State state() {
      return switch (verdict()) {
        case Verdict.Met _ -> State.MET;
        case Verdict.Broken _ -> State.BROKEN;
        case Verdict.NotJudged _ -> State.CANCELLED;
        case Verdict.Open _ -> State.RUNNING;
      };
    }
  }

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

  Uni<Void> tell(SqlConnection tx, List<? extends Over> over) {
    var met =
        over.stream().filter(each -> each.state() == State.MET).map(PostgresTidings::met).toList();
    var broken =
        over.stream()
            .filter(each -> each.state() == State.BROKEN)
            .map(PostgresTidings::broken)
            .toList();
    return notifications
        .enqueue(tx, met, Notice::of)
        .chain(() -> breaches.keep(tx, broken))
        .call(told -> verdicts.count(tx, met, told))
        .chain(
            told -> {
              var events = new ArrayList<Event>(met);
              events.addAll(told);
              return outbox.append(tx, events);
            });
  }

  private static SlaMet met(Over over) {
    return new SlaMet(
        null,
        over.at(),
        over.charterVersion(),
        UuidCreator.getTimeOrderedEpochPlus1(),
        over.clause().id(),
        over.clause().owedBy(),
        null,
        null,
        null,
        null,
        over.startedAt(),
        over.dueAt(),
        over.at(),
        ZoneData.tzdbVersion());
  }

  private static Breach broken(Over over) {
    return new Breach(
        UuidCreator.getTimeOrderedEpochPlus1(),
        1,
        BreachStep.BREACHED,
        over.clause().id(),
        over.clause().owedBy(),
        over.subject(),
        null,
        null,
        null,
        null,
        null,
        over.charterVersion(),
        over.startedAt(),
        over.dueAt(),
        over.at(),
        ZoneData.tzdbVersion(),
        null,
        over.evidence().stream().map(line -> line.replaceAll("\\R", " ")).toList());
  }
}
