package baton.chassis.outbox;

import static baton.chassis.outbox.Facts.fact;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.chassis.database.SessionTransactions;
import baton.chassis.database.Transactions;
import baton.contracts.CloudEvent;
import baton.contracts.Json;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class OutboxStoryIT {
  @Inject Outbox outbox;
  @Inject SessionOutbox sessionOutbox;
  @Inject Transactions transactions;
  @Inject SessionTransactions sessions;
  @Inject Pool pool;
  @Inject Vertx vertx;

  private final UUID lead = UUID.randomUUID();

  @Test
  void a_committed_event_is_published_as_a_cloud_event() throws Exception {
    transactions
        .run(tx -> outbox.append(tx, List.of(fact(lead, 1), fact(lead, 2))))
        .await()
        .atMost(Duration.ofSeconds(10));

    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(published(Topic.SALES_STEP)).hasSize(2));
    var second = published(Topic.SALES_STEP).get(1);
    var event = CloudEvent.read(second.topic(), name -> header(second, name), second.value());
    assertThat(event.source()).isEqualTo("/chassis-test");
    assertThat(event.subject()).isEqualTo(lead.toString());
    assertThat(event.sequence()).isEqualTo(2);
    assertThat(event.id().version()).isEqualTo(7);
    assertThat(event.time()).isEqualTo(fact(lead, 2).occurredAt());
    assertThat(event.event()).isEqualTo(fact(lead, 2));
    assertThat(second.value()).isEqualTo(Json.bytes(fact(lead, 2)));
    await().atMost(5, SECONDS).untilAsserted(() -> assertThat(waiting()).isZero());
  }

  @Test
  void a_requests_trace_goes_with_its_events() {
    var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    given()
        .header("traceparent", trace)
        .header("X-Api-Key", Infrastructure.shared().key("sales"))
        .post("/facts/" + lead)
        .then()
        .statusCode(204);

    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(published(Topic.SALES_STEP))
                    .singleElement()
                    .satisfies(
                        record ->
                            assertThat(header(record, "traceparent"))
                                .isEqualTo(trace.getBytes(UTF_8))));
  }

  @Test
  void a_tombstone_has_no_value() {
    transactions
        .run(tx -> outbox.appendTombstone(tx, lead, Instant.parse("2026-11-22T09:00:00Z")))
        .await()
        .atMost(Duration.ofSeconds(10));

    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(published(Topic.LEAD_CONTACT))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value()).isNull()));
  }

  @Test
  void nothing_is_published_of_a_transaction_that_failed() {
    var failed =
        transactions
            .run(
                tx ->
                    outbox
                        .append(tx, List.of(fact(lead, 1)))
                        .chain(() -> tx.query("SELECT 1/0").execute()))
            .map(_ -> "committed")
            .onFailure()
            .recoverWithItem("failed")
            .await()
            .atMost(Duration.ofSeconds(10));
    transactions
        .run(tx -> outbox.append(tx, List.of(fact(lead, 2))))
        .await()
        .atMost(Duration.ofSeconds(10));

    assertThat(failed).isEqualTo("failed");
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(published(Topic.SALES_STEP))
                    .singleElement()
                    .satisfies(record -> assertThat(sequence(record)).isEqualTo(1)));
  }

  @Test
  void a_session_counts_on_where_others_stopped() {
    transactions
        .run(tx -> outbox.append(tx, List.of(fact(lead, 1))))
        .await()
        .atMost(Duration.ofSeconds(10));
    inSession(
        () -> sessions.run(s -> sessionOutbox.append(s, List.of(fact(lead, 2), fact(lead, 3)))));

    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(published(Topic.SALES_STEP))
                    .extracting(OutboxStoryIT::sequence)
                    .containsExactly(1L, 2L, 3L));
  }

  @Test
  void what_a_session_appended_is_published_as_it_is() {
    inSession(() -> sessions.run(s -> sessionOutbox.append(s, List.of(fact(lead, 1)))));

    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(published(Topic.SALES_STEP))
                    .singleElement()
                    .satisfies(
                        record -> assertThat(record.value()).isEqualTo(Json.bytes(fact(lead, 1)))));
  }

  private <T> T inSession(Supplier<Uni<T>> work) {
    var context = VertxContext.getOrCreateDuplicatedContext(vertx.getOrCreateContext());
    VertxContextSafetyToggle.setContextSafe(context, true);
    return Uni.createFrom()
        .<T>emitter(
            done ->
                context.runOnContext(_ -> work.get().subscribe().with(done::complete, done::fail)))
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  private List<ConsumerRecord<String, byte[]>> published(Topic topic) {
    return Infrastructure.shared().read(topic).stream()
        .filter(record -> record.key().equals(lead.toString()))
        .toList();
  }

  private static long sequence(ConsumerRecord<String, byte[]> record) {
    return Long.parseLong(new String(requireNonNull(header(record, "ce_sequence")), UTF_8));
  }

  private static byte @Nullable [] header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : header.value();
  }

  private long waiting() {
    return pool.query("SELECT count(*) FROM outbox")
        .execute()
        .map(rows -> rows.iterator().next().getLong(0))
        .await()
        .atMost(Duration.ofSeconds(10));
  }
}
