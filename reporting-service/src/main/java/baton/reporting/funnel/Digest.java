package baton.reporting.funnel;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The id of a value made of it: half of its SHA-256, so that none meet by chance. */
public final class Digest {
  private Digest() {}

  public static UUID of(byte[] bytes) {
    var sha = begun();
    sha.update(bytes);
    return half(sha);
  }

  static MessageDigest begun() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  static UUID half(MessageDigest sha) {
    var half = ByteBuffer.wrap(sha.digest());
    return new UUID(half.getLong(), half.getLong());
  }
}
