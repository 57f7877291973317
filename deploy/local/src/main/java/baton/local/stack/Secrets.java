package baton.local.stack;

import baton.chassis.access.ApiKey;
import baton.chassis.access.Role;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data folder's own passwords and keys, made once and kept for its owner only. The services read
 * hashes; the keys themselves stand in {@code baton.json} alone beside this file.
 *
 * @param passwords by database role, {@code baton} being PostgreSQL's owner
 * @param keys by role
 */
record Secrets(Map<String, String> passwords, Map<String, String> keys) {
  static final String OWNER = "baton";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What every service reads: the pepper and the keys' hashes. */
  private record KeysFile(String pepper, List<Entry> keys) {
    private record Entry(
        String keyId,
        String secretHash,
        String role,
        @Nullable String sellerId,
        @Nullable String source,
        @Nullable String expiresAt) {}
  }

  static Secrets in(Path data, InstantSource clock) {
    var folder = data.resolve("secrets");
    var file = folder.resolve("secrets.json");
    try {
      if (Files.exists(file)) {
        return JSON.readValue(file.toFile(), Secrets.class);
      }
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var random = new SecureRandom();
      var pepper = bytes(random);
      var keys = new LinkedHashMap<String, String>();
      var entries = new ArrayList<KeysFile.Entry>();
      for (var role : Role.values()) {
        var minted = ApiKey.mint(random, pepper, role, null, null, null, clock.instant());
        keys.put(role.word(), minted.token());
        entries.add(
            new KeysFile.Entry(
                minted.key().keyId(), minted.key().secretHash(), role.word(), null, null, null));
      }
      write(
          keysFile(data),
          JSON.writeValueAsString(
              new KeysFile(Base64.getEncoder().encodeToString(pepper), entries)));
      var passwords = new LinkedHashMap<String, String>();
      passwords.put(OWNER, HexFormat.of().formatHex(bytes(random)));
      Part.services()
          .forEach(part -> passwords.put(part.word(), HexFormat.of().formatHex(bytes(random))));
      var secrets = new Secrets(passwords, keys);
      write(file, JSON.writeValueAsString(secrets));
      return secrets;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Path keysFile(Path data) {
    return data.resolve("secrets").resolve("keys.json");
  }

  String password(String role) {
    var password = passwords.get(role);
    if (password == null) {
      throw new IllegalStateException("no password for " + role);
    }
    return password;
  }

  /** Writes a file that only its owner may read, whole or not at all. */
  static void write(Path file, String content) throws IOException {
    var fresh =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".new",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] bytes(SecureRandom random) {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
