package baton.chassis.outbox;

import static baton.chassis.outbox.Facts.fact;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.infrastructure.Infrastructure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayIT {
  private Stage stage;

  @BeforeEach
  void open() throws Exception {
    var infrastructure = Infrastructure.shared();
    Stage.createTopics(infrastructure.bootstrapServers());
    stage =
        new Stage(
            infrastructure.newDatabase("relay"),
            infrastructure.user(),
            infrastructure.password(),
            infrastructure.bootstrapServers());
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_low_id_that_commits_late_is_published() throws Exception {
    var leads = Stage.leads(2);
    try (var relay = new Relay(stage.settings(10))) {
      relay.start();
      var late = stage.pool.getConnection().await().indefinitely();
      var transaction = late.begin().await().indefinitely();
      Outbox.insert(late, List.of(fact(leads.get(0), 1)), null).await().indefinitely();
      stage
          .pool
          .withTransaction(tx -> Outbox.insert(tx, List.of(fact(leads.get(1), 1)), null))
          .await()
          .indefinitely();
      await()
          .atMost(30, SECONDS)
          .untilAsserted(
              () -> assertThat(stage.published(leads).get(leads.get(1))).containsExactly(1L));

      transaction.commit().await().indefinitely();
      late.close().await().indefinitely();

      await()
          .atMost(30, SECONDS)
          .untilAsserted(
              () -> assertThat(stage.published(leads).get(leads.get(0))).containsExactly(1L));
    }
  }

  @Test
  void one_of_two_relays_leads_and_the_other_takes_over() throws Exception {
    var leads = Stage.leads(5);
    try (var first = new Relay(stage.settings(20));
        var second = new Relay(stage.settings(20))) {
      first.start();
      second.start();
      for (var round = 0; round < 6; round++) {
        await().atMost(30, SECONDS).until(() -> first.leading() || second.leading());
        assertThat(first.leading() && second.leading()).isFalse();
        stage.append(150, leads, round);
        stage.killLeader();
      }

      await().atMost(60, SECONDS).until(() -> stage.waiting() == 0);
      stage.assertNothingLostNorReordered();
      assertThat(first.failures() + second.failures()).isPositive();
    }
  }

  @Test
  void a_leader_that_was_only_asleep_is_shut_out() throws Exception {
    var leads = Stage.leads(5);
    var asleep = new CountDownLatch(1);
    var woken = new CountDownLatch(1);
    var kafka = new Kafka(stage.service, stage.kafka());
    var slept = new AtomicInteger();
    // Falls asleep with a batch read and its transaction not begun.
    var sleeper =
        new Watched(
            kafka,
            _ -> {
              if (slept.getAndIncrement() == 1) {
                asleep.countDown();
                waitFor(woken);
              }
            },
            _ -> {});
    var brokers = new AtomicInteger();
    try (var first =
            new Relay(
                stage.settings(7),
                () ->
                    brokers.getAndIncrement() == 0
                        ? sleeper
                        : new Kafka(stage.service, stage.kafka()));
        var second = new Relay(stage.settings(7))) {
      first.start();
      await().atMost(30, SECONDS).until(first::leading);
      stage.append(40, leads, 1);
      waitFor(asleep);
      stage.killLeader();
      second.start();
      await().atMost(30, SECONDS).until(() -> stage.waiting() == 0);
      stage.append(40, leads, 2);
      await().atMost(30, SECONDS).until(() -> stage.waiting() == 0);

      woken.countDown();

      await().atMost(30, SECONDS).until(() -> first.failures() > 0);
      stage.append(40, leads, 3);
      await().atMost(30, SECONDS).until(() -> stage.waiting() == 0);
      stage.assertNothingLostNorReordered();
    }
  }

  @Test
  void a_crash_between_the_acknowledgement_and_the_delete_repeats_but_loses_nothing()
      throws Exception {
    var leads = Stage.leads(5);
    var crashes = new AtomicInteger();
    try (var relay =
        new Relay(
            stage.settings(11),
            () ->
                new Watched(
                    new Kafka(stage.service, stage.kafka()),
                    _ -> {},
                    _ -> {
                      if (crashes.incrementAndGet() % 3 == 0) {
                        throw new IllegalStateException("crashed after the acknowledgement");
                      }
                    }))) {
      stage.append(60, leads, 4);
      relay.start();

      await().atMost(60, SECONDS).until(() -> stage.waiting() == 0);
      stage.assertNothingLostNorReordered();
      assertThat(stage.published(leads).values().stream().mapToInt(List::size).sum())
          .isGreaterThan(stage.appended());
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** A broker with somebody looking on before and after each batch. */
  private record Watched(
      Broker broker, Consumer<List<Unpublished>> before, Consumer<List<Unpublished>> after)
      implements Broker {
    @Override
    public void fence() {
      broker.fence();
    }

    @Override
    public void publish(List<Unpublished> batch) {
      before.accept(batch);
      broker.publish(batch);
      after.accept(batch);
    }

    @Override
    public void close() {
      broker.close();
    }
  }
}
