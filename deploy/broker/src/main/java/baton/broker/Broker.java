package baton.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/** {@code java baton.broker.Broker server.properties}: one JVM formats the folder and serves it. */
public final class Broker {

  private Broker() {}

  public static void main(String[] args) throws Exception {
    var settings = Path.of(args[0]);
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(settings)) {
      properties.load(reader);
    }
    if (!Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
      var format =
          new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString()};
      var refused = kafka.tools.StorageTool.execute(format, System.out);
      if (refused != 0) {
        System.exit(refused);
      }
    }
    kafka.Kafka.main(new String[] {settings.toString()});
  }
}
