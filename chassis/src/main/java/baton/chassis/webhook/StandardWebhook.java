package baton.chassis.webhook;

import static baton.chassis.webhook.Digests.hmac;
import static baton.chassis.webhook.Digests.same;
import static baton.chassis.webhook.Digests.utf8;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * <a href="https://www.standardwebhooks.com">Standard Webhooks</a> 1.0 over the bytes as they came;
 * its library takes texts only.
 */
final class StandardWebhook {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MOST_SIGNATURES = 5;

  private StandardWebhook() {}

  static boolean holds(Delivered delivered, String secret, Instant now) {
    var id = delivered.header("webhook-id").orElse("");
    var at = delivered.header("webhook-timestamp").orElse("");
    var signatures = delivered.header("webhook-signature").orElse("").split(" ", -1);
    var key = secret.startsWith("whsec_") ? secret.substring(6) : secret;
    if (!id.matches("[A-Za-z0-9_-]{1,64}") || signatures.length > MOST_SIGNATURES) {
      return false;
    }
    return Proof.seconds(at).filter(sent -> Proof.near(sent, now, WINDOW)).isPresent()
        && Digests.base64(key)
            .filter(bytes -> bytes.length > 0)
            .map(bytes -> hmac("HmacSHA256", bytes, utf8(id + "." + at + "."), delivered.body()))
            .filter(
                signed ->
                    Arrays.stream(signatures)
                        .filter(given -> given.startsWith("v1,"))
                        .flatMap(given -> Digests.base64(given.substring(3)).stream())
                        .anyMatch(given -> same(signed, given)))
            .isPresent();
  }
}
