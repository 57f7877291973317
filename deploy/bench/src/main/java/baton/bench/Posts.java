package baton.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
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
  private static final byte[] TAKEN = "HTTP/1.1 2".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.ISO_8859_1);

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final URI to;
  private final byte[] head;
  private final LongFunction<byte[]> bodies;
  private final AtomicInteger next = new AtomicInteger();

  Posts(URI to, String key, LongFunction<byte[]> bodies) {
    this.to = to;
    this.bodies = bodies;
    this.head =
        ("POST "
                + to.getPath()
                + " HTTP/1.1\r\nHost: "
                + to.getAuthority()
                + "\r\nAuthorization: Bearer "
                + key
                + "\r\nContent-Type: application/json\r\nContent-Length: ")
            .getBytes(StandardCharsets.ISO_8859_1);
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
      socket.write(
          Buffer.buffer(head.length + 16 + body.length)
              .appendBytes(head)
              .appendString(body.length + "\r\n\r\n")
              .appendBytes(body));
    }

    private void receive(Buffer part) {
      received = received.length() == 0 ? part : received.appendBuffer(part);
      var bytes = received.getBytes();
      var headEnd = indexOf(bytes, END_OF_HEAD, 0);
      if (headEnd < 0 || bytes.length < headEnd + 4 + contentLength(bytes, headEnd)) {
        return;
      }
      received = Buffer.buffer();
      if (!Arrays.equals(bytes, 0, TAKEN.length, TAKEN, 0, TAKEN.length)) {
        end(new String(bytes, 0, Math.min(400, bytes.length), StandardCharsets.ISO_8859_1));
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

    private static int contentLength(byte[] answer, int headEnd) {
      var at = indexOf(answer, LENGTH, 0);
      if (at < 0 || at > headEnd) {
        throw new IllegalStateException("an answer without content-length");
      }
      int length = 0;
      for (int n = at + LENGTH.length; answer[n] >= '0' && answer[n] <= '9'; n++) {
        length = 10 * length + answer[n] - '0';
      }
      return length;
    }

    private static int indexOf(byte[] text, byte[] part, int from) {
      for (int at = from; at + part.length <= text.length; at++) {
        if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
          return at;
        }
      }
      return -1;
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
