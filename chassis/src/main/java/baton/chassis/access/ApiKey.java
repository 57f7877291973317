package baton.chassis.access;

import baton.contracts.AccessKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A machine's credential, {@code baton_<keyId>_<secret><checksum>}: the prefix and the checksum let
 * a scanner find leaked ones and let a typo be refused without a look-up. Only the secret's HMAC
 * under the installation's pepper is ever kept; 256 random bits need no slow hash.
 */
public final class ApiKey {
  private static final String PREFIX = "baton_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int LONGEST_ID = 64;

  private ApiKey() {}

  /** A key and the only copy of the token that proves it. */
  public record Minted(String token, AccessKey key) {}

  public record Parsed(String keyId, String secret) {
    @Override
    public String toString() {
      return "Parsed[keyId=" + keyId + "]";
    }
  }

  public static Minted mint(
      SecureRandom random,
      byte[] pepper,
      Role role,
      @Nullable String sellerId,
      @Nullable String source,
      @Nullable Instant expiresAt,
      Instant now) {
    var keyId = new StringBuilder(ID_LENGTH);
    random.ints(ID_LENGTH, 0, DIGITS.length()).forEach(i -> keyId.append(DIGITS.charAt(i)));
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    var secret = base62(new BigInteger(1, bytes));
    var open = PREFIX + keyId + "_" + secret;
    var key =
        new AccessKey(
            keyId.toString(),
            now.truncatedTo(ChronoUnit.MILLIS),
            0,
            hash(pepper, secret),
            role.word(),
            sellerId,
            source,
            expiresAt,
            null);
    return new Minted(open + checksum(open), key);
  }

  /** The token's parts, or null when it is none of ours or mistyped. */
  public static @Nullable Parsed parse(String token) {
    int end = token.length() - CHECKSUM_LENGTH;
    int secret = end - SECRET_LENGTH;
    int idEnd = secret - 1;
    int idLength = idEnd - PREFIX.length();
    if (idLength < 1
        || idLength > LONGEST_ID
        || !token.startsWith(PREFIX)
        || token.charAt(idEnd) != '_'
        || !isWord(token, PREFIX.length(), idEnd, true)
        || !isWord(token, secret, end, false)) {
      return null;
    }
    return checksum(token.substring(0, end)).equals(token.substring(end))
        ? new Parsed(token.substring(PREFIX.length(), idEnd), token.substring(secret, end))
        : null;
  }

  private static boolean isWord(String text, int from, int to, boolean dashes) {
    for (int at = from; at < to; at++) {
      char letter = text.charAt(at);
      if (DIGITS.indexOf(letter) < 0 && !(dashes && letter == '-')) {
        return false;
      }
    }
    return true;
  }

  public static String hash(byte[] pepper, String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }

  private static String checksum(String open) {
    var crc = new CRC32();
    crc.update(open.getBytes(StandardCharsets.US_ASCII));
    var digits = new char[CHECKSUM_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(digits);
  }

  private static String base62(BigInteger number) {
    var base = BigInteger.valueOf(DIGITS.length());
    var digits = new char[SECRET_LENGTH];
    var rest = number;
    for (int i = SECRET_LENGTH - 1; i >= 0; i--) {
      var parts = rest.divideAndRemainder(base);
      digits[i] = DIGITS.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(digits);
  }
}
