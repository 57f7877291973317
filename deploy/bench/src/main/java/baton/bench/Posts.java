package baton.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Posts the next body on each of so many connections as soon as the last was answered. Speaks just
 * enough HTTP/1.1 to leave the processors to the service it measures.
 */
final class Posts implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final URI to;
  private final String head;
  private final LongFunction<byte[]> bodies;
  private final AtomicInteger next = new AtomicInteger();

  Posts(URI to, String key, LongFunction<byte[]> bodies) {
    this.to = to;
    this.bodies = bodies;
    this.head =
        "POST "
            + to.getPath()
            + " HTTP/1.1\r\nHost: "
            + to.getAuthority()
            + "\r\nAuthorization: Bearer "
            + key
            + "\r\nContent-Type: application/json\r\nContent-Length: ";
  }

  /** Posts on so many connections for so long. */
  Measured run(int connections, Duration time) throws InterruptedException {
    var over = new AtomicBoolean();
    var done = new CountDownLatch(connections);
    var failure = new AtomicReference<@Nullable String>();
    var latencies = new long[1 << 22];
    var answered = new AtomicInteger();
    for (var n = 0; n < connections; n++) {
      client
          .connect(to.getPort(), to.getHost())
          .onFailure(
              failed -> {
                failure.set(failed.toString());
                done.countDown();
              })
          .onSuccess(
              socket -> new Connection(socket, over, done, failure, latencies, answered).post());
    }
    var started = System.nanoTime();
    Thread.sleep(time);
    over.set(true);
    var count = answered.get();
    var took = System.nanoTime() - started;
    done.await();
    var failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a request was refused: " + failed);
    }
    if (count == 0) {
      throw new IllegalStateException("no request was answered within " + time);
    }
    var millis =
        Arrays.stream(latencies, 0, count).mapToDouble(nanos -> nanos / 1e6).sorted().toArray();
    return new Measured(
        count * 1e9 / took,
        Comparison.percentile(millis, 0.5),
        Comparison.percentile(millis, 0.99),
        null);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private final class Connection {
    private final NetSocket socket;
    private final AtomicBoolean over;
    private final CountDownLatch done;
    private final AtomicReference<@Nullable String> failure;
    private final long[] latencies;
    private final AtomicInteger answered;
    private Buffer received = Buffer.buffer();
    private long sent;

    Connection(
        NetSocket socket,
        AtomicBoolean over,
        CountDownLatch done,
        AtomicReference<@Nullable String> failure,
        long[] latencies,
        AtomicInteger answered) {
      this.socket = socket;
      this.over = over;
      this.done = done;
      this.failure = failure;
      this.latencies = latencies;
      this.answered = answered;
      socket.handler(this::receive);
      socket.exceptionHandler(failed -> end(failed.toString()));
    }

    void post() {
      var body = bodies.apply(next.getAndIncrement());
      sent = System.nanoTime();
      socket.write(Buffer.buffer(head + body.length + "\r\n\r\n").appendBytes(body));
    }

    private void receive(Buffer part) {
      received = received.length() == 0 ? part : received.appendBuffer(part);
      var text = received.toString(StandardCharsets.ISO_8859_1);
      var headEnd = text.indexOf("\r\n\r\n");
      if (headEnd < 0 || text.length() < headEnd + 4 + contentLength(text, headEnd)) {
        return;
      }
      received = Buffer.buffer();
      if (!text.startsWith("HTTP/1.1 2")) {
        end(text.substring(0, Math.min(400, text.length())));
        return;
      }
      var at = answered.getAndIncrement();
      if (at < latencies.length) {
        latencies[at] = System.nanoTime() - sent;
      }
      if (over.get()) {
        end(null);
      } else {
        post();
      }
    }

    private static int contentLength(String text, int headEnd) {
      var lower = text.substring(0, headEnd).toLowerCase(Locale.ROOT);
      var at = lower.indexOf("content-length:");
      if (at < 0) {
        throw new IllegalStateException("an answer without Content-Length");
      }
      var lineEnd = lower.indexOf("\r\n", at);
      return Integer.parseInt(
          lower.substring(at + 15, lineEnd < 0 ? lower.length() : lineEnd).trim());
    }

    private void end(@Nullable String why) {
      if (why != null) {
        failure.compareAndSet(null, why);
      }
      socket.handler(_ -> {});
      var _ = socket.close();
      done.countDown();
    }
  }
}
