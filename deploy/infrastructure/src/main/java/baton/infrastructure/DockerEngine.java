package baton.infrastructure;

import java.nio.file.Files;
import java.nio.file.Path;

/** A look for a Docker engine that costs nothing, so that machines without one lose no time. */
final class DockerEngine {

  private DockerEngine() {}

  static boolean mayBeThere() {
    var home = Path.of(System.getProperty("user.home"));
    return System.getenv("DOCKER_HOST") != null
        || Files.exists(home.resolve(".testcontainers.properties"))
        || Files.exists(Path.of("/var/run/docker.sock"))
        || Files.exists(home.resolve(".docker/run/docker.sock"))
        || Files.exists(home.resolve(".colima/default/docker.sock"));
  }
}
