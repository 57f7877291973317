package baton.handoff.notification.postgres;

import baton.charter.Routing.Mode;
import baton.chassis.charter.Charters;
import baton.contracts.Json;
import baton.handoff.notification.Notice;
import baton.handoff.notification.Notifications;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

@ApplicationScoped
class PostgresNotifications implements Notifications {
  private static final String OWE =
      """
      INSERT INTO delivery (subscription_id, webhook_id, type, occurred_at, data)
      SELECT s.subscription_id, n.webhook_id, n.type, n.occurred_at, n.data
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[])
        WITH ORDINALITY AS n (webhook_id, type, topic, occurred_at, data, nth)
      JOIN subscription s ON s.events && ARRAY[n.type, n.topic]
      WHERE s.disabled_at IS NULL AND s.removed_at IS NULL
      ORDER BY n.nth
      """;

  private static final String WANTED =
      """
      SELECT DISTINCT unnest(events) AS word FROM subscription
      WHERE disabled_at IS NULL AND removed_at IS NULL
      """;

  private final Charters charters;

  PostgresNotifications(Charters charters) {
    this.charters = charters;
  }

  @Override
  public <T> Uni<Void> enqueue(SqlConnection tx, List<T> facts, Function<T, Notice> notice) {
    return facts.isEmpty()
        ? Uni.createFrom().voidItem()
        : wanted(tx)
            .chain(
                words ->
                    words.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : owe(
                            tx,
                            facts.stream()
                                .map(notice)
                                .filter(each -> isWanted(each, words) && !isObserved(each))
                                .toList()));
  }

  private static Uni<Set<String>> wanted(SqlConnection tx) {
    return tx.query(WANTED)
        .execute()
        .map(
            rows -> {
              var words = new HashSet<String>();
              rows.forEach(row -> words.add(row.getString(0)));
              return words;
            });
  }

  private static boolean isWanted(Notice notice, Set<String> words) {
    return words.contains(notice.type()) || words.contains(notice.topic());
  }

  private static Uni<Void> owe(SqlConnection tx, List<Notice> notices) {
    if (notices.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    var count = notices.size();
    var ids = new UUID[count];
    var types = new String[count];
    var topics = new String[count];
    var times = new OffsetDateTime[count];
    var data = new String[count];
    for (var n = 0; n < count; n++) {
      var notice = notices.get(n);
      ids[n] = UuidCreator.getTimeOrderedEpochPlus1();
      types[n] = notice.type();
      topics[n] = notice.topic();
      times[n] = notice.at().atOffset(ZoneOffset.UTC);
      data[n] = new String(Json.bytes(notice.data()), StandardCharsets.UTF_8);
    }
    return tx.preparedQuery(OWE)
        .execute(Tuple.of(ids, types, topics, times, data))
        .replaceWithVoid();
  }

  /** Where the CRM assigns, Baton watches and tells nobody. */
  private boolean isObserved(Notice notice) {
    return charters.agreement(notice.charterVersion()).terms().routing().mode() == Mode.OBSERVE;
  }
}
