package baton.handoff.seller.postgres;

import baton.chassis.audit.SessionAudit;
import baton.chassis.charter.Charters;
import baton.chassis.database.SessionTransactions;
import baton.chassis.outbox.SessionOutbox;
import baton.handoff.seller.Seller;
import baton.handoff.seller.SellerChanged;
import baton.handoff.seller.Sellers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresSellers implements Sellers {
  private final SessionTransactions sessions;
  private final SessionOutbox outbox;
  private final SessionAudit audit;
  private final Charters charters;
  private final InstantSource clock;
  private final Event<SellerChanged> changes;

  PostgresSellers(
      SessionTransactions sessions,
      SessionOutbox outbox,
      SessionAudit audit,
      Charters charters,
      InstantSource clock,
      Event<SellerChanged> changes) {
    this.sessions = sessions;
    this.outbox = outbox;
    this.audit = audit;
    this.charters = charters;
    this.clock = clock;
    this.changes = changes;
  }

  @Override
  public Uni<Kept> keep(String sellerId, Function<Optional<Seller>, Seller> change) {
    return sessions
        .run(session -> keep(session, sellerId, change))
        .onFailure(ConstraintViolationException.class)
        .retry()
        .atMost(1)
        .invoke(() -> changes.fire(new SellerChanged(sellerId)));
  }

  @Override
  public Uni<Optional<Seller>> find(String sellerId) {
    return sessions.run(
        session ->
            session
                .find(SellerRow.class, sellerId)
                .map(row -> Optional.ofNullable(row).map(SellerRow::seller)));
  }

  @Override
  public Uni<List<Seller>> list(
      @Nullable String team, @Nullable Boolean active, @Nullable String after, int limit) {
    var statement =
        "FROM SellerRow s WHERE s.sellerId > :after"
            + (team == null ? "" : " AND s.team = :team")
            + (active == null ? "" : " AND s.active = :active")
            + " ORDER BY s.sellerId";
    return sessions.run(
        session -> {
          var query =
              session
                  .createSelectionQuery(statement, SellerRow.class)
                  .setParameter("after", after == null ? "" : after)
                  .setMaxResults(limit);
          if (team != null) {
            query.setParameter("team", team);
          }
          if (active != null) {
            query.setParameter("active", active);
          }
          return query.getResultList().map(rows -> rows.stream().map(SellerRow::seller).toList());
        });
  }

  private Uni<Kept> keep(
      Mutiny.Session session, String sellerId, Function<Optional<Seller>, Seller> change) {
    return session
        .find(SellerRow.class, sellerId, LockModeType.PESSIMISTIC_WRITE)
        .chain(
            row -> {
              var before = Optional.ofNullable(row).map(SellerRow::seller);
              var revision = before.map(Seller::revision).orElse(0L);
              var after = change.apply(before);
              if (before.isPresent() && before.get().equals(after.revised(revision))) {
                return Uni.createFrom().item(new Kept(before.get(), false));
              }
              var revised = after.revised(revision + 1);
              return write(session, row, revised).replaceWith(new Kept(revised, before.isEmpty()));
            });
  }

  private Uni<Void> write(Mutiny.Session session, @Nullable SellerRow known, Seller seller) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var row = known == null ? new SellerRow() : known;
    row.become(seller);
    var kept = known == null ? session.persist(row) : Uni.createFrom().voidItem();
    return kept.chain(session::flush)
        .chain(() -> outbox.append(session, List.of(seller.told(now, charters.versionAt(now)))))
        .chain(
            () ->
                audit.note(
                    session,
                    known == null ? "seller.added" : "seller.changed",
                    seller.sellerId(),
                    Map.of("revision", seller.revision(), "active", seller.active())));
  }
}
