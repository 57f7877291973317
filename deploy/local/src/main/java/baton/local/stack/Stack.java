package baton.local.stack;

import baton.infrastructure.KafkaProcess;
import baton.infrastructure.NotStarted;
import baton.infrastructure.PostgresProcess;
import baton.infrastructure.SmallJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One stack in one data folder. Another process may have started it, and may end it. */
public final class Stack {
  /** It takes so many ports, one after the other, from the base on. */
  public static final int PORTS = Part.CONTROLLER;

  private static final String HOST = "127.0.0.1";
  private static final String KAFKA_HEAP = "128m";
  private static final Duration SERVICE_START = Duration.ofMinutes(5);
  private static final Duration SERVICE_END = Duration.ofSeconds(20);

  /** A JVM that ends writes down what it learnt. */
  private static final Duration LEARNING = Duration.ofMinutes(3);

  private final Checkout checkout;
  private final Path data;
  private final int portBase;
  private final boolean learns;
  private final Secrets secrets;

  /** A part as it is found. */
  public record State(
      Part part, boolean running, boolean ready, String address, long pid, long memory) {}

  private Stack(Checkout checkout, Path data, int portBase, boolean learns) {
    this.checkout = checkout;
    this.data = data;
    this.portBase = portBase;
    this.learns = learns;
    this.secrets = Secrets.in(data, InstantSource.system());
  }

  /** The stack of a data folder, which is made when it is new. Nothing is started. */
  public static Stack in(Checkout checkout, Path data, int portBase) {
    return in(checkout, data, portBase, false);
  }

  /** The same, with JVMs that record what they learn if they haven't yet. */
  public static Stack learning(Checkout checkout, Path data, int portBase) {
    return in(checkout, data, portBase, true);
  }

  /** One for nobody else, on ports where nobody listens, whose JVMs record what they learn. */
  public static Stack rehearsing(Checkout checkout, Path data) {
    return in(checkout, data, Launch.freePortBase(), true);
  }

  private static Stack in(Checkout checkout, Path data, int portBase, boolean learns) {
    var folder = data.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new Stack(checkout, folder, portBase, learns);
  }

  /** The stack that was last started in a data folder, on the ports it had. */
  public static Optional<Stack> found(Checkout checkout, Path data) {
    return BatonFile.in(data)
        .map(file -> learning(checkout, data, file.postgres().port() - Part.POSTGRES.port(0)));
  }

  /** Starts everything and returns when all of it is ready. */
  public void up(Consumer<String> news) {
    var running = Arrays.stream(Part.values()).filter(part -> running(part).isPresent()).toList();
    if (!running.isEmpty()) {
      throw new NotUp("the stack in " + data + " is running already");
    }
    checkPorts();
    try {
      // Services need their databases at once, but ask for Kafka until it is there.
      together(
          () -> {
            start(Part.KAFKA, news);
            Topics.create(bootstrapServers());
          },
          () -> {
            start(Part.POSTGRES, news);
            Part.services().forEach(this::start);
            together(Part.services(), part -> awaitReady(part, news));
          });
    } catch (RuntimeException failed) {
      down(_ -> {});
      throw failed;
    }
  }

  /** Ends everything, the services first. */
  public void down(Consumer<String> news) {
    together(Part.services(), this::stop);
    news.accept("services stopped");
    together(List.of(Part.KAFKA, Part.POSTGRES), this::stop);
    news.accept("Kafka and PostgreSQL stopped");
  }

  /**
   * Makes of what the JVMs recorded what lets them start quickly, in a process of its own that runs
   * on; without a process where nothing new was recorded.
   */
  public Optional<ProcessHandle> learn() {
    var lessons = new ArrayList<Lesson>();
    for (var part : Part.services()) {
      lessons.add(new Lesson(jvm(part), ServiceJvm.jar(checkout.serviceFolder(part))));
    }
    lessons.add(new Lesson(jvm(Part.KAFKA), KafkaProcess.classPath()));
    return Lesson.take(lessons, data.resolve("logs").resolve("learning.log"));
  }

