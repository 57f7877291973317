package baton.chassis.token;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak on a free port of this machine with the realm that is shipped; the build unpacks
 * it where {@code -Dbaton.keycloak=true} is said, and does nothing otherwise.
 */
public final class KeycloakResource implements QuarkusTestResourceLifecycleManager {
  private static final Path UNPACKED = Path.of("target", "keycloak");
  private static final int MINUTES = 3;

  private @Nullable Process keycloak;
  private URI realm = URI.create("http://127.0.0.1:1/realms/baton");

  @Override
  public Map<String, String> start() {
    if (!Boolean.getBoolean("baton.keycloak")) {
      return Map.of();
    }
    try {
      var home = home();
      var imports = Files.createDirectories(home.resolve("data").resolve("import"));
      Files.copy(
          Path.of("..", "deploy", "keycloak", "realm.json"),
          imports.resolve("realm.json"),
          StandardCopyOption.REPLACE_EXISTING);
      int port = freePort();
      realm = URI.create("http://127.0.0.1:" + port + "/realms/baton");
      keycloak = launch(home, port);
      awaitAnswer();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return Map.of("baton.oidc.issuer", realm.toString());
  }

  @Override
  public void stop() {
    var running = keycloak;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(realm, new TestInjector.MatchesType(URI.class));
  }

  private static Path home() throws IOException {
    try (var found = Files.list(UNPACKED)) {
      return found.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static Process launch(Path home, int port) throws IOException {
    var command =
        new ProcessBuilder(
                "bash",
                home.resolve("bin").resolve("kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("keycloak.log").toFile());
    command
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m",
                "KC_BOOTSTRAP_ADMIN_USERNAME", "operator",
                "KC_BOOTSTRAP_ADMIN_PASSWORD", "operator"));
    return command.start();
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    try (var client = HttpClient.newHttpClient()) {
      while (System.nanoTime() < deadline) {
        if (answers(client)) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("Keycloak did not start; its log is under target/keycloak");
  }

  private boolean answers(HttpClient client) throws InterruptedException {
    try {
      return client
              .send(HttpRequest.newBuilder(realm).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
