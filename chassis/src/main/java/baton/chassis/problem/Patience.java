package baton.chassis.problem;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hangs up on whoever takes too long to send a body. The server's clock of silence ends a
 * connection whose headers drip in, but each byte of a body sets it back.
 */
@ApplicationScoped
class Patience {
  private static final AttributeKey<Owed> OWED = AttributeKey.valueOf(Patience.class, "owed");
  private static final int LOOKS = 5;

  /**
   * The body of a request, some of which is still to come.
   *
   * @param since in nanoseconds
   */
  private record Owed(RoutingContext request, long since) {}

  private final Vertx vertx;
  private final Duration patience;

  Patience(Vertx vertx, @ConfigProperty(name = "baton.http.patience") Duration patience) {
    this.vertx = vertx;
    this.patience = patience;
  }

  void begin(@Observes StartupEvent started) {
    vertx.setPeriodic(
        patience.dividedBy(LOOKS).toMillis(), _ -> vertx.nettyEventLoopGroup().forEach(this::look));
  }

  /** Looks at the connections of a loop, on that loop. */
  private void look(EventExecutor executor) {
    if (executor instanceof SingleThreadEventLoop loop) {
      loop.execute(
          () -> {
            var channels = new ArrayList<Channel>();
            loop.registeredChannelsIterator().forEachRemaining(channels::add);
            channels.forEach(this::look);
          });
    }
  }

  private void look(Channel channel) {
    var owed = channel.attr(OWED).get();
    if (owed == null) {
      return;
    }
    var request = owed.request();
    if (request.request().isEnded()) {
      channel.attr(OWED).set(null);
    } else if (System.nanoTime() - owed.since() <= patience.toNanos()) {
      return;
    } else if (request.response().headWritten()) {
      channel.close();
    } else {
      Doorman.answer(
          request, Problem.of(ProblemType.TOO_SLOW, "The rest of the request took too long."));
    }
  }

  /** The headers of a request are there and its body begins. */
  static void awaits(RoutingContext request) {
    if (request.request().connection() instanceof ConnectionBase connection) {
      connection.channel().attr(OWED).set(new Owed(request, System.nanoTime()));
    }
  }
}
