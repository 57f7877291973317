package baton.bench;

import baton.local.stack.Checkout;
import baton.local.stack.Stack;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The whole stack: how soon it is ready, what it takes, how soon a lead is in the funnel. */
public final class StackBench implements Bench {
  private static final int PORTS = 28_180;
  private static final double READY = 10;
  private static final double GIGABYTES = 1.5;

  /** What starting still had under way is done by then. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "stack";
  }

  @Override
  public String about() {
    return "PostgreSQL, Kafka and the four services: seconds until ready, memory";
  }

  @Override
  public List<Row> run(Setting setting) throws Exception {
    var stack = Stack.in(Checkout.here(), setting.folder().resolve("stack"), PORTS);
    var starts = new ArrayList<Double>();
    var rest = 0.0;
    var loaded = 0.0;
    for (var n = 0; n < Math.max(2, setting.repetitions()); n++) {
      var started = System.nanoTime();
      stack.up(_ -> {});
      try {
        starts.add((System.nanoTime() - started) / 1e9);
        setting.news().accept("ready after " + Math.round(starts.getLast() * 10) / 10.0 + " s");
        Thread.sleep(SETTLED);
        rest = Math.max(rest, memory(stack));
        if (n == 0) {
          var leads = new Leads();
          var at = URI.create(stack.file().url("lead") + "/leads");
          try (var posts = new Posts(at, stack.file().key("capture"), leads::lead)) {
            var _ = posts.run(16, Duration.ofSeconds(Math.max(3, setting.scaled(20))));
          }
          loaded = memory(stack);
        }
      } finally {
        stack.down(_ -> {});
      }
    }
    return List.of(
        Row.below("stack ready", READY, Comparison.median(starts), "s"),
        Row.below("stack at rest", GIGABYTES, rest, "GB"),
        Row.below("stack loaded", GIGABYTES, loaded, "GB"));
  }

  private static double memory(Stack stack) {
    return stack.states().stream().mapToLong(Stack.State::memory).sum() / 1e9;
  }

  /** From a lead's POST until the funnel counts it, at 500 leads a second. */
  public static final class Visible implements Bench {
    private static final int PER_SECOND = 500;
    private static final Duration LOOK = Duration.ofMillis(2);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double P50 = 25;
    private static final double P99 = 100;

    @Override
    public String name() {
      return "visible";
    }

    @Override
    public String about() {
      return "milliseconds from POST /leads until GET /funnel counts it, at 500 leads/s";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
      var stack = Stack.in(Checkout.here(), setting.folder().resolve("stack"), PORTS);
      stack.up(_ -> {});
      try {
        return measure(stack, setting);
      } finally {
        stack.down(_ -> {});
      }
    }

    private static List<Row> measure(Stack stack, Setting setting) throws Exception {
      var file = stack.file();
      var leads = new Leads();
      var seconds = Math.max(5, setting.scaled(30));
      var warmUp = PER_SECOND * setting.scaled(30);
      var count = PER_SECOND * seconds + warmUp;
      var posted = new long[count];
      var counted = new long[count];
      var last = new AtomicLong();
      try (var client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
        var funnel =
            HttpRequest.newBuilder(URI.create(file.url("reporting") + "/funnel"))
                .header("Authorization", "Bearer " + file.key("report"))
                .build();
        var watch =
            Thread.ofPlatform()
                .start(
                    () -> {
                      while (last.get() < count && !Thread.currentThread().isInterrupted()) {
                        var captured = captured(client, funnel);
                        var now = System.nanoTime();
                        for (var n = (int) last.get(); n < Math.min(captured, count); n++) {
                          counted[n] = now;
                        }
                        last.set(captured);
                        LockSupport.parkNanos(LOOK.toNanos());
                      }
                    });
        var started = System.nanoTime();
        for (var n = 0; n < count; n++) {
          var due = started + n * 1_000_000_000L / PER_SECOND;
          while (System.nanoTime() < due) {
            LockSupport.parkNanos(due - System.nanoTime());
          }
          posted[n] = System.nanoTime();
          var _ =
              client.sendAsync(
                  HttpRequest.newBuilder(URI.create(file.url("lead") + "/leads"))
                      .header("Authorization", "Bearer " + file.key("capture"))
                      .header("Content-Type", "application/json")
                      .POST(BodyPublishers.ofByteArray(leads.lead(n)))
                      .build(),
                  BodyHandlers.discarding());
        }
        watch.join(Duration.ofSeconds(60));
        watch.interrupt();
        if (last.get() < count) {
          throw new IllegalStateException(
              "the funnel counts " + last.get() + " of " + count + " leads");
        }
      }
      // The nth lead counted is taken for the nth posted: in between some overtake others.
      var millis = new double[count - warmUp];
      for (var n = warmUp; n < count; n++) {
        millis[n - warmUp] = Math.max(0, counted[n] - posted[n]) / 1e6;
      }
      Arrays.sort(millis);
      var p50 = Comparison.percentile(millis, 0.5);
      var p99 = Comparison.percentile(millis, 0.99);
      return List.of(
          Row.below("visible p50", P50, p50, "ms").within(p50, p99),
          Row.below("visible p99", P99, p99, "ms").within(p50, p99));
    }

    private static long captured(HttpClient client, HttpRequest funnel) {
      try {
        var answer = client.send(funnel, BodyHandlers.ofByteArray());
        return JSON.readTree(answer.body()).at("/total/stages/captured/count").asLong();
      } catch (IOException | InterruptedException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
