package baton.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to run a program that refuses root: as it is, in a user namespace, or as nobody. */
enum Unprivileged {
  AS_IT_IS(List.of()),
  NAMESPACE(List.of("unshare", "-U")),
  NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

  private final List<String> prefix;

  Unprivileged(List<String> prefix) {
    this.prefix = prefix;
  }

  /** The way that works here; {@code owned} are handed to the user that the program will run as. */
  static Unprivileged of(List<Path> owned) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return AS_IT_IS;
    }
    if (Processes.succeeds(List.of("unshare", "-U", "true"))) {
      return NAMESPACE;
    }
    for (var path : owned) {
      give(path);
    }
    return NOBODY;
  }

  List<String> command(String program, List<String> arguments) {
    var command = new ArrayList<>(prefix);
    command.add(program);
    command.addAll(arguments);
    return command;
  }

  private static void give(Path path) {
    try (var walk = Files.walk(path)) {
      for (var each : walk.toList()) {
        Files.setAttribute(each, "unix:uid", 65534);
        Files.setAttribute(each, "unix:gid", 65534);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
