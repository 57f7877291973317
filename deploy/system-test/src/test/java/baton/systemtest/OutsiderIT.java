package baton.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A consumer needs no code of ours: only the broker's address and a JSON parser. */
class OutsiderIT {
  private static final String BY_SOURCE =
      """
      import collections, json, sys
      counts = collections.Counter(json.loads(line).get("source") for line in sys.stdin)
      print(counts["outsider-a"], counts["outsider-b"])
      """;

  @Test
  void kcat_reads_captured_leads_with_their_headers() throws Exception {
    assumeTrue(runs("kcat", "-V"), "kcat is not installed: this test is skipped");
    var live = LiveStack.shared();
    String lead;
    try (var rest = live.rest()) {
      lead = capture(rest, "kcat@example.org", "outsider-kcat");
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(kcat(live)).anyMatch(line -> line.startsWith(lead)));

    var line = kcat(live).stream().filter(each -> each.startsWith(lead)).toList();
    assertThat(line)
        .singleElement()
        .asString()
        .contains("ce_type=baton.lead-captured.v1", "ce_source=/lead-service", "ce_specversion=1.0")
        .contains("content-type=application/json", "\"source\":\"outsider-kcat\"")
        .doesNotContain("kcat@example.org");
  }

  @Test
  void pythons_own_json_counts_leads_by_source() throws Exception {
    assumeTrue(runs("python3", "--version"), "python3 is not installed: this test is skipped");
    var live = LiveStack.shared();
    try (var rest = live.rest()) {
      for (var i = 0; i < 5; i++) {
        capture(rest, "outsider" + i + "@example.org", i < 3 ? "outsider-a" : "outsider-b");
      }
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(output(captured(live), "python3", "-c", BY_SOURCE))
                    .containsExactly("3 2"));
  }

  private static String capture(Rest rest, String email, String source) throws IOException {
    var reply =
        rest.post(
            "lead",
            "capture",
            "/leads",
            Map.of("contact", Map.of("email", email), "source", source),
            Map.of());
    assertThat(reply.status()).as(reply.text()).isIn(200, 201);
    return reply.said("leadId");
  }

  private static String captured(LiveStack live) {
    var lines = new StringBuilder();
    live.topics()
        .read("lead-captured")
        .forEach(record -> lines.append(record.value()).append('\n'));
    return lines.toString();
  }

  private static List<String> kcat(LiveStack live) {
    var servers = live.stack().bootstrapServers();
    return output(
        "", "kcat", "-b", servers, "-t", "lead-captured", "-C", "-e", "-q", "-f", "%k %h %s\\n");
  }

  private static boolean runs(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> output(String input, String... command) {
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Thread.startVirtualThread(() -> feed(process, input));
      return new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static void feed(Process process, String input) {
    try (var to = process.getOutputStream()) {
      to.write(input.getBytes(UTF_8));
    } catch (IOException closed) {
      process.destroy();
    }
  }
}
