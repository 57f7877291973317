package baton.contracts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every topic, what stands on it and how it is kept. A topic about a lead has as many partitions as
 * all the others about leads, so that one lead's events are in the same partition number
 * everywhere.
 */
public enum Topic {
  LEAD_CAPTURED(LeadCaptured.class, Kept.FOR_EVER),
  LEAD_TOUCHED(LeadTouched.class, Kept.FOR_EVER),
  LEAD_UPDATED(LeadUpdated.class, Kept.FOR_EVER),
  LEAD_QUALIFIED(LeadQualified.class, Kept.FOR_EVER),
  LEAD_HANDOFF(LeadHandoff.class, Kept.FOR_EVER),
  SLA_MET(SlaMet.class, Kept.FOR_EVER),
  SLA_BREACH(SlaBreach.class, Kept.FOR_EVER),
  LEAD_OUTCOME(LeadOutcome.class, Kept.FOR_EVER),
  LEAD_FEEDBACK(LeadFeedback.class, Kept.FOR_EVER),
  SALES_STEP(SalesStep.class, Kept.FOR_EVER),
  CONTENT_REQUEST(ContentRequest.class, Kept.FOR_EVER),
  LEAD_MERGED(LeadMerged.class, Kept.FOR_EVER),
  LEAD_UNMERGED(LeadUnmerged.class, Kept.FOR_EVER),
  LEAD_ERASED(LeadErased.class, Kept.FOR_EVER),
  LEAD_CONTACT(LeadContact.class, Kept.LATEST_PER_KEY),
  CAMPAIGN(Campaign.class, Kept.LATEST_PER_KEY),
  CHARTER(Charter.class, Kept.LATEST_PER_KEY),
  SELLER(Seller.class, Kept.LATEST_PER_KEY),
  ACCESS_KEY(AccessKey.class, Kept.LATEST_PER_KEY);

  /** What happens to old records. */
  public enum Kept {
    FOR_EVER(Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1")),
    LATEST_PER_KEY(
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "86400000",
            "min.cleanable.dirty.ratio", "0.1",
            "max.compaction.lag.ms", "259200000",
            "delete.retention.ms", "604800000"));

    private final Map<String, String> settings;

    Kept(Map<String, String> settings) {
      this.settings = settings;
    }
  }

  private static final Map<Class<? extends Event>, Topic> BY_EVENT =
      Arrays.stream(values()).collect(Collectors.toMap(Topic::event, Function.identity()));
  private static final Map<String, Topic> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Topic::topicName, Function.identity()));

  private final Class<? extends Event> event;
  private final Kept kept;

  Topic(Class<? extends Event> event, Kept kept) {
    this.event = event;
    this.kept = kept;
  }

  public static Topic of(Event event) {
    return of(event.getClass());
  }

  public static Topic of(Class<? extends Event> event) {
    var topic = BY_EVENT.get(event);
    if (topic == null) {
      throw new IllegalArgumentException("no topic carries " + event.getName());
    }
    return topic;
  }

  public static Optional<Topic> named(String topicName) {
    return Optional.ofNullable(BY_NAME.get(topicName));
  }

  /** The Kafka topic's name, which is the event's name. */
  public String topicName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** The CloudEvents type, with the version of the event's shape. */
  public String type() {
    return "baton." + topicName() + ".v1";
  }

  /** The CloudEvents dataschema: where the event's JSON Schema stands in this jar. */
  public String dataSchema() {
    return "baton:/schemas/" + topicName() + ".v1.json";
  }

  public Class<? extends Event> event() {
    return event;
  }

  public Kept kept() {
    return kept;
  }

  /** What to create the topic with, beside partitions and replicas. */
  public Map<String, String> settings() {
    return kept.settings;
  }
}
