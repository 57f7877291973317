package baton.handoff.notification.http;

import baton.contracts.Json;
import baton.handoff.notification.Errand;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What goes over the wire: the same body at every attempt, signed for the moment it is sent. */
record Message(String body, Map<String, String> headers) {
  /** Slack refuses a section with more. */
  private static final int MOST_FIELDS = 10;

  static Message of(Errand errand, Instant now) {
    var body =
        switch (errand.format()) {
          case STANDARD -> standard(errand);
          case SLACK -> slack(errand);
        };
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Baton-Webhooks/1");
    headers.put("webhook-id", errand.webhookId().toString());
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put("webhook-signature", signatures(errand, now, body));
    return new Message(body, headers);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** One signature for each live secret, so that the receiver may change over when he likes. */
  private static String signatures(Errand errand, Instant now, String body) {
    return errand.secrets().stream()
        .map(
            secret -> {
              try {
                return new Webhook(secret)
                    .sign(errand.webhookId().toString(), now.getEpochSecond(), body);
              } catch (EmptyWebhookSecretException | WebhookSigningException impossible) {
                throw new IllegalStateException("a minted secret signs", impossible);
              }
            })
        .collect(Collectors.joining(" "));
  }

  private static String standard(Errand errand) {
    return "{\"type\":\"%s\",\"timestamp\":\"%s\",\"data\":%s}"
        .formatted(errand.type(), Json.text(errand.occurredAt()), errand.data());
  }

  private static String slack(Errand errand) {
    var data = data(errand);
    var headline = "*" + errand.type().replace('.', ' ') + "*";
    var facts = new ArrayList<Map<String, String>>();
    for (var fact : data.properties()) {
      if (fact.getValue().isValueNode()) {
        facts.add(text("*" + fact.getKey() + "*\n" + escaped(fact.getValue().asText())));
      }
    }
    return new String(
        Json.bytes(
            Map.of(
                "text",
                escaped(errand.type() + " " + data.path("handoffId").asText("")).strip(),
                "blocks",
                List.of(
                    Map.of("type", "section", "text", text(headline)),
                    Map.of(
                        "type",
                        "section",
                        "fields",
                        facts.subList(0, Math.min(MOST_FIELDS, facts.size())))))),
        StandardCharsets.UTF_8);
  }

  private static Map<String, String> text(String markdown) {
    return Map.of("type", "mrkdwn", "text", markdown);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static JsonNode data(Errand errand) {
    try {
      return Json.mapper().readTree(errand.data());
    } catch (JsonProcessingException corrupt) {
      throw new UncheckedIOException(corrupt);
    }
  }
}
