package baton.infrastructure;

import java.nio.file.Path;
import java.util.Locale;
import org.testcontainers.DockerClientFactory;

/**
 * Where the running servers are. Test frameworks load classes more than once in a JVM, so what was
 * started is remembered in system properties, not in a static field.
 */
record Servers(
    String postgres, String user, String password, String bootstrapServers, Path folder) {
  private static final String STARTED = "baton.infrastructure.started.";

  static Servers shared() {
    synchronized (Runtime.getRuntime()) {
      var postgres = System.getProperty(STARTED + "postgres");
      if (postgres != null) {
        return new Servers(
            postgres,
            System.getProperty(STARTED + "user"),
            System.getProperty(STARTED + "password"),
            System.getProperty(STARTED + "kafka"),
            Path.of(System.getProperty(STARTED + "folder")));
      }
      var servers = start();
      System.setProperty(STARTED + "user", servers.user());
      System.setProperty(STARTED + "password", servers.password());
      System.setProperty(STARTED + "kafka", servers.bootstrapServers());
      System.setProperty(STARTED + "folder", servers.folder().toString());
      System.setProperty(STARTED + "postgres", servers.postgres());
      return servers;
    }
  }

  private static Servers start() {
    var configured = System.getenv("BATON_TEST_INFRASTRUCTURE");
    var wanted = configured == null ? "auto" : configured.strip().toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "embedded" -> EmbeddedServers.start();
      case "docker" -> DockerServers.start();
      case "auto", "" -> dockerAnswers() ? DockerServers.start() : EmbeddedServers.start();
      default ->
          throw new IllegalArgumentException(
              "BATON_TEST_INFRASTRUCTURE is auto, docker or embedded, not " + configured);
    };
  }

  private static boolean dockerAnswers() {
    return DockerEngine.mayBeThere() && DockerClientFactory.instance().isDockerAvailable();
  }
}
