package baton.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A part's process as it was started. Process ids are used again by the system: one counts as ours
 * only with the start time that was written down with it, so that no stranger is ever ended.
 */
record Running(long pid, Instant startedAt) {
  private static final Duration CLOCK_DRIFT = Duration.ofSeconds(2);

  static Running of(ProcessHandle process) {
    return new Running(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  static Optional<Running> read(Path file) {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var words = Files.readString(file).strip().split(" ");
      return Optional.of(new Running(Long.parseLong(words[0]), Instant.parse(words[1])));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, pid + " " + startedAt + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The process, as long as it lives. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isTheSame);
  }

  private boolean isTheSame(ProcessHandle process) {
    var began = process.info().startInstant().orElse(Instant.EPOCH);
    return Duration.between(startedAt, began).abs().compareTo(CLOCK_DRIFT) < 0 && !isZombie();
  }

  /** Dead, but still listed because whoever adopted it doesn't collect it. */
  private boolean isZombie() {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException noSuchSystem) {
      return false;
    }
  }

  /** Asks it to end; ends it for good when it hasn't within {@code patience}. */
  void end(Duration patience) {
    process()
        .ifPresent(
            process -> {
              process.destroy();
              if (!hasEnded(patience)) {
                kill();
              }
            });
  }

  /** Ends it as a crash would. */
  void kill() {
    process().ifPresent(ProcessHandle::destroyForcibly);
    hasEnded(Duration.ofSeconds(10));
  }

  private boolean hasEnded(Duration patience) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      var left = process();
      if (left.isEmpty()) {
        return true;
      }
      waitFor(left.get().onExit());
    }
    return process().isEmpty();
  }

  private static void waitFor(CompletableFuture<ProcessHandle> exit) {
    try {
      exit.get(100, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException notYet) {
      return;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Resident memory with all its children, shared pages counted once; 0 where it can't be told. */
  long memory() {
    return process()
        .map(
            process ->
                memory(process.pid())
                    + process.descendants().mapToLong(child -> memory(child.pid())).sum())
        .orElse(0L);
  }

  private static long memory(long pid) {
    try {
      for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException elsewhere) {
      return memoryByPs(pid);
    }
    return 0;
  }

  private static long memoryByPs(long pid) {
    try {
      var ps =
          new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      var text =
          new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return text.isBlank() ? 0 : Long.parseLong(text.strip()) * 1024;
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }
}
