package baton.local.demo;

import baton.local.client.Rest;
import baton.local.progress.Pause;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Both sides agree on the company's charter, each by its own key. */
final class Signing {
  private static final String YAML = "application/yaml";
  private static final List<String> SERVICES = List.of("lead", "handoff", "feedback", "reporting");
  private static final Set<String> UNDER_WAY = Set.of("proposed", "signed");
  private static final int PAGE = 500;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Signing() {}

  /**
   * The version in force in every service; none where somebody else's charter is in force, signed
   * for later or about to be signed, which is not ours to replace.
   */
  static OptionalInt sign(Rest rest, Pact pact) {
    var current = rest.get("handoff", "report", "/charters/current").path("version").asInt();
    if (current > 0) {
      return isOurs(rest, current, pact) ? OptionalInt.of(current) : OptionalInt.empty();
    }
    if (isAnothersUnderWay(rest, pact)) {
      return OptionalInt.empty();
    }
    var proposed = rest.post("handoff", "marketing", "/charters", YAML, pact.text());
    sign(rest, proposed, "marketing", "marketing");
    sign(rest, proposed, "sales-manager", "sales");
    var version = proposed.path("version").asInt();
    awaitEverywhere(rest, version);
    return OptionalInt.of(version);
  }

  private static boolean isAnothersUnderWay(Rest rest, Pact pact) {
    var path = "/charters?limit=" + PAGE;
    var page = rest.get("handoff", "report", path);
    while (true) {
      for (var charter : page.path("items")) {
        if (UNDER_WAY.contains(charter.path("state").asText())
            && !isOurs(rest, charter.path("version").asInt(), pact)) {
          return true;
        }
      }
      if (!page.path("next").isTextual()) {
        return false;
      }
      page = rest.get("handoff", "report", path + "&cursor=" + page.path("next").asText());
    }
  }

  private static boolean isOurs(Rest rest, int version, Pact pact) {
    return rest.text("handoff", "report", "/charters/" + version, YAML).equals(pact.text());
  }

  private static void sign(Rest rest, JsonNode proposed, String role, String side) {
    rest.post(
        "handoff",
        role,
        "/charters/" + proposed.path("version").asInt() + "/signatures",
        JsonNodeFactory.instance
            .objectNode()
            .put("side", side)
            .put("contentHash", proposed.path("contentHash").asText()));
  }

  private static void awaitEverywhere(Rest rest, int version) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var service : SERVICES) {
      while (rest.get(service, "admin", "/charters/current").path("version").asInt() < version) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(service + "-service has not heard of the charter");
        }
        Pause.of(LOOK);
      }
    }
  }
}
