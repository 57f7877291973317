package baton.lead.timeline.kafka;

import baton.chassis.hearing.Hearing;
import baton.contracts.LeadFeedback;
import baton.contracts.SlaBreach;
import baton.lead.timeline.Timeline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class FactsOfOthers {
  private final Hearing hearing;
  private final Timeline timeline;

  FactsOfOthers(Hearing hearing, Timeline timeline) {
    this.hearing = hearing;
    this.timeline = timeline;
  }

  @Incoming("sla-breach")
  public Uni<Void> breaches(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(batch, SlaBreach.class, timeline::keep);
  }

  @Incoming("lead-feedback")
  public Uni<Void> feedback(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(batch, LeadFeedback.class, timeline::keep);
  }
}
