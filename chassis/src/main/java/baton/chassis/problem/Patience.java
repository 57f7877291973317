package baton.chassis.problem;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hangs up on whoever takes too long to send a body. The server's clock of silence ends a
 * connection whose headers drip in, but each byte of a body sets it back. A body that streams may
 * take as long as it is long, but must not trickle.
 */
@ApplicationScoped
public class Patience {
  private static final AttributeKey<Owed> OWED = AttributeKey.valueOf(Patience.class, "owed");
  private static final int LOOKS = 5;

  /** The body of a request, some of which is still to come. */
  private sealed interface Owed {
    /**
     * @param since in nanoseconds
     */
    record Whole(RoutingContext request, long since) implements Owed {}

    /**
     * @param isHeld whether its reader makes it wait
     * @param since when this window began, in nanoseconds
     * @param before how many bytes there were then
     */
    record Streaming(
        HttpServerRequest request,
        BooleanSupplier isHeld,
        Consumer<Problem> refusal,
        long since,
        long before)
        implements Owed {
      Streaming fromNow() {
        return new Streaming(request, isHeld, refusal, System.nanoTime(), request.bytesRead());
      }
    }
  }

  private final Vertx vertx;
  private final Duration patience;
  private final Duration window;
  private final long floor;

  Patience(
      Vertx vertx,
      @ConfigProperty(name = "baton.http.patience") Duration patience,
      @ConfigProperty(name = "baton.http.stream-window") Duration window,
      @ConfigProperty(name = "baton.http.stream-floor") long floor) {
    this.vertx = vertx;
    this.patience = patience;
    this.window = window;
    this.floor = floor;
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
    switch (channel.attr(OWED).get()) {
      case null -> {}
      case Owed.Whole whole -> look(channel, whole);
      case Owed.Streaming stream -> look(channel, stream);
    }
  }

  private void look(Channel channel, Owed.Whole owed) {
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

  private void look(Channel channel, Owed.Streaming owed) {
    var request = owed.request();
    if (request.isEnded()) {
      channel.attr(OWED).set(null);
    } else if (owed.isHeld().getAsBoolean()) {
      channel.attr(OWED).set(owed.fromNow());
    } else if (System.nanoTime() - owed.since() < window.toNanos()) {
      return;
    } else if (request.bytesRead() - owed.before() >= floor * window.toSeconds()) {
      channel.attr(OWED).set(owed.fromNow());
    } else {
      channel.attr(OWED).set(null);
      if (!request.response().headWritten()) {
        request.response().putHeader("Connection", "close");
      }
      owed.refusal()
          .accept(
              Problem.of(
                  ProblemType.TOO_SLOW,
                  "Less than %d bytes a second came; what isn't there yet goes into another request."
                      .formatted(floor)));
      vertx.setTimer(Doorman.LINGER_MILLIS, _ -> channel.close());
    }
  }

  /**
   * A body begins to stream to a reader of its own, on its own loop.
   *
   * @param isHeld whether the reader makes it wait, which is no fault of its sender
   * @param refusal hears that too little comes
   */
  public static void streams(
      HttpServerRequest request, BooleanSupplier isHeld, Consumer<Problem> refusal) {
    if (request.connection() instanceof ConnectionBase connection) {
      connection
          .channel()
          .attr(OWED)
          .set(new Owed.Streaming(request, isHeld, refusal, 0, 0).fromNow());
    }
  }

  /** The headers of a request are there and its body begins. */
  static void awaits(RoutingContext request) {
    if (request.request().connection() instanceof ConnectionBase connection) {
      connection.channel().attr(OWED).set(new Owed.Whole(request, System.nanoTime()));
    }
  }
}
