package baton.handoff.clock.postgres;

import static baton.handoff.clock.postgres.PromiseRow.stream;

import baton.chassis.charter.Charters;
import baton.handoff.clock.Look;
import baton.handoff.clock.Promise;
import baton.handoff.clock.Subject;
import baton.handoff.clock.Terms;
import baton.handoff.clock.Warnings;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

@ApplicationScoped
class PostgresWarnings implements Warnings {
  private static final String DUE =
      "SELECT "
          + PromiseRow.COLUMNS
          + """
          , clock_timestamp() AS now FROM clock c
          WHERE c.state = 'running' AND c.warn_at IS NOT NULL
            AND c.warn_at <= (SELECT clock_timestamp())
          ORDER BY c.warn_at LIMIT $1 FOR UPDATE SKIP LOCKED
          """;

  private final Charters charters;
  private final PostgresPromises promises;
  private final PostgresRulings rulings;
  private final Notifications notifications;

  PostgresWarnings(
      Charters charters,
      PostgresPromises promises,
      PostgresRulings rulings,
      Notifications notifications) {
    this.charters = charters;
    this.promises = promises;
    this.rulings = rulings;
    this.notifications = notifications;
  }

  @Override
  public Uni<Look> give(SqlConnection tx, int atMost) {
    return tx.preparedQuery(DUE)
        .execute(Tuple.of(atMost))
        .chain(
            rows -> {
              var due = stream(rows).map(PromiseRow::read).toList();
              return due.isEmpty()
                  ? Uni.createFrom().item(Look.nothing())
                  : Held.of(tx, due.stream().map(Promise::subjectId))
                      .chain(held -> give(tx, due, held, PostgresTime.now(rows.iterator().next())))
                      .map(given -> Look.took(given, due.size(), atMost));
            });
  }

  private Uni<Integer> give(
      SqlConnection tx, List<Promise> due, Map<UUID, Subject> held, Instant now) {
    var warned = new ArrayList<Promise>();
    var notices = new ArrayList<Notice>();
    var terms = KnownTerms.of(charters);
    for (var promise : due) {
      var subject = held.get(promise.subjectId());
      if (subject != null) {
        warned.add(promise.warned());
        warning(promise, subject, terms, now).forEach(notices::add);
      }
    }
    return promises
        .write(tx, warned)
        .chain(() -> notifications.enqueue(tx, notices))
        .replaceWith(warned.size());
  }

  private Stream<Notice> warning(Promise promise, Subject subject, Terms terms, Instant now) {
    var clause = terms.clause(promise);
    var started = promise.startedAt();
    var due = promise.dueAt();
    var share = clause == null ? null : clause.limit().warnAt();
    if (clause == null
        || started == null
        || due == null
        || share == null
        || rulings.isObserved(promise)) {
      return Stream.empty();
    }
    return Stream.of(
        Notice.of(
            new Notice.Warning(
                now,
                promise.charterVersion(),
                promise.clauseId(),
                clause.owedBy(),
                subject.handoffId(),
                subject.leadId(),
                subject.passId(),
                subject.sellerId(),
                subject.team(),
                started,
                due,
                share.doubleValue())));
  }
}
