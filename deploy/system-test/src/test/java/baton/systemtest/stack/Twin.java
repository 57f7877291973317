package baton.systemtest.stack;

import baton.local.stack.BatonFile;
import baton.local.stack.Checkout;
import baton.local.stack.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A second instance of a service, on the database and the broker of the first. */
public final class Twin implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(3);

  private final Process process;
  private final BatonFile file;

  private Twin(Process process, BatonFile file) {
    this.process = process;
    this.file = file;
  }

  static Twin start(Part service, BatonFile of, Path data) {
    var port = freePort();
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                Checkout.here().serviceFolder(service).resolve("quarkus-run.jar").toString())
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("logs").resolve(service.word() + "-twin.log").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "BATON_HTTP_PORT", Integer.toString(port),
                "BATON_DB_URL",
                    String.valueOf(of.postgres().databases().get(service.word()))
                        .substring("jdbc:".length()),
                "BATON_DB_USER", of.postgres().user(),
                "BATON_DB_PASSWORD", of.postgres().password(),
                "KAFKA_BOOTSTRAP_SERVERS", of.kafka().bootstrapServers(),
                "BATON_KEYS_FILE", data.resolve("secrets").resolve("keys.json").toString()));
    try {
      var process = builder.start();
      var services = new HashMap<>(of.services());
      services.put(service.word(), new BatonFile.At("http://127.0.0.1:" + port, process.pid()));
      var twin = new Twin(process, new BatonFile(services, of.postgres(), of.kafka(), of.keys()));
      twin.awaitReady(service);
      return twin;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Speaks with this instance where it would speak with the first. */
  public Rest rest() {
    return new Rest(file);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady(Part service) {
    var deadline = System.nanoTime() + READY.toNanos();
    try (var rest = rest()) {
      while (!answers(rest, service)) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          close();
          throw new IllegalStateException("the second " + service.word() + " is not ready");
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static boolean answers(Rest rest, Part service) {
    try {
      return rest.get(service.word(), "admin", "/health/ready").succeeded();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
