package baton.chassis.hearing;

import static baton.chassis.outbox.Facts.fact;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.inbox.Inbox;
import baton.chassis.paging.Cursor;
import baton.contracts.CloudEvent;
import baton.contracts.Json;
import baton.contracts.LeadContact;
import baton.contracts.SalesStep;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BatonTestResource.class)
class HearingIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject Hearing hearing;
  @Inject Inbox inbox;
  @Inject Pool pool;

  private final UUID good = UUID.randomUUID();
  private final UUID bad = UUID.randomUUID();
  private final AtomicInteger offsets = new AtomicInteger();

  @BeforeEach
  void empty() {
    run(
        """
        CREATE TABLE IF NOT EXISTS effect (
          lead uuid NOT NULL,
          n    bigint NOT NULL CONSTRAINT small CHECK (n < 100),
          nth  bigint GENERATED ALWAYS AS IDENTITY)
        """);
    run("ALTER TABLE effect DROP CONSTRAINT IF EXISTS small");
    run("ALTER TABLE effect ADD CONSTRAINT small CHECK (n < 100) NOT VALID");
    run("TRUNCATE effect, parked_record, inbox");
  }

  @Test
  void what_cannot_be_read_is_parked_and_holds_back_later_records_of_its_key() {
    hear(said(bad, 1), garbled(bad), said(good, 1), said(bad, 2));
    hear(said(bad, 3), said(good, 2));

    assertThat(effects(good)).containsExactly(1L, 2L);
    assertThat(effects(bad)).containsExactly(1L);
    assertThat(parked()).containsExactly(1L, 3L, 4L);
  }

  @Test
  void an_effect_the_data_forbids_parks_only_its_record() {
    var records = new ArrayList<ConsumerRecord<String, byte[]>>();
    for (var n = 1; n <= 20; n++) {
      records.add(said(good, n));
    }
    records.add(11, said(bad, 500));
    records.add(said(bad, 21));

    hear(records);

    assertThat(effects(good)).hasSize(20).isSorted();
    assertThat(effects(bad)).isEmpty();
    assertThat(parked()).hasSize(2);
  }

  @Test
  void a_redelivered_batch_has_one_effect_and_parks_nothing_new() {
    var batch = List.of(said(bad, 1), said(good, 1), said(bad, 500), said(good, 2), said(bad, 2));

    hear(batch);
    hear(batch);
    hear(batch.subList(0, 2));

    assertThat(effects(good)).containsExactly(1L, 2L);
    assertThat(effects(bad)).containsExactly(1L);
    assertThat(parked()).hasSize(2);
  }

  @Test
  void a_failure_of_the_infrastructure_is_tried_again_until_it_passes() {
    var failures = new AtomicInteger();

    hearing
        .hear(
            batch(List.of(said(good, 1))),
            SalesStep.class,
            (tx, heard) ->
                failures.incrementAndGet() <= 3
                    ? tx.query("SELECT pg_terminate_backend(pg_backend_pid())")
                        .execute()
                        .replaceWithVoid()
                    : apply(tx, heard))
        .await()
        .atMost(SOON);

    assertThat(effects(good)).containsExactly(1L);
    assertThat(failures).hasValue(4);
    assertThat(parked()).isEmpty();
  }

  @Test
  void a_tombstone_takes_away_what_came_before_it_and_not_what_comes_after() {
    var gone = new CopyOnWriteArrayList<String>();
    var known = new CopyOnWriteArrayList<UUID>();

    hearing
        .hear(
            batch(List.of(contact(bad), tombstone(bad), tombstone(good), contact(good))),
            LeadContact.class,
            (_, heard) -> {
              heard.forEach(contact -> known.add(contact.event().leadId()));
              return Uni.createFrom().voidItem();
            },
            (_, keys) -> {
              gone.addAll(keys);
              return Uni.createFrom().voidItem();
            })
        .await()
        .atMost(SOON);

    assertThat(known).containsExactly(good);
    assertThat(gone).containsExactly(bad.toString());
  }

  @Test
  void a_tombstone_is_heard_past_what_is_parked_of_its_key_and_takes_it_along() {
    var gone = new CopyOnWriteArrayList<String>();
    var contact = contact(good);
    contacts(
        gone, record(Topic.LEAD_CONTACT, bad, contact.value()), contact(bad), garbledContact(good));

    contacts(gone, garbledContact(bad), tombstone(bad));

    assertThat(gone).containsExactly(bad.toString());
    assertThat(parked()).containsExactly(3L);
    contacts(gone, contact(bad));
    assertThat(parked()).containsExactly(3L);
  }

  @SafeVarargs
  private void contacts(List<String> gone, ConsumerRecord<String, byte[]>... records) {
    hearing
        .hear(
            batch(List.of(records)),
            LeadContact.class,
            (_, _) -> Uni.createFrom().voidItem(),
            (_, keys) -> {
              gone.addAll(keys);
              return Uni.createFrom().voidItem();
            })
        .await()
        .atMost(SOON);
  }

  private ConsumerRecord<String, byte[]> garbledContact(UUID lead) {
    return record(Topic.LEAD_CONTACT, lead, "{\"name\": \"Ada".getBytes(UTF_8));
  }

  @Test
  void a_released_record_is_heard_again_and_those_behind_it_in_order() {
    hear(said(bad, 1), said(bad, 500), said(good, 1), said(bad, 3));
    hear(said(bad, 2), said(bad, 4));
    run("ALTER TABLE effect DROP CONSTRAINT small");

    var released = release("chassis-test@sales-step:0:1");

    assertThat(released.statusCode()).as(released.asString()).isEqualTo(200);
    assertThat(released.jsonPath().getInt("heard")).isEqualTo(4);
    assertThat(effects(bad)).containsExactly(1L, 500L, 3L, 2L, 4L);
    assertThat(parked()).isEmpty();
    hear(said(bad, 5));
    assertThat(effects(bad)).endsWith(5L);
  }

  @Test
  void a_release_ends_at_what_still_fails_and_begins_with_the_earliest() {
    hear(said(bad, 500), said(bad, 2), garbled(bad), said(bad, 3));

    var still = release("chassis-test@sales-step:0:0");
    var later = release("chassis-test@sales-step:0:1");
    run("ALTER TABLE effect DROP CONSTRAINT small");
    var partly = release("chassis-test@sales-step:0:0");

    assertThat(still.statusCode()).isEqualTo(409);
    assertThat(still.jsonPath().getString("state")).isEqualTo("parked");
    assertThat(still.jsonPath().getString("detail")).contains("SQLSTATE 23514");
    assertThat(later.statusCode()).isEqualTo(409);
    assertThat(later.jsonPath().getString("state")).isEqualTo("behind");
    assertThat(partly.jsonPath().getInt("heard")).isEqualTo(2);
    assertThat(partly.jsonPath().getString("stoppedAt")).isEqualTo("chassis-test@sales-step:0:2");
    assertThat(effects(bad)).containsExactly(500L, 2L);
    assertThat(parked()).containsExactly(2L, 3L);
  }

  @Test
  void what_is_parked_while_others_are_released_keeps_its_order() throws Exception {
    for (var round = 0; round < 10; round++) {
      empty();
      hear(said(bad, 500), said(bad, 1));
      run("ALTER TABLE effect DROP CONSTRAINT small");
      var meanwhile =
          CompletableFuture.runAsync(
              () -> {
                for (var n = 2; n < 12; n++) {
                  hear(said(bad, n));
                }
              });

      while (!meanwhile.isDone() || !parked().isEmpty()) {
        for (var waiting : parked().stream().limit(1).toList()) {
          release("chassis-test@sales-step:0:" + waiting);
        }
      }

      meanwhile.get();
      assertThat(effects(bad)).containsExactly(500L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    }
  }

  @Test
  void parked_records_are_listed_without_what_is_personal() {
    var contact = contact(good);
    hearing
        .hear(
            batch(
                List.of(
                    record(Topic.LEAD_CONTACT, bad, contact.value()),
                    record(Topic.LEAD_CONTACT, bad, "{\"name\": \"Ada".getBytes(UTF_8)))),
            LeadContact.class,
            (_, _) -> Uni.createFrom().voidItem())
        .await()
        .atMost(SOON);

    var first = admin().get("/parked?limit=1");
    var second = admin().get("/parked?limit=1&cursor=" + first.jsonPath().getString("next"));

    assertThat(first.statusCode()).as(first.asString()).isEqualTo(200);
    assertThat(first.jsonPath().getString("items[0].reason"))
        .isEqualTo("the key is not the event's");
    assertThat(first.jsonPath().getString("items[0].key")).isEqualTo(bad.toString());
    assertThat(first.jsonPath().getString("items[0].value.leadId")).isEqualTo(good.toString());
    assertThat(first.jsonPath().getString("items[0].value.name")).isEqualTo("•••");
    assertThat(second.jsonPath().getInt("items[0].bytes")).isEqualTo(13);
    assertThat(second.jsonPath().getString("items[0].value")).isNull();
    assertThat(second.jsonPath().getString("next")).isNull();
    assertThat(first.asString() + second.asString()).doesNotContain("Ada");
    assertThat(as("sales-manager").get("/parked").statusCode()).isEqualTo(403);
    assertThat(as("report").post("/parked/a@b:0:0/release").statusCode()).isEqualTo(403);
    assertThat(release("a@b:0:0").statusCode()).isEqualTo(404);
    assertThat(release("seven").statusCode()).isEqualTo(404);
    assertThat(admin().get("/parked?cursor=" + Cursor.of("seven")).statusCode()).isEqualTo(400);
  }

  private static Response release(String id) {
    return admin().post("/parked/" + id + "/release");
  }

  private static RequestSpecification admin() {
    return as("admin");
  }

  private static RequestSpecification as(String role) {
    return given().header("X-Api-Key", Infrastructure.shared().key(role));
  }

  @SafeVarargs
  private void hear(ConsumerRecord<String, byte[]>... records) {
    hear(List.of(records));
  }

  private void hear(List<ConsumerRecord<String, byte[]>> records) {
    hearing.hear(batch(records), SalesStep.class, this::apply).await().atMost(SOON);
  }

  /** Counts what a seller did, which once more would be wrong. */
  private Uni<Void> apply(SqlConnection tx, List<Heard<SalesStep>> heard) {
    return inbox
        .firstSeen(tx, "test", heard.stream().map(Heard::eventId).toList())
        .chain(
            first -> {
              var rows =
                  heard.stream()
                      .filter(step -> first.contains(step.eventId()))
                      .map(step -> Tuple.of(step.event().leadId(), step.event().revision()))
                      .toList();
              return rows.isEmpty()
                  ? Uni.createFrom().voidItem()
                  : tx.preparedQuery("INSERT INTO effect (lead, n) VALUES ($1, $2)")
                      .executeBatch(rows)
                      .replaceWithVoid();
            });
  }

  private ConsumerRecord<String, byte[]> said(UUID lead, long n) {
    return record(Topic.SALES_STEP, lead, Json.bytes(fact(lead, n)));
  }

  private ConsumerRecord<String, byte[]> garbled(UUID lead) {
    return record(Topic.SALES_STEP, lead, "{\"leadId\":".getBytes(UTF_8));
  }

  private ConsumerRecord<String, byte[]> contact(UUID lead) {
    var contact =
        new LeadContact(
            lead, fact(lead, 1).occurredAt(), 0, 1, "Ada", null, null, null, null, null, null);
    return record(Topic.LEAD_CONTACT, lead, Json.bytes(contact));
  }

  private ConsumerRecord<String, byte[]> tombstone(UUID lead) {
    return record(Topic.LEAD_CONTACT, lead, null);
  }

  private ConsumerRecord<String, byte[]> record(Topic topic, UUID lead, byte @Nullable [] value) {
    var headers = new RecordHeaders();
    var offset = offsets.getAndIncrement();
    new CloudEvent(
            UUID.randomUUID(), topic, "/test", Instant.EPOCH, lead.toString(), offset, null, value)
        .headers()
        .forEach(headers::add);
    return new ConsumerRecord<>(
        topic.topicName(),
        0,
        offset,
        0L,
        TimestampType.CREATE_TIME,
        36,
        100,
        lead.toString(),
        value,
        headers,
        Optional.empty());
  }

  private static ConsumerRecords<String, byte[]> batch(
      List<ConsumerRecord<String, byte[]>> records) {
    var partition = new TopicPartition(records.getFirst().topic(), 0);
    return new ConsumerRecords<>(Map.of(partition, records), Map.of());
  }

  private List<Long> effects(UUID lead) {
    return longs("SELECT n FROM effect WHERE lead = $1 ORDER BY nth", Tuple.of(lead));
  }

  private List<Long> parked() {
    return longs("SELECT \"offset\" FROM parked_record ORDER BY 1", Tuple.tuple());
  }

  private List<Long> longs(String sql, Tuple parameters) {
    var found = new ArrayList<Long>();
    pool.preparedQuery(sql)
        .execute(parameters)
        .await()
        .atMost(SOON)
        .forEach(row -> found.add(row.getLong(0)));
    return found;
  }

  private void run(String sql) {
    pool.query(sql).execute().await().atMost(SOON);
  }
}
