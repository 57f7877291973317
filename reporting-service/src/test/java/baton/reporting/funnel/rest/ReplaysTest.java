package baton.reporting.funnel.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.chassis.charter.Charters;
import baton.chassis.problem.Problem;
import baton.reporting.attribution.Told;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Story;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journeys;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplaysTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Leads without end. */
  private static final class Endless implements Journeys {
    private final Group lead =
        Group.of(
            new UUID(0, 1),
            Map.of(new UUID(0, 1), Told.journey(Story.captured("2026-03-02T08:00:00Z").events())));

    private final AtomicLong read = new AtomicLong();
    private final CompletableFuture<Long> counted;

    Endless(CompletableFuture<Long> counted) {
      this.counted = counted;
    }

    @Override
    public Uni<Optional<Group>> find(UUID lead) {
      return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<SortedMap<UUID, Group>> after(UUID last, int most, double share) {
      var page = new TreeMap<UUID, Group>();
      for (int i = 0; i < most; i++) {
        page.put(new UUID(last.getMostSignificantBits() + 1, i), lead);
      }
      read.addAndGet(most);
      return Uni.createFrom().item(page);
    }

    @Override
    public Uni<Long> count() {
      return Uni.createFrom().completionStage(counted);
    }
  }

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void nothing_is_left_running() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_replay_that_nobody_listens_to_any_more_ends_and_gives_its_place_away() {
    var leads = new Endless(CompletableFuture.completedFuture(1L));
    var replays = replays(leads);
    var listening = listen(replays);
    await().atMost(SOON).until(() -> leads.read.get() > 10_000);
    assertThatThrownBy(replays::turn)
        .isInstanceOfSatisfying(
            Problem.class,
            busy -> {
              assertThat(busy.status()).isEqualTo(429);
              assertThat(busy.headers()).containsEntry("Retry-After", "15");
            });

    listening.cancel();

    await().atMost(SOON).untilAsserted(() -> replays.turn().close());
    long read = leads.read.get();
    await().during(Duration.ofMillis(200)).until(() -> leads.read.get() == read);
  }

  @Test
  void who_leaves_before_the_leads_are_counted_leaves_the_place_to_others() {
    var counted = new CompletableFuture<Long>();
    var leads = new Endless(counted);
    var replays = replays(leads);
    var listening = listen(replays);

    listening.cancel();

    replays.turn().close();
    counted.complete(1L);
    assertThat(leads.read).hasValue(0);
  }

  private Replays replays(Journeys journeys) {
    return new Replays(journeys, new Charters(), () -> NOW, vertx);
  }

  private static Cancellable listen(Replays replays) {
    return replays.turn().replay(question(), draft()).subscribe().with(_ -> {}, _ -> {});
  }

  private static Question question() {
    return new Question(
        Basis.COHORT, WhichPasses.ANY, null, null, ZoneOffset.UTC, null, List.of(), null, Map.of());
  }

  private static Agreement draft() {
    var template = Objects.requireNonNull(Agreement.template("b2b-inside-sales"));
    return switch (Agreement.read(template.getBytes(StandardCharsets.UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }
}
