package baton.contracts;

import java.time.Instant;

/**
 * One fact, as it is published. It carries no message id: delivery mints that, so deciding stays
 * pure. {@code occurredAt} is when it happened, in milliseconds; {@code charterVersion} is the
 * charter in force then.
 */
public sealed interface Event
    permits LeadEvent, SlaMet, SlaBreach, ContentRequest, Campaign, Charter, Seller, AccessKey {

  /** The Kafka key: one key's events keep their order. */
  String key();

  Instant occurredAt();

  int charterVersion();
}
