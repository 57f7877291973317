package baton.reporting.fold.kafka;

import baton.reporting.fold.Ledger;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Starts the fold's threads with the service, and ends them with it. */
@ApplicationScoped
class FoldThreads {
  private static final Logger LOG = Logger.getLogger(FoldThreads.class);
  private static final Duration FAREWELL = Duration.ofSeconds(8);

  private final Ledger ledger;
  private final FoldSettings settings;
  private final InstantSource clock;
  private final FoldMeters meters;
  private final String bootstrapServers;
  private final Map<Worker, Thread> threads = new HashMap<>();

  FoldThreads(
      Ledger ledger,
      FoldSettings settings,
      InstantSource clock,
      FoldMeters meters,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
    this.bootstrapServers = bootstrapServers;
  }

  void start(@Observes StartupEvent started) {
    if (!settings.enabled()) {
      return;
    }
    for (int i = 1; i <= settings.workers(); i++) {
      int number = i;
      var worker = new Worker(() -> consumer(number), ledger, settings, clock, meters);
      threads.put(worker, Thread.ofPlatform().name("fold-" + i).start(worker));
    }
  }

  void stop(@Observes ShutdownEvent stopped) {
    threads.keySet().forEach(Worker::stop);
    for (var thread : threads.values()) {
      try {
        if (!thread.join(FAREWELL)) {
          LOG.warn("a thread of the fold did not end in time: what it had begun is rolled back");
        }
      } catch (InterruptedException hurry) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether every thread that was started still runs. */
  boolean alive() {
    return threads.values().stream().allMatch(Thread::isAlive);
  }

  private Consumer<byte[], byte[]> consumer(int number) {
    var config = new Properties();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.group() + "-" + number);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, SameNumberTogether.class.getName());
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
    config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "3000");
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "5000");
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "8388608");
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "524288");
    config.put(
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        Integer.toString(Math.max(500, settings.mostRecords() / 5)));
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "30000");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
