package baton.reporting.calibration.kafka;

import baton.contracts.CloudEvent;
import baton.contracts.Company;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadUpdated;
import baton.contracts.Topic;
import baton.reporting.calibration.Particulars;
import baton.reporting.calibration.Said;
import baton.reporting.calibration.Sheet;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads the captures and then the changes of leads from the beginning of their topics to where they
 * end when it is asked, in no group. Only what is said of leads on the sheet is looked into.
 */
@ApplicationScoped
class TopicParticulars implements Particulars {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int LONGEST_WORD = 200;

  /** Facts whose name on {@code lead-updated} isn't the one that rules know. */
  private static final Map<String, Set<String>> RULES_SAY =
      Map.of(
          "campaignId",
          Set.of("campaign"),
          "tier",
          Set.of("company.tier"),
          "emailFree",
          Set.of("email.free"),
          "company",
          Set.of("company.employees", "company.industry", "company.country"));

  private final String bootstrapServers;

  TopicParticulars(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  @Override
  public void tell(Sheet sheet) {
    try (var consumer = consumer()) {
      read(consumer, Topic.LEAD_CAPTURED, sheet);
      read(consumer, Topic.LEAD_UPDATED, sheet);
    }
  }

  private static void read(KafkaConsumer<String, byte[]> consumer, Topic topic, Sheet sheet) {
    var partitions =
        consumer.partitionsFor(topic.topicName()).stream()
            .map(info -> new TopicPartition(topic.topicName(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    var ends = consumer.endOffsets(partitions);
    long begun = System.nanoTime();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IllegalStateException(topic.topicName() + " takes too long to read");
      }
      consumer.poll(LOOK).forEach(record -> tell(record, sheet));
    }
  }

  private static void tell(ConsumerRecord<String, byte[]> record, Sheet sheet) {
    if (record.key() == null || record.value() == null || !sheet.knows(id(record.key()))) {
      return;
    }
    try {
      switch (CloudEvent.read(record.topic(), name -> header(record, name), record.value())
          .event()) {
        case LeadCaptured captured -> sheet.captured(captured.leadId(), fields(captured));
        case LeadUpdated updated ->
            sheet.updated(
                updated.leadId(), updated.occurredAt(), fields(updated), cleared(updated));
        default -> {}
      }
    } catch (CloudEvent.Unreadable parkedByTheFold) {
      // and so it counts nowhere
    }
  }

  private static UUID id(String key) {
    try {
      return UUID.fromString(key);
    } catch (IllegalArgumentException alien) {
      return new UUID(0, 0);
    }
  }

  static Map<String, Said> fields(LeadCaptured event) {
    var fields = new HashMap<String, Said>();
    word(fields, "source", event.source());
    word(fields, "medium", event.medium());
    word(fields, "channel", event.channel());
    word(fields, "campaign", event.campaignId());
    word(fields, "landingPage", event.landingPage());
    word(fields, "country", event.country());
    word(fields, "origin", event.origin().word());
    word(fields, "segment", event.segment());
    word(fields, "persona", event.persona());
    word(fields, "company.tier", event.tier());
    flag(fields, event.emailFree());
    company(fields, event.company());
    attributes(fields, event.attributes());
    return fields;
  }

  static Map<String, Said> fields(LeadUpdated event) {
    var fields = new HashMap<String, Said>();
    word(fields, "source", event.source());
    word(fields, "medium", event.medium());
    word(fields, "campaign", event.campaignId());
    word(fields, "country", event.country());
    word(fields, "segment", event.segment());
    word(fields, "persona", event.persona());
    word(fields, "company.tier", event.tier());
    flag(fields, event.emailFree());
    company(fields, event.company());
    attributes(fields, event.attributes());
    return fields;
  }

  /** A company comes whole: what it no longer says is gone. */
  private static Set<String> cleared(LeadUpdated event) {
    var cleared = new HashSet<String>();
    event.cleared().forEach(name -> cleared.addAll(RULES_SAY.getOrDefault(name, Set.of(name))));
    if (event.company() != null) {
      cleared.addAll(RULES_SAY.getOrDefault("company", Set.of()));
    }
    return cleared;
  }

  private static void company(Map<String, Said> fields, @Nullable Company company) {
    if (company != null) {
      word(fields, "company.industry", company.industry());
      word(fields, "company.country", company.country());
      if (company.employees() instanceof Integer employees) {
        fields.put("company.employees", new Said.Amount(employees));
      }
    }
  }

  private static void flag(Map<String, Said> fields, @Nullable Boolean free) {
    if (free != null) {
      fields.put("email.free", new Said.Word(free.toString()));
    }
  }

  private static void word(Map<String, Said> fields, String name, @Nullable String word) {
    if (word != null && word.length() <= LONGEST_WORD) {
      fields.put(name, new Said.Word(TextNode.valueOf(word).toString()));
    }
  }

  private static void attributes(Map<String, Said> fields, Map<String, JsonNode> attributes) {
    attributes.forEach(
        (name, value) -> {
          switch (value.getNodeType()) {
            case STRING -> word(fields, "attributes." + name, value.textValue());
            case BOOLEAN -> fields.put("attributes." + name, new Said.Word(value.asText()));
            case NUMBER -> fields.put("attributes." + name, new Said.Amount(value.doubleValue()));
            default -> {}
          }
        });
  }

  private static byte @Nullable [] header(ConsumerRecord<String, byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : header.value();
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            "false"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
