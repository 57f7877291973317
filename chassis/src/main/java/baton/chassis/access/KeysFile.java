package baton.chassis.access;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import baton.contracts.AccessKey;
import baton.contracts.Json;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The installation's pepper and its first keys, as the operator's file says them. */
record KeysFile(Stamp stamp, byte[] pepper, Map<String, AccessKey> keys) {

  private static final Set<PosixFilePermission> WORLD = EnumSet.of(OTHERS_READ, OTHERS_WRITE);
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(GROUP_READ, GROUP_WRITE, OTHERS_READ, OTHERS_WRITE);

  /** Which version of the file was read. */
  record Stamp(FileTime changed, long size, @Nullable Object file) {
    static Stamp of(Path path) throws IOException {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
  }

  private record Content(String pepper, List<Entry> keys) {}

  private record Entry(
      String keyId,
      String secretHash,
      String role,
      @Nullable String sellerId,
      @Nullable String source,
      @Nullable Instant expiresAt) {
    AccessKey key() {
      return new AccessKey(
          keyId, Instant.EPOCH, 0, secretHash, role, sellerId, source, expiresAt, null);
    }
  }

  /**
   * Refuses a file that others on this machine may read. A group may only where the file is
   * somebody else's: that is how a mounted secret comes to who runs the service.
   */
  static KeysFile read(Path path) throws IOException {
    if (!isPrivate(path)) {
      throw new AccessDeniedException(
          path.toString(), null, "others may read the keys file: chmod 600 " + path);
    }
    var stamp = Stamp.of(path);
    var content = Json.mapper().readValue(Files.readAllBytes(path), Content.class);
    try {
      return new KeysFile(
          stamp,
          Base64.getDecoder().decode(content.pepper()),
          content.keys().stream().collect(Collectors.toMap(Entry::keyId, Entry::key)));
    } catch (IllegalArgumentException | IllegalStateException | NullPointerException bad) {
      throw new IOException("the keys file is incomplete, or names a key twice", bad);
    }
  }

  private static boolean isPrivate(Path path) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return true;
    }
    var attributes = view.readAttributes();
    var isOurs = attributes.owner().getName().equals(System.getProperty("user.name"));
    return attributes.permissions().stream().noneMatch(isOurs ? OTHERS::contains : WORLD::contains);
  }
}
