package baton.chassis.webhook;

import static baton.chassis.webhook.Digests.hmac;
import static baton.chassis.webhook.Digests.same;
import static baton.chassis.webhook.Digests.sha256;
import static baton.chassis.webhook.Digests.utf8;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a delivery comes from who says so. Each vendor's own way; where a vendor signs nothing,
 * the secret itself has to come along: as the query parameter {@code secret}, the header {@code
 * X-Baton-Secret} or the password of HTTP Basic. Two secrets hold at once, so that one can be
 * changed without losing a delivery.
 */
public enum Proof {
  HUBSPOT,
  META,
  INTERCOM,
  GOOGLE_ADS,
  LINKEDIN,
  TYPEFORM,
  CALENDLY,
  /** Its own, where it signs; hooks made in its dashboard don't. */
  WEBFLOW,
  SEGMENT,
  CLOSE,
  /** A Standard Webhook's, where it is signed as one. */
  STANDARD,
  SECRET;

  private static final String SHA256 = "HmacSHA256";
  private static final String SHA1 = "HmacSHA1";
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration THREE_MINUTES = Duration.ofMinutes(3);
  private static final Pattern CHALLENGE = Pattern.compile("[0-9A-Za-z-]{1,64}");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");

  /**
   * @param secrets those that hold; a blank one proves nothing
   */
  public boolean holds(Delivered delivered, List<String> secrets, Instant now) {
    return secrets.stream()
        .filter(secret -> !secret.isBlank())
        .anyMatch(secret -> holds(delivered, secret, now));
  }

  private boolean holds(Delivered delivered, String secret, Instant now) {
    return switch (this) {
      case HUBSPOT -> hubspot(delivered, secret, now);
      case META -> prefixedHex(delivered, "x-hub-signature-256", "sha256=", SHA256, secret);
      case INTERCOM -> prefixedHex(delivered, "x-hub-signature", "sha1=", SHA1, secret);
      case GOOGLE_ADS ->
          topLevel(delivered.body(), "google_key").filter(key -> same(secret, key)).isPresent();
      case LINKEDIN -> linkedin(delivered, secret);
      case TYPEFORM -> typeform(delivered, secret);
      case CALENDLY -> calendly(delivered, secret, now);
      case WEBFLOW ->
          delivered.header("x-webflow-signature").isPresent()
              ? webflow(delivered, secret, now)
              : bareSecret(delivered, secret);
      case SEGMENT -> segment(delivered, secret);
      case CLOSE -> close(delivered, secret, now);
      case STANDARD ->
          delivered.header("webhook-signature").isPresent()
              ? StandardWebhook.holds(delivered, secret, now)
              : bareSecret(delivered, secret);
      case SECRET -> bareSecret(delivered, secret);
    };
  }

  /**
   * What LinkedIn wants to hear when it asks whether the address is still ours, in base 16; none
   * where the code isn't one of its ids. Whatever else were answered would be a signature over what
   * the asker chose.
   */
  public static Optional<String> linkedinResponse(String challengeCode, String secret) {
    if (!CHALLENGE.matcher(challengeCode).matches()) {
      return Optional.empty();
    }
    return Optional.of(HexFormat.of().formatHex(hmac(SHA256, utf8(secret), utf8(challengeCode))));
  }

  /** Versions 3, 2 and 1 of HubSpot's signatures, the newest that is there. */
  private static boolean hubspot(Delivered delivered, String secret, Instant now) {
    var newest = delivered.header("x-hubspot-signature-v3");
    if (newest.isPresent()) {
      var at = delivered.header("x-hubspot-request-timestamp").orElse("");
      var signed =
          hmac(
              SHA256,
              utf8(secret),
              utf8(delivered.method() + asHubspotWritesIt(delivered.url())),
              delivered.body(),
              utf8(at));
      return millis(at).filter(sent -> near(sent, now, FIVE_MINUTES)).isPresent()
          && newest.flatMap(Digests::base64).filter(given -> same(signed, given)).isPresent();
    }
    byte[] signed =
        switch (delivered.header("x-hubspot-signature-version").orElse("")) {
          case "v1" -> sha256(utf8(secret), delivered.body());
          case "v2" ->
              sha256(utf8(secret + delivered.method() + delivered.url()), delivered.body());
          default -> new byte[0];
        };
    return signed.length > 0
        && delivered
            .header("x-hubspot-signature")
            .flatMap(Digests::hex)
            .filter(given -> same(signed, given))
            .isPresent();
  }

