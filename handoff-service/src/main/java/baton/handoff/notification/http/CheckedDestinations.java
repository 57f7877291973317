package baton.handoff.notification.http;

import baton.handoff.notification.Destinations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks names up and lets nothing through unless all that a name stands for may be sent to. */
@ApplicationScoped
class CheckedDestinations implements Destinations {
  private static final String NOT_PUBLIC = "must name a host that the public network reaches";
  private static final int LOOKUPS_AT_ONCE = 16;
  private static final long LONGEST_LOOKUP_SECONDS = 5;

  /** A destination and the address to connect to. */
  record Checked(Destination destination, InetAddress address) {}

  private final NotificationSettings settings;
  private final WorkerExecutor lookups;

  CheckedDestinations(NotificationSettings settings, Vertx vertx) {
    this.settings = settings;
    this.lookups =
        vertx.createSharedWorkerExecutor(
            "baton-lookups", LOOKUPS_AT_ONCE, LONGEST_LOOKUP_SECONDS * 4, TimeUnit.SECONDS);
  }

  @Override
  public Uni<Optional<String>> objection(String url) {
    return Uni.createFrom()
        .completionStage(() -> check(url, 0).toCompletionStage())
        .map(_ -> Optional.<String>empty())
        .onFailure(Destination.Unfit.class)
        .recoverWithItem(unfit -> Optional.of(((Destination.Unfit) unfit).why()));
  }

  /** Fails with {@link Destination.Unfit}. {@code turn} chooses among several addresses. */
  Future<Checked> check(String url, int turn) {
    try {
      var destination = Destination.of(url, settings.allowHttp());
      return lookups.executeBlocking(() -> checked(destination, turn), false);
    } catch (Destination.Unfit unfit) {
      return Future.failedFuture(unfit);
    }
  }

  private Checked checked(Destination destination, int turn) throws Destination.Unfit {
    try {
      var found = InetAddress.getAllByName(destination.host());
      for (var address : found) {
        if (!allowed(address)) {
          throw new Destination.Unfit(NOT_PUBLIC);
        }
      }
      var chosen = found[Math.floorMod(turn, found.length)];
      return new Checked(destination, InetAddress.getByAddress(chosen.getAddress()));
    } catch (UnknownHostException unknown) {
      throw new Destination.Unfit(NOT_PUBLIC);
    }
  }

  private boolean allowed(InetAddress address) {
    return switch (Reach.of(address)) {
      case PUBLIC -> true;
      case PRIVATE -> settings.allowPrivate();
      case FORBIDDEN -> false;
    };
  }
}
