package baton.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.local.stack.Part;
import baton.systemtest.recount.Told;
import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaceIT {
  private static final int POSTS = 200;

  private interface Capturing {
    Rest.Reply post(int number) throws IOException;
  }

  @Test
  void many_posts_of_one_person_at_once_make_one_lead() throws Exception {
    var live = LiveStack.shared();
    try (var rest = live.rest()) {
      var replies = atOnce(number -> capture(rest, "ada.race@example.org", number, Map.of()));

      isOneLead(live, replies);
    }
  }

  @Test
  void many_posts_of_one_person_through_two_instances_make_one_lead() throws Exception {
    var live = LiveStack.shared();
    try (var one = live.rest();
        var twin = live.twin(Part.LEAD);
        var other = twin.rest()) {
      for (var round = 0; round < 5; round++) {
        var email = "grace.race" + round + "@example.org";

        var replies =
            atOnce(number -> capture(number % 2 == 0 ? one : other, email, number / 2, Map.of()));

        isOneLead(live, replies);
      }
    }
  }

  @Test
  void one_idempotency_key_through_two_instances_has_one_effect() throws Exception {
    var live = LiveStack.shared();
    try (var one = live.rest();
        var twin = live.twin(Part.LEAD);
        var other = twin.rest()) {
      var key = Map.of("Idempotency-Key", "race-of-two");

      var replies =
          atOnce(
              number -> capture(number % 2 == 0 ? one : other, "linus.race@example.org", 0, key));

      assertThat(replies).allMatch(reply -> reply.status() == 201);
      assertThat(replies.stream().map(Rest.Reply::text).distinct()).hasSize(1);
      var lead = replies.getFirst().said("leadId");
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(told(live, "lead-captured", lead)).hasSize(1));
      assertThat(told(live, "lead-touched", lead)).isEmpty();
    }
  }

  private static List<Rest.Reply> atOnce(Capturing capturing) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var gate = new CountDownLatch(1);
      var posts =
          IntStream.range(0, POSTS)
              .mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            gate.await();
                            return capturing.post(number);
                          }))
              .toList();

      gate.countDown();

      var replies = new ArrayList<Rest.Reply>();
      for (var post : posts) {
        replies.add(post.get());
      }
      return replies;
    }
  }

  private static void isOneLead(LiveStack live, List<Rest.Reply> replies) {
    assertThat(replies).allMatch(Rest.Reply::succeeded);
    assertThat(replies.stream().map(reply -> reply.said("leadId")).distinct()).hasSize(1);
    assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
    var lead = replies.getFirst().said("leadId");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(told(live, "lead-captured", lead)).hasSize(1);
              assertThat(told(live, "lead-touched", lead)).hasSize(POSTS - 1);
            });
  }

  /** The same person, written in different ways. */
  private static Rest.Reply capture(
      Rest rest, String email, int number, Map<String, String> headers) throws IOException {
    return rest.post(
        "lead",
        "capture",
        "/leads",
        Map.of(
            "contact",
            Map.of("email", number % 2 == 0 ? email : email.toUpperCase(Locale.ROOT)),
            "source",
            "race"),
        headers);
  }

  private static List<Told> told(LiveStack live, String topic, String lead) {
    return live.topics().read(topic).stream()
        .map(Told::of)
        .filter(told -> told.key().equals(lead))
        .toList();
  }
}