  /**
   * Starts one part. PostgreSQL and Kafka answer when this returns; for a service see {@link
   * #awaitReady(Part)}.
   */
  public void start(Part part) {
    var pid =
        switch (part) {
          case POSTGRES -> startPostgres();
          case KAFKA -> KafkaProcess.start(kafka()).pid();
          case LEAD, HANDOFF, FEEDBACK, REPORTING -> startService(part);
        };
    ProcessHandle.of(pid).map(Running::of).ifPresent(running -> running.write(pidFile(part)));
    writeFile();
  }

  /** Ends one part in order. */
  public void stop(Part part) {
    switch (part) {
      case POSTGRES -> postgres().ifPresent(PostgresProcess::stop);
      default ->
          running(part)
              .ifPresent(running -> running.end(jvm(part).isToLearn() ? LEARNING : SERVICE_END));
    }
  }

  private SmallJvm jvm(Part part) {
    return part.isService()
        ? ServiceJvm.of(part, checkout.serviceFolder(part), learns)
        : KafkaProcess.jvm(kafka());
  }

  /** Ends one part as a crash would (kill -9). */
  public void kill(Part part) {
    switch (part) {
      case POSTGRES -> postgres().ifPresent(PostgresProcess::kill);
      default -> running(part).ifPresent(Running::kill);
    }
  }

  /** Waits until a part takes requests. */
  public void awaitReady(Part part) {
    awaitReady(part, SERVICE_START);
  }

  public void awaitReady(Part part, Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (!isReady(part)) {
      if (running(part).isEmpty()) {
        throw new NotUp(part.word() + " ended while it started", log(part));
      }
      if (System.nanoTime() > deadline) {
        throw new NotUp(
            part.word() + " was not ready within " + patience.toSeconds() + " s", log(part));
      }
      pause();
    }
  }

  public List<State> states() {
    return Arrays.stream(Part.values())
        .map(
            part -> {
              var running = running(part);
              return new State(
                  part,
                  running.isPresent(),
                  running.isPresent() && isReady(part),
                  address(part),
                  running.map(Running::pid).orElse(0L),
                  running.map(Running::memory).orElse(0L));
            })
        .toList();
  }

  public boolean isRunning() {
    return Arrays.stream(Part.values()).anyMatch(part -> running(part).isPresent());
  }

  public boolean isRunning(Part part) {
    return running(part).isPresent();
  }

  public Path data() {
    return data;
  }

  public Path log(Part part) {
    return data.resolve("logs").resolve(part.word() + ".log");
  }

  public String bootstrapServers() {
    return HOST + ":" + Part.KAFKA.port(portBase);
  }

  /** What {@code baton.json} says of this stack now. */
  public BatonFile file() {
    var services = new LinkedHashMap<String, BatonFile.At>();
    var databases = new LinkedHashMap<String, String>();
    for (var part : Part.services()) {
      services.put(part.word(), new BatonFile.At(address(part), pid(part)));
      databases.put(part.word(), jdbcUrl(part.word()));
    }
    return new BatonFile(
        services,
        new BatonFile.Postgres(
            HOST,
            Part.POSTGRES.port(portBase),
            Secrets.OWNER,
            secrets.password(Secrets.OWNER),
            databases,
            pid(Part.POSTGRES)),
        new BatonFile.Kafka(bootstrapServers(), pid(Part.KAFKA)),
        secrets.keys());
  }

  /** Parts are started side by side; the last to write has seen all of them. */
  private synchronized void writeFile() {
    file().write(data);
  }

  private void start(Part part, Consumer<String> news) {
    start(part);
    news.accept(part.word() + " is ready on " + address(part));
  }

  private void awaitReady(Part part, Consumer<String> news) {
    awaitReady(part);
    news.accept(part.word() + " is ready on " + address(part));
  }

  private long startPostgres() {
    var postgres = PostgresProcess.start(postgresSettings());
    Databases.create(postgres, secrets);
    return postgres.pid();
  }

