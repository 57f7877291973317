package baton.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * One Kafka node, broker and controller in one, as a process of this machine on two loopback ports,
 * with data that survives it.
 */
public final class KafkaProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STEP = Duration.ofMillis(100);

  /**
   * What to run.
   *
   * @param heap as java's -Xmx takes it, {@code 256m}
   * @param detached the broker outlives the terminal it was started from
   * @param records see {@link SmallJvm}
   */
  public record Settings(
      Path data,
      Path log,
      int port,
      int controllerPort,
      String heap,
      boolean detached,
      boolean records) {
    public Settings(
        Path data, Path log, int port, int controllerPort, String heap, boolean detached) {
      this(data, log, port, controllerPort, heap, detached, false);
    }
  }

  private final Settings settings;
  private final ProcessHandle process;

  private KafkaProcess(Settings settings, ProcessHandle process) {
    this.settings = settings;
    this.process = process;
  }

  /** Makes the data folder when it is new, starts the broker and returns when it answers. */
  public static KafkaProcess start(Settings settings) {
    var started = launch(settings);
    var deadline = System.nanoTime() + START.toNanos();
    while (started.isAlive() && System.nanoTime() < deadline) {
      if (Ports.answers(settings.port()) && serves(settings)) {
        return new KafkaProcess(settings, started.toHandle());
      }
      Processes.pause(STEP);
    }
    started.destroyForcibly();
    throw new NotStarted("Kafka did not start on port " + settings.port(), settings.log());
  }

  /** The broker that already runs on this data, if one does. */
  public static Optional<KafkaProcess> running(Settings settings) {
    try {
      var pidFile = pidFile(settings);
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
          .filter(ProcessHandle::isAlive)
          .filter(_ -> Ports.answers(settings.port()))
          .map(handle -> new KafkaProcess(settings, handle));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public Settings settings() {
    return settings;
  }

  public Path log() {
    return settings.log();
  }

  public String bootstrapServers() {
    return Ports.LOOPBACK + ":" + settings.port();
  }

  /** Ends the broker in order. */
  public void stop() {
    Processes.end(process, "TERM");
  }

  /** Ends the broker as a crash would (kill -9). */
  public void kill() {
    Processes.end(process, "KILL");
  }

  @Override
  public void close() {
    stop();
  }

  /** The broker's JVM. */
  public static SmallJvm jvm(Settings settings) {
    return new SmallJvm(settings.heap(), BrokerClassPath.learnt(), settings.records());
  }

  /** Where its classes are, as java's options say it. */
  public static List<String> classPath() {
    return List.of("-cp", BrokerClassPath.find());
  }

  private static Process launch(Settings settings) {
    try {
      Files.createDirectories(settings.data());
      var file = settings.data().resolve("server.properties");
      Files.writeString(file, properties(settings));
      var command = new ArrayList<>(jvm(settings).command());
      command.addAll(classPath());
      command.add("baton.broker.Broker");
      command.add(file.toAbsolutePath().toString());
      var process =
          Processes.start(command, SmallJvm.ENVIRONMENT, settings.log(), settings.detached());
      Files.writeString(pidFile(settings), Long.toString(process.pid()));
      return process;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path pidFile(Settings settings) {
    return settings.data().resolve("kafka.pid");
  }

  private static boolean serves(Settings settings) {
    Map<String, Object> client =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            Ports.LOOPBACK + ":" + settings.port(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            2000,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            2000);
    try (var admin = Admin.create(client)) {
      return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String properties(Settings settings) {
    var broker = "PLAINTEXT://" + Ports.LOOPBACK + ":" + settings.port();
    return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@%1$s:%3$d
        controller.listener.names=CONTROLLER
        listeners=%2$s,CONTROLLER://%1$s:%3$d
        advertised.listeners=%2$s
        log.dirs=%4$s
        auto.create.topics.enable=false
        broker.session.timeout.ms=4000
        broker.heartbeat.interval.ms=1000
        group.initial.rebalance.delay.ms=0
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        num.network.threads=2
        num.io.threads=4
        log.cleaner.dedupe.buffer.size=4194304
        log.retention.check.interval.ms=300000
        """
        .formatted(
            Ports.LOOPBACK,
            broker,
            settings.controllerPort(),
            settings.data().toAbsolutePath().resolve("log"));
  }
}
