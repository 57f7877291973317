package baton.local.stack;

import baton.infrastructure.SmallJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a service's JVM is started on one machine beside all the others. */
final class ServiceJvm {
  private ServiceJvm() {}

  /**
   * @param folder with the service's jars
   */
  static SmallJvm of(Part service, Path folder, boolean records) {
    return new SmallJvm(heap(service), folder.resolve("app.aot"), records);
  }

  static List<String> command(Part service, Path folder, boolean records) {
    var command = new ArrayList<>(of(service, folder, records).command());
    command.addAll(jar(folder));
    return command;
  }

  static List<String> jar(Path folder) {
    return List.of("-jar", folder.resolve("quarkus-run.jar").toString());
  }

  /** What is alive is some 30 MB; capture makes the most garbage, the fold fetches the most. */
  private static String heap(Part service) {
    return switch (service) {
      case LEAD -> "128m";
      case REPORTING -> "160m";
      default -> "104m";
    };
  }

  /**
   * A connection is a process of 6 MB: where all parts share a machine, those that don't capture do
   * with half of them.
   */
  static Map<String, String> environment(Part service) {
    var environment = new HashMap<>(SmallJvm.ENVIRONMENT);
    if (service != Part.LEAD) {
      environment.put("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "8");
    }
    return environment;
  }
}
