package baton.systemtest.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.systemtest.stack.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Promises of seconds, and both sides' signatures under them. */
final class SignedCharter {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final List<Map<String, String>> SALES =
      List.of(
          Map.of(
              "id",
              "decide-fast",
              "owes",
              "decision",
              "within",
              "PT1S",
              "silence",
              "deemed-accepted",
              "when",
              "lead.source == \"google\""),
          Map.of(
              "id",
              "decide",
              "owes",
              "decision",
              "within",
              "PT3S",
              "when",
              "lead.source != \"google\""),
          Map.of("id", "try", "owes", "first-attempt", "within", "PT4S"),
          Map.of("id", "disposition", "owes", "disposition", "within", "PT5S"),
          Map.of("id", "feedback", "owes", "feedback", "within", "PT3S"));

  private SignedCharter() {}

  /** Both sign, and every service knows it. */
  static void inForce(Rest rest) throws IOException {
    var proposed = rest.post("handoff", "marketing", "/charters", charter(), Map.of());
    assertThat(proposed.status()).as(proposed.text()).isEqualTo(201);
    var version = proposed.said("version");
    for (var side : Map.of("marketing", "marketing", "sales", "sales-manager").entrySet()) {
      var signed =
          rest.post(
              "handoff",
              side.getValue(),
              "/charters/" + version + "/signatures",
              Map.of("side", side.getKey(), "contentHash", proposed.said("contentHash")),
              Map.of());
      assertThat(signed.status()).as(signed.text()).isEqualTo(201);
    }
    for (var service : List.of("lead", "handoff", "feedback")) {
      await()
          .atMost(SOON)
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () ->
                  assertThat(rest.get(service, "admin", "/charters/current").said("version"))
                      .isEqualTo(version));
    }
  }

  /** How each clause of each handoff stands that has been started, as the service says it. */
  static Map<String, String> states(Rest rest) throws IOException {
    var states = new TreeMap<String, String>();
    for (var handoff : handoffs(rest)) {
      if (handoff.get("clocks") instanceof List<?> clocks) {
        for (var each : clocks) {
          var clock = (Map<?, ?>) each;
          states.put(
              handoff.get("handoffId") + " " + clock.get("clauseId"),
              String.valueOf(clock.get("state")));
        }
      }
    }
    return states;
  }

  private static List<Map<?, ?>> handoffs(Rest rest) throws IOException {
    var handoffs = new ArrayList<Map<?, ?>>();
    var next = "";
    do {
      var page = rest.get("handoff", "sales-manager", "/handoffs?limit=500" + next);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      ((List<?>) page.body().getOrDefault("items", List.of()))
          .forEach(item -> handoffs.add((Map<?, ?>) item));
      next = page.body().get("next") == null ? "" : "&cursor=" + page.said("next");
    } while (!next.isEmpty());
    return handoffs;
  }

  private static Map<String, Object> charter() {
    var week = new TreeMap<String, List<String>>();
    Stream.of("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        .forEach(day -> week.put(day, List.of("00:00-24:00")));
    return Map.of(
        "name",
        "By the second",
        "calendars",
        Map.of("default", Map.of("zone", "Europe/Berlin", "week", week)),
        "personas",
        List.of(
            Map.of(
                "id", "everyone",
                "name", "Everyone",
                "when", "true",
                "ready", Map.of("instantly", "lead.qualified"))),
        "sales",
        SALES);
  }
}
