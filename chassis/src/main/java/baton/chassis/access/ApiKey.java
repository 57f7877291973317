package baton.chassis.access;

import baton.contracts.AccessKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;
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
  private static final Pattern FORM =
      Pattern.compile(
          "baton_([0-9A-Za-z-]{1,64})_([0-9A-Za-z]{"
              + SECRET_LENGTH
              + "})([0-9A-Za-z]{"
              + CHECKSUM_LENGTH
              + "})");

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
    var secret = base62(new BigInteger(1, bytes), SECRET_LENGTH);
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
    var parts = FORM.matcher(token);
    if (!parts.matches()) {
      return null;
    }
    var open = token.substring(0, token.length() - CHECKSUM_LENGTH);
    return checksum(open).equals(parts.group(3))
        ? new Parsed(parts.group(1), parts.group(2))
        : null;
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
    return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
  }

  private static String base62(BigInteger number, int length) {
    var base = BigInteger.valueOf(DIGITS.length());
    var digits = new char[length];
    var rest = number;
    for (int i = length - 1; i >= 0; i--) {
      var parts = rest.divideAndRemainder(base);
      digits[i] = DIGITS.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(digits);
  }
}
