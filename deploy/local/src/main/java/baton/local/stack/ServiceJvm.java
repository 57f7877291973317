package baton.local.stack;

import baton.infrastructure.SmallJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a service's JVM is started on one machine beside all the others. */
final class ServiceJvm {
  private static final String HEAP = "160m";

  private ServiceJvm() {}

  /**
   * @param folder with the service's jars
   */
  static List<String> command(Path folder, boolean rehearses) {
    var jvm = new SmallJvm(HEAP, folder.resolve("app.aot"), rehearses);
    var command = new ArrayList<>(jvm.command());
    command.add("-jar");
    command.add(folder.resolve("quarkus-run.jar").toString());
    return command;
  }
}
