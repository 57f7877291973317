package baton.chassis.pseudonym;

import baton.contracts.ExternalId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * External ids as they are matched and published: one that looks like an e-mail address or a phone
 * number becomes its HMAC under the installation's pepper, so that it can be matched by whoever
 * knows it and read by nobody else.
 */
public final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9(][0-9 ()./\\u00A0-]{5,24}");
  private static final Pattern NOT_A_DIGIT = Pattern.compile("[^0-9]");
  private static final Pattern SEPARATED = Pattern.compile(".*[ ()./\\u00A0-].*");

  /** Ten digits in a row may be a phone number as it is dialled, or a CRM's counter: be careful. */
  private static final int DIALLED = 10;

  private static final int LONGEST_PHONE = 15;
  private static final int SHORTEST_PHONE = 7;

  private final SecretKeySpec pepper;

  public Pseudonyms(byte[] pepper) {
    this.pepper = new SecretKeySpec(pepper, ALGORITHM);
  }

  /** The id as it is kept, matched and published. */
  public ExternalId of(ExternalId given) {
    var system = given.system().strip().toLowerCase(Locale.ROOT);
    var id = given.id().strip();
    if (looksLikeEmail(id)) {
      return new ExternalId(system, hmac(id.toLowerCase(Locale.ROOT)));
    }
    if (looksLikePhone(id)) {
      return new ExternalId(system, hmac(NOT_A_DIGIT.matcher(id).replaceAll("")));
    }
    return new ExternalId(system, id);
  }

  static boolean looksLikeEmail(String id) {
    int at = id.indexOf('@');
    return at > 0 && at < id.length() - 1;
  }

  static boolean looksLikePhone(String id) {
    if (!PHONE.matcher(id).matches()) {
      return false;
    }
    int digits = NOT_A_DIGIT.matcher(id).replaceAll("").length();
    boolean written = id.startsWith("+") || id.startsWith("00") || SEPARATED.matcher(id).matches();
    return digits <= LONGEST_PHONE && digits >= (written ? SHORTEST_PHONE : DIALLED);
  }

  private String hmac(String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(pepper);
      return "hmac-" + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
