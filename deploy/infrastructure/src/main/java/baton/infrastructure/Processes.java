package baton.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starting and ending processes of the operating system, always by their own id. */
final class Processes {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  private Processes() {}

  /**
   * Starts a command whose output goes to {@code log}; {@code detached}: it outlives a terminal.
   */
  static Process start(
      List<String> command, Map<String, String> environment, Path log, boolean detached) {
    var whole = new ArrayList<String>();
    if (detached && succeeds(List.of("setsid", "true"))) {
      whole.add("setsid");
    }
    whole.addAll(command);
    try {
      if (log.getParent() != null) {
        Files.createDirectories(log.getParent());
      }
      var builder =
          new ProcessBuilder(whole)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      var process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static int run(List<String> command, Map<String, String> environment, Path log) {
    try {
      return start(command, environment, log, false).waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  static boolean succeeds(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void signal(long pid, String signal) {
    succeeds(List.of("kill", "-" + signal, Long.toString(pid)));
  }

  /**
   * Asks with {@code signal}, insists after half a minute; returns when it and its children are
   * gone.
   */
  static void end(ProcessHandle process, String signal) {
    var family = new ArrayList<>(process.descendants().toList());
    family.add(process);
    signal(process.pid(), signal);
    for (var member : family) {
      if (!ended(member, LONG_ENOUGH)) {
        member.destroyForcibly();
        ended(member, LONG_ENOUGH);
      }
    }
  }

  static boolean ended(ProcessHandle process, Duration within) {
    try {
      process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
