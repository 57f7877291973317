package baton.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.systemtest.recount.Told;
import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaceIT {
  private static final int POSTS = 200;

  @Test
  void many_posts_of_one_person_at_once_make_one_lead() throws Exception {
    var live = LiveStack.shared();
    try (var rest = live.rest();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var gate = new CountDownLatch(1);
      var posts =
          IntStream.range(0, POSTS)
              .mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            gate.await();
                            return capture(rest, number);
                          }))
              .toList();

      gate.countDown();

      var replies = new java.util.ArrayList<Rest.Reply>();
      for (var post : posts) {
        replies.add(post.get());
      }
      assertThat(replies).allMatch(Rest.Reply::succeeded);
      assertThat(replies.stream().map(reply -> reply.said("leadId")).distinct()).hasSize(1);
      assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
      var lead = replies.getFirst().said("leadId");
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(capturedOf(live, lead)).hasSize(1));
    }
  }

  /** The same person, written in different ways. */
  private static Rest.Reply capture(Rest rest, int number) {
    var email = number % 2 == 0 ? "ada.race@example.org" : "Ada.Race@Example.ORG";
    try {
      return rest.post(
          "lead",
          "capture",
          "/leads",
          Map.of("contact", Map.of("email", email), "source", "race"),
          Map.of());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<Told> capturedOf(LiveStack live, String lead) {
    return live.topics().read("lead-captured").stream()
        .map(Told::of)
        .filter(told -> told.key().equals(lead))
        .toList();
  }
}