  private long startService(Part service) {
    var folder = checkout.serviceFolder(service);
    if (!Files.exists(folder.resolve("quarkus-run.jar"))) {
      throw new NotUp(service.word() + "-service isn't built: " + folder + " is missing");
    }
    var environment = ServiceJvm.environment(service);
    environment.putAll(
        Map.of(
            "BATON_HTTP_HOST", HOST,
            "BATON_HTTP_PORT", Integer.toString(service.port(portBase)),
            "BATON_DB_URL", jdbcUrl(service.word()).substring("jdbc:".length()),
            "BATON_DB_USER", service.word(),
            "BATON_DB_PASSWORD", secrets.password(service.word()),
            "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(),
            "BATON_KEYS_FILE", Secrets.keysFile(data).toString()));
    return Launch.detached(ServiceJvm.command(service, folder, learns), environment, log(service));
  }

  private void checkPorts() {
    var taken = new ArrayList<Integer>();
    for (var part : Part.values()) {
      if (Launch.isTaken(part.port(portBase))) {
        taken.add(part.port(portBase));
      }
    }
    if (Launch.isTaken(portBase + Part.CONTROLLER)) {
      taken.add(portBase + Part.CONTROLLER);
    }
    if (!taken.isEmpty()) {
      throw new NotUp(
          "another program listens on 127.0.0.1 port "
              + taken.toString().replaceAll("[\\[\\]]", "")
              + ": end it, or take other ports, as with --port-base "
              + Launch.freePortBase());
    }
  }

  private boolean isReady(Part part) {
    return part.isService() ? answersReady(part) : Launch.isTaken(part.port(portBase));
  }

  private boolean answersReady(Part service) {
    try {
      var asked =
          (HttpURLConnection)
              URI.create(address(service) + "/health/ready").toURL().openConnection();
      asked.setConnectTimeout(500);
      asked.setReadTimeout(2_000);
      return asked.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private String address(Part part) {
    var port = part.port(portBase);
    return part.isService() ? "http://" + HOST + ":" + port : HOST + ":" + port;
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://" + HOST + ":" + Part.POSTGRES.port(portBase) + "/" + database;
  }

  private long pid(Part part) {
    return running(part).map(Running::pid).orElse(0L);
  }

  private Optional<Running> running(Part part) {
    return Running.read(pidFile(part)).filter(running -> running.process().isPresent());
  }

  private Path pidFile(Part part) {
    return data.resolve("run").resolve(part.word() + ".pid");
  }

  private Optional<PostgresProcess> postgres() {
    return running(Part.POSTGRES).flatMap(_ -> PostgresProcess.running(postgresSettings()));
  }

  private PostgresProcess.Settings postgresSettings() {
    return new PostgresProcess.Settings(
        data.resolve("postgres"),
        log(Part.POSTGRES),
        Part.POSTGRES.port(portBase),
        Secrets.OWNER,
        secrets.password(Secrets.OWNER),
        true,
        true);
  }

  private KafkaProcess.Settings kafka() {
    return new KafkaProcess.Settings(
        data.resolve("kafka"),
        log(Part.KAFKA),
        Part.KAFKA.port(portBase),
        portBase + Part.CONTROLLER,
        KAFKA_HEAP,
        true,
        learns);
  }

  private static void together(List<Part> parts, Consumer<Part> each) {
    together(
        parts.stream().map(part -> (Runnable) () -> each.accept(part)).toArray(Runnable[]::new));
  }

  /** Returns when all are done; if some failed, with what the first of them said. */
  private static void together(Runnable... each) {
    var running =
        Arrays.stream(each)
            .map(one -> CompletableFuture.runAsync(one, Thread::startVirtualThread))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(running).join();
    } catch (CompletionException failed) {
      throw switch (failed.getCause()) {
        case NotStarted notStarted -> new NotUp(String.valueOf(notStarted.getMessage()));
        case RuntimeException other -> other;
        case null, default -> failed;
      };
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
