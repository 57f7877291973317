package baton.infrastructure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/** PostgreSQL and Kafka as processes in a folder that goes when the JVM does. */
final class EmbeddedServers {
  private static final String USER = "baton";
  private static final String PASSWORD = "baton";
  private static final int TRIES = 3;

  private EmbeddedServers() {}

  static Servers start() {
    var folder = TestFolder.take();
    // threads of the common pool would look for Kafka's classes outside the test's class loader
    var postgres =
        CompletableFuture.supplyAsync(
            () ->
                onFreePort(
                    port ->
                        PostgresProcess.start(
                            new PostgresProcess.Settings(
                                folder.path().resolve("postgres"),
                                folder.path().resolve("postgres.log"),
                                port,
                                USER,
                                PASSWORD,
                                false,
                                false))),
            Thread::startVirtualThread);
    var kafka =
        CompletableFuture.supplyAsync(
            () ->
                onFreePort(
                    port ->
                        KafkaProcess.start(
                            new KafkaProcess.Settings(
                                folder.path().resolve("kafka"),
                                folder.path().resolve("kafka.log"),
                                port,
                                Ports.free(),
                                "256m",
                                false))),
            Thread::startVirtualThread);
    try {
      CompletableFuture.allOf(postgres, kafka).join();
    } catch (CompletionException failed) {
      folder.clear();
      throw failed;
    }
    Watch.over(postgres.join(), kafka.join(), folder);
    return new Servers(
        Ports.LOOPBACK + ":" + postgres.join().settings().port(),
        USER,
        PASSWORD,
        kafka.join().bootstrapServers(),
        folder.path());
  }

  /** Another JVM may take the port between our look and the server's. */
  private static <T> T onFreePort(IntFunction<T> start) {
    for (var left = TRIES - 1; left > 0; left--) {
      try {
        return start.apply(Ports.free());
      } catch (NotStarted taken) {
        if (!String.valueOf(taken.getMessage()).contains("in use")) {
          throw taken;
        }
      }
    }
    return start.apply(Ports.free());
  }
}
