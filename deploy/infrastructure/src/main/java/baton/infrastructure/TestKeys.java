package baton.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys that tests call with: one per role, and one for each of a few sellers. */
final class TestKeys {
  private static final List<String> ROLES =
      List.of("capture", "marketing", "sales", "sales-manager", "report", "admin");
  private static final List<String> SELLERS = List.of("ada", "grace", "linus");
  private static final int SECRET_LENGTH = 43;
  private static final byte[] PEPPER = "a pepper only tests know".getBytes(StandardCharsets.UTF_8);
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final Path file;

  private TestKeys(Path file) {
    this.file = file;
  }

  static TestKeys in(Path folder) {
    var file = folder.resolve("keys.json");
    var keys = new ArrayList<String>();
    ROLES.forEach(role -> keys.add(entry(keyId(role), secret(role), role, null)));
    SELLERS.forEach(seller -> keys.add(entry(keyId(seller), secret(seller), "sales", seller)));
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          """
          {"pepper":"%s","keys":[%s]}
          """
              .formatted(Base64.getEncoder().encodeToString(PEPPER), String.join(",", keys)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new TestKeys(file);
  }

  Path file() {
    return file;
  }

  String token(String role) {
    if (!ROLES.contains(role)) {
      throw new IllegalArgumentException("no such role: " + role);
    }
    return token(keyId(role), secret(role));
  }

  String sellerToken(String seller) {
    if (!SELLERS.contains(seller)) {
      throw new IllegalArgumentException("tests know the sellers " + SELLERS);
    }
    return token(keyId(seller), secret(seller));
  }

  private static String keyId(String owner) {
    return "test" + owner.replace("-", "");
  }

  private static String secret(String owner) {
    return (owner.replace("-", "") + "0".repeat(SECRET_LENGTH)).substring(0, SECRET_LENGTH);
  }

  private static String token(String keyId, String secret) {
    var body = "baton_" + keyId + "_" + secret;
    var crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    var checksum = new StringBuilder();
    for (var rest = crc.getValue(); checksum.length() < 6; rest /= 62) {
      checksum.insert(0, BASE62.charAt((int) (rest % 62)));
    }
    return body + checksum;
  }

  private static String entry(
      String keyId, String secret, String role, @org.jspecify.annotations.Nullable String seller) {
    return """
        {"keyId":"%s","secretHash":"%s","role":"%s","sellerId":%s,"source":null,"expiresAt":null}"""
        .formatted(keyId, hash(secret), role, seller == null ? "null" : "\"" + seller + "\"");
  }

  private static String hash(String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(PEPPER, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
