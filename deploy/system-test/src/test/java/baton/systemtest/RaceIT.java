package baton.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.local.stack.Part;
import baton.systemtest.recount.Told;
import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import baton.systemtest.stack.Twin;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RaceIT {
  private static final int POSTS = 200;

  private interface Capturing {
    Rest.Reply post(int number) throws IOException;
  }

  private static final List<String> SPELLINGS =
      List.of(
          "ada.race@bücher.example",
          "Ada.Race@bücher.example",
          "ADA.RACE@BÜCHER.EXAMPLE",
          "ada.race@xn--bcher-kva.example",
          "ada.race@XN--BCHER-KVA.EXAMPLE",
          "ada.race@bu\u0308cher.example",
          "ada.race@BU\u0308CHER.example",
          " ada.race@bücher.example",
          "ada.race@bücher.example\t",
          "Ada.RACE@Xn--Bcher-kva.example ");

  private static LiveStack live;
  private static Twin twin;

  @BeforeAll
  static void start() throws Exception {
    live = LiveStack.shared();
    twin = live.twin(Part.LEAD);
  }

  @AfterAll
  static void end() throws Exception {
    twin.close();
  }

  @Test
  void many_posts_of_one_person_in_ten_spellings_make_one_lead() throws Exception {
    try (var rest = live.rest()) {
      var replies =
          atOnce(
              number -> capture(rest, SPELLINGS.get(number % SPELLINGS.size()), number, Map.of()));

      isOneLead(live, replies);
    }
  }

  @Test
  void many_posts_of_one_person_through_two_instances_make_one_lead() throws Exception {
    try (var one = live.rest();
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
    try (var one = live.rest();
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