  /** With these percent-escapes decoded, as its client libraries do. */
  private static String asHubspotWritesIt(String url) {
    return HUBSPOT_DECODES
        .matcher(url)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    URLDecoder.decode(escape.group(), StandardCharsets.UTF_8)));
  }

  private static final Pattern HUBSPOT_DECODES =
      Pattern.compile("%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", Pattern.CASE_INSENSITIVE);

  private static boolean prefixedHex(
      Delivered delivered, String header, String prefix, String algorithm, String secret) {
    return delivered
        .header(header)
        .filter(value -> value.startsWith(prefix))
        .flatMap(value -> Digests.hex(value.substring(prefix.length())))
        .filter(given -> same(hmac(algorithm, utf8(secret), delivered.body()), given))
        .isPresent();
  }

  private static boolean linkedin(Delivered delivered, String secret) {
    var prefix = "hmacsha256=";
    return delivered
        .header("x-li-signature")
        .map(value -> value.startsWith(prefix) ? value.substring(prefix.length()) : value)
        .flatMap(Digests::hex)
        .filter(given -> same(hmac(SHA256, utf8(secret), utf8(prefix), delivered.body()), given))
        .isPresent();
  }

  private static boolean typeform(Delivered delivered, String secret) {
    var prefix = "sha256=";
    return delivered
        .header("typeform-signature")
        .filter(value -> value.startsWith(prefix))
        .flatMap(value -> Digests.base64(value.substring(prefix.length())))
        .filter(given -> same(hmac(SHA256, utf8(secret), delivered.body()), given))
        .isPresent();
  }

  private static boolean calendly(Delivered delivered, String secret, Instant now) {
    @Nullable String at = null;
    @Nullable String signature = null;
    for (var part : delivered.header("calendly-webhook-signature").orElse("").split(",", -1)) {
      if (part.strip().startsWith("t=")) {
        at = part.strip().substring(2);
      } else if (part.strip().startsWith("v1=")) {
        signature = part.strip().substring(3);
      }
    }
    if (at == null || signature == null) {
      return false;
    }
    var signed = hmac(SHA256, utf8(secret), utf8(at + "."), delivered.body());
    return seconds(at).filter(sent -> near(sent, now, THREE_MINUTES)).isPresent()
        && Digests.hex(signature).filter(given -> same(signed, given)).isPresent();
  }

  private static boolean webflow(Delivered delivered, String secret, Instant now) {
    var at = delivered.header("x-webflow-timestamp").orElse("");
    var signed = hmac(SHA256, utf8(secret), utf8(at + ":"), delivered.body());
    return millis(at).filter(sent -> near(sent, now, FIVE_MINUTES)).isPresent()
        && delivered
            .header("x-webflow-signature")
            .flatMap(Digests::hex)
            .filter(given -> same(signed, given))
            .isPresent();
  }

  /** Its keys are bytes in base 16. */
  private static boolean close(Delivered delivered, String secret, Instant now) {
    var at = delivered.header("close-sig-timestamp").orElse("");
    return seconds(at).filter(sent -> near(sent, now, FIVE_MINUTES)).isPresent()
        && Digests.hex(secret)
            .filter(key -> key.length > 0)
            .map(key -> hmac(SHA256, key, utf8(at), delivered.body()))
            .filter(
                signed ->
                    delivered
                        .header("close-sig-hash")
                        .flatMap(Digests::hex)
                        .filter(given -> same(signed, given))
                        .isPresent())
            .isPresent();
  }

  /** The write key, as the user of HTTP Basic or in the body. */
  private static boolean segment(Delivered delivered, String writeKey) {
    var basic = basic(delivered).map(pair -> pair.split(":", 2)[0]);
    return basic
        .or(() -> topLevel(delivered.body(), "writeKey"))
        .filter(given -> same(writeKey, given))
        .isPresent();
  }

  private static boolean bareSecret(Delivered delivered, String secret) {
    return delivered
        .parameter("secret")
        .or(() -> delivered.header("x-baton-secret"))
        .or(() -> basic(delivered).map(pair -> pair.substring(pair.indexOf(':') + 1)))
        .filter(given -> same(secret, given))
        .isPresent();
  }

  private static Optional<String> basic(Delivered delivered) {
    return delivered
        .header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
        .flatMap(value -> Digests.base64(value.substring(6).strip()))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .filter(pair -> pair.indexOf(':') >= 0);
  }

  /** A text at the top of a JSON object; none where it is no such thing, or stands there twice. */
  private static Optional<String> topLevel(byte[] body, String name) {
    try {
      var said = Slice.whole(body).members(name);
      return said.size() == 1 ? said.getFirst().text() : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  static boolean near(Instant sent, Instant now, Duration window) {
    return Duration.between(sent, now).abs().compareTo(window) <= 0;
  }

  static Optional<Instant> seconds(String text) {
    return DIGITS.matcher(text).matches()
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Optional<Instant> millis(String text) {
    return DIGITS.matcher(text).matches()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
        : Optional.empty();
  }
}
