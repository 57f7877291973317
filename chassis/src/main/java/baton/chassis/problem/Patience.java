package baton.chassis.problem;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
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
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on whoever takes too long to say a request, byte by byte: each byte sets back the clock
 * of silence, so silence alone doesn't end it. Lines (NDJSON, CSV) may take their time once their
 * headers are there.
 */
@ApplicationScoped
class Patience {
  private static final AttributeKey<Talk> TALK = AttributeKey.valueOf(Patience.class, "talk");
  private static final int LOOKS = 5;

  private final Vertx vertx;
  private final long nanos;
  private final long between;

  Patience(Vertx vertx, @ConfigProperty(name = "baton.http.patience") Duration patience) {
    this.vertx = vertx;
    this.nanos = patience.toNanos();
    this.between = Math.max(1, patience.toMillis() / LOOKS);
  }

  void begin(@Observes StartupEvent started) {
    vertx.setPeriodic(between, _ -> vertx.nettyEventLoopGroup().forEach(this::look));
  }

  private void look(EventExecutor executor) {
    if (executor instanceof SingleThreadEventLoop loop) {
      loop.execute(
          () -> {
            var channels = new ArrayList<Channel>();
            loop.registeredChannelsIterator().forEachRemaining(channels::add);
            for (var channel : channels) {
              if (channel.parent() instanceof ServerChannel) {
                talk(channel).look(System.nanoTime(), nanos);
              }
            }
          });
    }
  }

  /** A request's headers are there. */
  static void asked(RoutingContext request, boolean isEndless) {
    if (request.request().connection() instanceof ConnectionBase connection) {
      talk(connection.channel()).asked(request, isEndless);
    }
  }

  private static Talk talk(Channel channel) {
    var attribute = channel.attr(TALK);
    var talk = attribute.get();
    if (talk == null) {
      talk = new Talk(channel, System.nanoTime());
      attribute.set(talk);
      channel.pipeline().addFirst(talk);
    }
    return talk;
  }

  /** What is said on one connection; only its event loop knows of it. */
  private static final class Talk extends ChannelInboundHandlerAdapter {
    private final Channel channel;
    private long reads;
    private long readsBefore;
    private @Nullable RoutingContext request;
    private boolean isEndless;

    /** Since when it owes the rest of a request; nothing is owed at 0. */
    private long owedSince;

    Talk(Channel channel, long now) {
      this.channel = channel;
      this.owedSince = now;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      reads++;
      context.fireChannelRead(bytes);
    }

    void asked(RoutingContext next, boolean hasNoEnd) {
      request = next;
      isEndless = hasNoEnd;
      owedSince = System.nanoTime();
    }

    void look(long now, long patience) {
      var asked = request;
      if (asked != null && (isEndless || asked.request().isEnded())) {
        owedSince = 0;
      }
      boolean more = reads != readsBefore;
      readsBefore = reads;
      if (asked != null && asked.request().isEnded() && asked.response().ended()) {
        request = null;
      } else if (asked == null && owedSince == 0 && more) {
        owedSince = now;
      }
      if (owedSince != 0 && now - owedSince > patience) {
        hangUp(asked);
      }
    }

    private void hangUp(@Nullable RoutingContext asked) {
      if (asked == null || asked.response().headWritten()) {
        channel.close();
      } else {
        Doorman.answer(
            asked, Problem.of(ProblemType.TOO_SLOW, "The rest of the request took too long."));
      }
    }
  }
}
