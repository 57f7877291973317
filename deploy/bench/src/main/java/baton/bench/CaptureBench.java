package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.local.stack.Part;
import baton.local.stack.Stack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Leads taken, one a request and as a stream, beside rows inserted one a transaction. */
public final class CaptureBench implements Bench {

  @Override
  public String name() {
    return "capture";
  }

  @Override
  public String about() {
    return "POST /leads at 64 and 256 connections, beside single-row commits of 64 clients";
  }

  @Override
  public List<Row> run(Setting setting) throws Exception {
    var time = Duration.ofSeconds(Math.max(5, setting.scaled(10)));
    try (var taking = new Taking(setting.folder().resolve("stack"))) {
      var reference = taking.singleRows(setting.folder());
      setting.news().accept("the reference is " + reference.program());
      var leads = new Leads();
      var rows = new ArrayList<Row>();
      try (var posts = new Posts(taking.at("/leads"), taking.key(), leads::lead)) {
        for (var connections : List.of(64, 256)) {
          rows.add(
              Comparison.of(
                  "capture " + connections,
                  connections == 64 ? 1 : 2,
                  "leads/s",
                  setting,
                  () -> reference.run(time),
                  () -> taking.costing(() -> posts.run(connections, time), time)));
        }
      }
      return rows;
    }
  }

  /** The same leads as lines of one request. */
  public static final class Batch implements Bench {
    @Override
    public String name() {
      return "batch";
    }

    @Override
    public String about() {
      return "POST /leads/batch, beside single-row commits of 64 clients";
    }

    @Override
    public List<Row> run(Setting setting) throws Exception {
      var time = Duration.ofSeconds(Math.max(5, setting.scaled(10)));
      var lines = setting.scaled(100_000);
      try (var taking = new Taking(setting.folder().resolve("stack"))) {
        var reference = taking.singleRows(setting.folder());
        setting.news().accept("the reference is " + reference.program());
        return List.of(
            Comparison.of(
                "batch",
                3,
                "leads/s",
                setting,
                () -> reference.run(time),
                () -> Measured.rate(taking.batch(lines))));
      }
    }
  }

  /** lead-service with a PostgreSQL and a Kafka of its own. */
  private static final class Taking implements AutoCloseable {
    private static final int PORTS = 28_080;
    private final Stack stack;

    Taking(Path folder) {
      stack = OneService.start(Part.LEAD, folder, PORTS);
    }

    SingleRows singleRows(Path folder) throws SQLException {
      var postgres = stack.file().postgres();
      return new SingleRows(
          postgres.host(),
          postgres.port(),
          postgres.user(),
          postgres.password(),
          "postgres",
          folder);
    }

    /** With the processor time that PostgreSQL, Kafka and the service took for each lead. */
    Measured costing(Comparison.Trial trial, Duration time) throws Exception {
      var before = cpu();
      var measured = trial.run();
      var leads = measured.perSecond() * time.toNanos() / 1e9;
      return new Measured(
          measured.perSecond(),
          measured.p50(),
          measured.p99(),
          cpu().minus(before).toNanos() / 1e3 / leads);
    }

    private Duration cpu() {
      return stack.states().stream()
          .filter(Stack.State::running)
          .flatMap(state -> ProcessHandle.of(state.pid()).stream())
          .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
          .flatMap(process -> process.info().totalCpuDuration().stream())
          .reduce(Duration.ZERO, Duration::plus);
    }

    URI at(String path) {
      return URI.create("http://127.0.0.1:" + Part.LEAD.port(PORTS) + path);
    }

    String key() {
      return stack.file().key("capture");
    }

    double batch(int lines) throws Exception {
      var leads = new Leads();
      Iterable<byte[]> body =
          () ->
              new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                  return next < lines;
                }

                @Override
                public byte[] next() {
                  var end = Math.min(lines, next + 500);
                  var chunk = new StringBuilder();
                  LongStream.range(next, end)
                      .forEach(n -> chunk.append(leads.text(n)).append('\n'));
                  next = end;
                  return chunk.toString().getBytes(UTF_8);
                }
              };
      try (var client = HttpClient.newHttpClient()) {
        var started = System.nanoTime();
        var answer =
            client.send(
                HttpRequest.newBuilder(at("/leads/batch"))
                    .header("Authorization", "Bearer " + key())
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofByteArrays(body))
                    .build(),
                BodyHandlers.ofLines());
        var answers = answer.body().count();
        var took = System.nanoTime() - started;
        if (answer.statusCode() != 200 || answers != lines) {
          throw new IllegalStateException(
              "HTTP " + answer.statusCode() + " with " + answers + " of " + lines + " lines");
        }
        return lines * 1e9 / took;
      }
    }

    @Override
    public void close() {
      stack.down(_ -> {});
    }
  }
}
