package baton.infrastructure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per user into a cache that every process shares. */
final class PostgresBinaries {
  static final String VERSION = "18.6.0";

  private PostgresBinaries() {}

  static Path home() {
    var home = cache().resolve("postgres-" + VERSION);
    return Files.isDirectory(home) ? home : unpack(home);
  }

  private static Path cache() {
    if (Unprivileged.here() == Unprivileged.NOBODY) {
      return Path.of(System.getProperty("java.io.tmpdir"), "baton-cache");
    }
    var configured = System.getenv("XDG_CACHE_HOME");
    var base =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return base.resolve("baton");
  }

  private static Path unpack(Path home) {
    var archive = archive();
    try (var resource = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (resource == null) {
        throw new IllegalStateException(
            "no PostgreSQL for this machine: " + archive + " is missing");
      }
      Files.createDirectories(home.getParent());
      var fresh = Files.createTempDirectory(home.getParent(), "unpacking");
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      try (var tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(resource)))) {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
          var target = fresh.resolve(entry.getName()).normalize();
          if (!target.startsWith(fresh)) {
            throw new IOException("the archive leaves its folder: " + entry.getName());
          }
          if (entry.isDirectory()) {
            Files.createDirectories(target);
          } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
          } else {
            Files.createDirectories(target.getParent());
            Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
            var runs = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
          }
        }
      }
      return publish(fresh, home);
    } catch (IOException failed) {
      throw new UncheckedIOException("PostgreSQL could not be unpacked to " + home, failed);
    }
  }

  private static Path publish(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException another) {
      delete(fresh);
    }
    return home;
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var walk = Files.walk(folder)) {
      for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static String archive() {
    var arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    var arm = arch.equals("aarch64") || arch.equals("arm64");
    var mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    if (mac) {
      return "/postgres-darwin-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }
    return "/postgres-linux-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }
}
