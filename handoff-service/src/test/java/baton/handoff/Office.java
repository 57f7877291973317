package baton.handoff;

import static io.restassured.RestAssured.given;

import baton.contracts.CloudEvent;
import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.Topic;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.telling.Qualified;
import com.github.f4b6a3.uuid.UuidCreator;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The people and machines around handoff-service: they hire, qualify, answer and read topics. */
final class Office {
  static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

  private Office() {}

  static RequestSpecification as(String role) {
    return given()
        .header("Authorization", "Bearer " + Infrastructure.shared().key(role))
        .contentType(ContentType.JSON);
  }

  static RequestSpecification asSeller(String sellerId) {
    return given()
        .header("Authorization", "Bearer " + Infrastructure.shared().sellerKey(sellerId))
        .contentType(ContentType.JSON);
  }

  static void hire(String sellerId, String facts) {
    as("sales-manager")
        .body("{\"name\": \"" + sellerId + "\", " + facts + "}")
        .put("/sellers/" + sellerId)
        .then()
        .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
  }

  static void sendHome(String sellerId) {
    as("sales-manager")
        .body("{\"active\": false}")
        .patch("/sellers/" + sellerId)
        .then()
        .statusCode(200);
  }

  /** Every seller is inactive afterwards, so that a test begins with nobody. */
  static void sendEverybodyHome() {
    List<String> ids =
        as("admin").get("/sellers?active=true&limit=500").then().extract().path("items.sellerId");
    ids.forEach(Office::sendHome);
  }

  static LeadQualified qualified(UUID lead, UUID pass, Instant at) {
    return Qualified.of(lead, at, pass).from("search", "Organic Search").told();
  }

  static LeadQualified qualified(UUID lead) {
    return qualified(lead, id(), NINE);
  }

  static UUID id() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  /** Publishes events as another service's relay would. */
  static void publish(List<? extends Event> events) {
    try (var producer = producer()) {
      for (var event : events) {
        var topic = Topic.of(event);
        var envelope =
            new CloudEvent(
                id(),
                topic,
                "/elsewhere",
                event.occurredAt(),
                event.key(),
                1,
                null,
                Json.bytes(event));
        var sent = new ProducerRecord<>(topic.topicName(), event.key(), envelope.data());
        envelope.headers().forEach((name, value) -> sent.headers().add(name, value));
        producer.send(sent);
      }
      producer.flush();
    }
  }

  static void bury(Topic topic, UUID lead) {
    try (var producer = producer()) {
      var envelope =
          new CloudEvent(id(), topic, "/elsewhere", NINE, lead.toString(), 1, null, null);
      var sent = new ProducerRecord<String, byte[]>(topic.topicName(), lead.toString(), null);
      envelope.headers().forEach((name, value) -> sent.headers().add(name, value));
      producer.send(sent);
      producer.flush();
    }
  }

  /** What was published about these handoffs, by lead in the order of their revisions. */
  static List<LeadHandoff> told() {
    return Infrastructure.shared().read(Topic.LEAD_HANDOFF).stream()
        .map(each -> event(each.value()))
        .sorted(Comparator.comparing(LeadHandoff::leadId).thenComparing(LeadHandoff::revision))
        .toList();
  }

  static List<LeadHandoff> told(UUID lead) {
    return told().stream().filter(each -> each.leadId().equals(lead)).toList();
  }

  static Response handoffsOf(UUID lead) {
    return as("sales-manager").get("/handoffs?lead=" + lead);
  }

  /** The only handoff of a lead. */
  static String handoffOf(UUID lead) {
    return handoffsOf(lead).then().extract().path("items[0].handoffId");
  }

  static @Nullable String stateOf(UUID lead) {
    return handoffsOf(lead).then().extract().path("items[0].state");
  }

  private static LeadHandoff event(byte[] value) {
    try {
      return Json.mapper().readValue(value, LeadHandoff.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            Infrastructure.shared().bootstrapServers(),
            "acks",
            "all",
            "linger.ms",
            "20"),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
