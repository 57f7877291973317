package baton.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that Baton was built in, which holds the services' jars. */
public record Checkout(Path root) {

  /** As the {@code baton} script says, else the nearest folder upwards that holds the script. */
  public static Checkout here() {
    var told = System.getProperty("baton.home");
    if (told != null) {
      return new Checkout(Path.of(told));
    }
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("baton")) && Files.exists(folder.resolve("mvnw"))) {
        return new Checkout(folder);
      }
    }
    throw new IllegalStateException("not inside a checkout of Baton; set -Dbaton.home");
  }

  public Path serviceFolder(Part service) {
    return root.resolve(service.word() + "-service").resolve("target").resolve("quarkus-app");
  }
}
