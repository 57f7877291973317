package baton.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.systemtest.recount.Funnel;
import baton.systemtest.recount.Told;
import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** Two leads become one in every service, and two again as if nothing had been. */
class MergeIT {
  private static final String SOURCE = "merge-it";

  @Test
  void leads_merged_and_parted_again_are_what_they_were_in_every_service_and_number()
      throws Exception {
    var live = LiveStack.shared();
    try (var rest = live.rest()) {
      var ada =
          captured(
              rest,
              Map.of(
                  "contact",
                  Map.of("email", "ada.merge@example.org", "name", "Ada"),
                  "touch",
                  Map.of("kind", "demo-request")));
      var twin =
          captured(
              rest,
              Map.of(
                  "externalIds",
                  List.of(Map.of("system", "merge-it", "id", "twin")),
                  "country",
                  "GB",
                  "occurredAt",
                  "2026-01-05T09:00:00Z"));
      outcome(rest, "won-before", "won");
      soon(
          () -> {
            assertThat(counted(rest)).isEqualTo(new Funnel(2, 2, 1, 1, 1));
            assertThat(handoffs(rest, ada)).contains("\"handoffId\"");
            assertThat(seen(rest, "lead", "marketing", "/leads/" + twin)).contains("\"won\"");
          });
      var before = everything(rest, ada, twin);

      var merge =
          rest.post(
              "lead", "marketing", "/leads/" + ada + "/merge", Map.of("absorb", twin), Map.of());

      assertThat(merge.status()).as(merge.text()).isEqualTo(201);
      soon(
          () -> {
            assertThat(counted(rest)).isEqualTo(new Funnel(1, 1, 1, 1, 1));
            assertThat(seen(rest, "reporting", "report", "/journeys/" + twin))
                .contains("\"mergedInto\":\"" + ada + "\"");
          });
      assertThat(seen(rest, "lead", "marketing", "/leads/" + twin))
          .contains("\"mergedInto\":\"" + ada + "\"");
      assertThat(seen(rest, "lead", "marketing", "/leads/" + ada)).contains("\"country\":\"GB\"");

      var parted =
          rest.post(
              "lead",
              "marketing",
              "/leads/" + ada + "/unmerge",
              Map.of("mergeId", merge.said("mergeId")),
              Map.of());

      assertThat(parted.status()).as(parted.text()).isEqualTo(200);
      soon(() -> assertThat(everything(rest, ada, twin)).isEqualTo(before));

      rest.post("lead", "marketing", "/leads/" + ada + "/merge", Map.of("absorb", twin), Map.of());
      soon(
          () -> {
            outcome(rest, "lost-" + System.nanoTime(), "lost");
            assertThat(told(live, ada)).contains("lost");
          });
    }
  }

  /** All that anybody is shown of these two, and every number that they count in. */
  private static List<String> everything(Rest rest, String ada, String twin) throws IOException {
    return List.of(
        seen(rest, "lead", "marketing", "/leads/" + ada),
        seen(rest, "lead", "marketing", "/leads/" + twin),
        seen(rest, "reporting", "report", "/journeys/" + ada),
        seen(rest, "reporting", "report", "/journeys/" + twin),
        funnel(rest, "by=channel,country&passes=all"),
        funnel(rest, "by=month&basis=period"),
        handoffs(rest, ada));
  }

  private static String seen(Rest rest, String service, String role, String path)
      throws IOException {
    var reply = rest.get(service, role, path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text();
  }

  /** But for the time until which it is complete. */
  private static String funnel(Rest rest, String asked) throws IOException {
    return seen(rest, "reporting", "report", "/funnel?source=" + SOURCE + "&" + asked)
        .replaceAll("\"completeTo\":\"[^\"]*\"", "");
  }

  private static String handoffs(Rest rest, String lead) throws IOException {
    return seen(rest, "handoff", "sales-manager", "/handoffs?lead=" + lead);
  }

  private static Funnel counted(Rest rest) throws IOException {
    return Funnel.total(rest.get("reporting", "report", "/funnel?source=" + SOURCE).body());
  }

  private static String captured(Rest rest, Map<String, Object> lead) throws IOException {
    var body = new HashMap<>(lead);
    body.put("source", SOURCE);
    var reply = rest.post("lead", "capture", "/leads", body, Map.of());
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.said("leadId");
  }

  private static void outcome(Rest rest, String id, String result) throws IOException {
    var reply =
        rest.post(
            "feedback",
            "sales",
            "/outcomes",
            Map.of(
                "leadExternalId",
                Map.of("system", "merge-it", "id", "twin"),
                "result",
                result,
                "occurredAt",
                "2026-02-05T09:00:00Z",
                "externalId",
                Map.of("system", "merge-it", "id", id)),
            Map.of());
    assertThat(reply.succeeded()).as(reply.text()).isTrue();
  }

  private static List<String> told(LiveStack live, String lead) {
    return live.topics().read("lead-outcome").stream()
        .map(Told::of)
        .filter(told -> told.key().equals(lead))
        .map(told -> String.valueOf(told.text("result")))
        .toList();
  }

  private static void soon(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
  }
}
