package baton.chassis.idempotency;

import static java.nio.charset.StandardCharsets.US_ASCII;

import baton.chassis.access.Caller;
import baton.chassis.problem.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One caller's key on one path, with what its body was. The key stands as its SHA-256: some callers
 * make theirs of an e-mail address.
 */
public record Claim(String caller, String path, String key, String bodyHash) {
  private static final int LONGEST = 255;

  /** Refuses a key that isn't 1 to 255 printable characters. */
  public static Claim of(String key, Caller caller, String path, byte[] body) {
    if (key.isEmpty()
        || key.length() > LONGEST
        || !key.chars().allMatch(letter -> letter >= ' ' && letter <= '~')) {
      throw Problem.malformed("Idempotency-Key must be 1 to 255 printable ASCII characters.");
    }
    return new Claim(caller.keyId(), path, hash(key.getBytes(US_ASCII)), hash(body));
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
