package baton.chassis.lines;

import baton.chassis.problem.Patience;
import baton.chassis.problem.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request's lines as they come, one answer each, in order. Only so many lines are under
 * way at once: while they are, or while the client doesn't read its answers, nothing more is read,
 * so that a stream of any length takes the same memory.
 */
public final class Lines {
  private static final int UNDER_WAY = 2_048;
  private static final int LONGEST = 64 * 1024;
  private static final int CHUNK = 64 * 1024;

  /** What answers a line. */
  public interface Answering {
    /** A line's answer, given on any thread; must not fail. */
    Future<byte[]> answer(long number, byte[] line);
  }

  private static final class Slot {
    private volatile byte @Nullable [] answer;
  }

  private final HttpServerRequest request;
  private final Context context;
  private final Answering answering;
  private final MultiEmitter<? super byte[]> emitter;

  private final AtomicBoolean draining = new AtomicBoolean();
  private final ArrayDeque<Slot> underWay = new ArrayDeque<>();
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private boolean overlong;
  private boolean paused;
  private boolean ended;
  private boolean over;
  private long number;

  private Lines(
      HttpServerRequest request,
      Context context,
      Answering answering,
      MultiEmitter<? super byte[]> emitter) {
    this.request = request;
    this.context = context;
    this.answering = answering;
    this.emitter = emitter;
  }

  /** The answers to a request's lines, several to a chunk, each chunk without its last newline. */
  public static Multi<byte[]> answers(HttpServerRequest request, Answering answering) {
    return Multi.createFrom()
        .emitter(
            emitter -> new Lines(request, context(), answering, emitter).read(),
            BackPressureStrategy.BUFFER);
  }

  private static Context context() {
    return Objects.requireNonNull(Vertx.currentContext(), "a request has a context");
  }

  /** A problem document with its line's number in it. */
  public static byte[] problem(long number, Problem problem) {
    var head = ("{\"line\":" + number + ',').getBytes(StandardCharsets.US_ASCII);
    var body = problem.body();
    var line = Arrays.copyOf(head, head.length + body.length - 1);
    System.arraycopy(body, 1, line, head.length, body.length - 1);
    return line;
  }

  private void read() {
    emitter.onRequest(_ -> onContext(this::drain));
    emitter.onTermination(() -> onContext(this::stop));
    request.exceptionHandler(_ -> stop());
    request.endHandler(_ -> end());
    request.handler(this::take);
    Patience.streams(request, () -> paused, this::refuse);
    request.resume();
  }

  private void refuse(Problem tooSlow) {
    if (!over) {
      stop();
      emitter.fail(tooSlow);
    }
  }

  private void onContext(Runnable work) {
    context.runOnContext(_ -> work.run());
  }

  private void take(Buffer buffer) {
    var bytes = buffer.getBytes();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, start, i);
        line();
        start = i + 1;
      }
    }
    keep(bytes, start, bytes.length);
    if (!paused && underWay.size() >= UNDER_WAY) {
      paused = true;
      request.pause();
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    if (rest.size() + to - from > LONGEST) {
      overlong = true;
      rest.reset();
    } else if (!overlong) {
      rest.write(bytes, from, to - from);
    }
  }

  private void line() {
    number++;
    var line = rest.toByteArray();
    rest.reset();
    if (overlong) {
      overlong = false;
      var slot = new Slot();
      slot.answer = problem(number, Problem.tooLarge("A line is at most 64 KiB."));
      underWay.add(slot);
      drain();
    } else if (!isBlank(line)) {
      var slot = new Slot();
      underWay.add(slot);
      answering
          .answer(number, line)
          .onSuccess(
              answer -> {
                slot.answer = answer;
                drainSoon();
              });
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte one : line) {
      if (one != ' ' && one != '\t' && one != '\r') {
        return false;
      }
    }
    return true;
  }

  private void end() {
    if (rest.size() > 0 || overlong) {
      line();
    }
    ended = true;
    drain();
  }

  /** Many lines are answered at once: they leave together. */
  private void drainSoon() {
    if (!draining.getAndSet(true)) {
      onContext(
          () -> {
            draining.set(false);
            drain();
          });
    }
  }

  private void drain() {
    while (!over && emitter.requested() > 0 && firstIsAnswered()) {
      emitter.emit(chunk());
    }
    if (paused && underWay.size() < UNDER_WAY / 2) {
      paused = false;
      request.resume();
    }
    if (ended && !over && underWay.isEmpty()) {
      over = true;
      emitter.complete();
    }
  }

  private boolean firstIsAnswered() {
    var first = underWay.peek();
    return first != null && first.answer != null;
  }

  private byte[] chunk() {
    var chunk = new ByteArrayOutputStream();
    while (firstIsAnswered() && chunk.size() < CHUNK) {
      if (chunk.size() > 0) {
        chunk.write('\n');
      }
      var answer = underWay.remove().answer;
      if (answer != null) {
        chunk.writeBytes(answer);
      }
    }
    return chunk.toByteArray();
  }

  private void stop() {
    over = true;
    underWay.clear();
    if (!ended) {
      request.handler(null);
      request.resume();
    }
  }
}
