package baton.chassis.idempotency;

import baton.chassis.access.Caller;
import baton.chassis.problem.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** One caller's key on one path, with what its body was. */
public record Claim(String caller, String path, String key, String bodyHash) {
  private static final int LONGEST = 255;

  /** Refuses a key that isn't 1 to 255 printable characters. */
  public static Claim of(String key, Caller caller, String path, byte[] body) {
    if (key.isEmpty()
        || key.length() > LONGEST
        || !key.chars().allMatch(letter -> letter >= ' ' && letter <= '~')) {
      throw Problem.malformed("Idempotency-Key must be 1 to 255 printable ASCII characters.");
    }
    return new Claim(caller.keyId(), path, key, hash(body));
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
