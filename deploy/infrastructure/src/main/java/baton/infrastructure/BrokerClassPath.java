package baton.infrastructure;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Where the broker's jars stand: beside this module's own build, or where BATON_BROKER_HOME says.
 */
final class BrokerClassPath {

  private BrokerClassPath() {}

  static String find() {
    var home = home();
    try (var jars = Files.list(home.resolve("lib"))) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    } catch (IOException absent) {
      throw new IllegalStateException(
          "Kafka's jars are not at " + home + ": build deploy/broker, or set BATON_BROKER_HOME",
          absent);
    }
  }

  /** What the broker's JVM learnt in a run with these jars. */
  static Path learnt() {
    return home().resolve("broker.aot");
  }

  private static Path home() {
    var configured = System.getenv("BATON_BROKER_HOME");
    if (configured != null && !configured.isBlank()) {
      return Path.of(configured);
    }
    try {
      var self =
          Path.of(
              BrokerClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return self.resolve("../../../broker/target").normalize();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
