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

  private static final Unprivileged HERE = find();

  /** The way that works here. */
  static Unprivileged here() {
    return HERE;
  }

  /** Hands what the program must own to the user that it will run as. */
  void own(Path path) {
    if (this == NOBODY) {
      give(path);
    }
  }

  List<String> command(String program, List<String> arguments) {
    var command = new ArrayList<>(prefix);
    command.add(program);
    command.addAll(arguments);
    return command;
  }

  private static Unprivileged find() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return AS_IT_IS;
    }
    return Processes.succeeds(List.of("unshare", "-U", "true")) ? NAMESPACE : NOBODY;
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
