package baton.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder for one JVM's servers, held by a lock that the operating system lets go of when the JVM
 * ends in whatever way. Who takes one removes those that nobody holds, and what still runs in them.
 */
final class TestFolder {
  private static final String LOCK = "held";

  private final Path path;

  @SuppressWarnings("UnusedVariable") // held as long as this JVM lives
  private final FileLock lock;

  private TestFolder(Path path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  static TestFolder take() {
    try {
      var base =
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "baton-test-" + System.getProperty("user.name"));
      Files.createDirectories(base);
      removeStale(base);
      var path = Files.createTempDirectory(base, ProcessHandle.current().pid() + "-");
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      var lock = lock(path);
      if (lock == null) {
        throw new IOException(path + " is held by another");
      }
      return new TestFolder(path, lock);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path path() {
    return path;
  }

  void clear() {
    clear(path);
  }

  private static void removeStale(Path base) throws IOException {
    try (var folders = Files.list(base)) {
      for (var folder : folders.toList()) {
        var held = Files.exists(folder.resolve(LOCK)) ? lock(folder) : null;
        if (held != null) {
          clear(folder);
          held.channel().close();
        }
      }
    }
  }

  @SuppressWarnings("StreamResourceLeak") // the lock lives as long as its channel
  private static @Nullable FileLock lock(Path folder) throws IOException {
    var channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      var lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return lock;
    } catch (OverlappingFileLockException ours) {
      channel.close();
      return null;
    }
  }

  private static void clear(Path folder) {
    for (var pidFile : List.of("postgres/postmaster.pid", "kafka/kafka.pid")) {
      endLeftOver(folder, folder.resolve(pidFile));
    }
    try {
      PostgresBinaries.delete(folder);
    } catch (IOException | UncheckedIOException stillWritten) {
      System.err.println("left behind: " + folder + " (" + stillWritten.getMessage() + ")");
    }
  }

  private static void endLeftOver(Path folder, Path pidFile) {
    try {
      if (Files.exists(pidFile)) {
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()))
            .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
            .ifPresent(process -> Processes.end(process, "KILL"));
      }
    } catch (IOException | RuntimeException unreadable) {
      System.err.println("not read: " + pidFile + " (" + unreadable.getMessage() + ")");
    }
  }
}
