package baton.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Starts processes that outlive this one and its terminal. */
final class Launch {
  /** In a process group of its own, so that Ctrl-C reaches only who waits in the terminal. */
  private static final String IN_ITS_OWN_GROUP =
      "set -m; log=$1; shift; nohup \"$@\" >>\"$log\" 2>&1 </dev/null & echo $!";

  private Launch() {}

  static long detached(List<String> command, Map<String, String> environment, Path log) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      var whole =
          new ArrayList<>(List.of("bash", "-c", IN_ITS_OWN_GROUP, "launch", log.toString()));
      whole.addAll(command);
      var builder = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(environment);
      var launcher = builder.start();
      return Long.parseLong(
          new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A base below the system's own range of ports where nobody listens on any port that we need. */
  static int freePortBase() {
    var random = new SplittableRandom(System.nanoTime());
    while (true) {
      var base = random.nextInt(20_000, 30_000);
      if (IntStream.rangeClosed(base + 1, base + Part.CONTROLLER).noneMatch(Launch::isTaken)) {
        return base;
      }
    }
  }

  static boolean isTaken(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 500);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
