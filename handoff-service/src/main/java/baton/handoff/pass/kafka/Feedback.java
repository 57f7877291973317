package baton.handoff.pass.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.LeadFeedback;
import baton.handoff.pass.Handoffs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class Feedback {
  private final Hearing hearing;
  private final Handoffs handoffs;

  Feedback(Hearing hearing, Handoffs handoffs) {
    this.hearing = hearing;
    this.handoffs = handoffs;
  }

  @Incoming("lead-feedback")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadFeedback.class,
        (tx, heard) -> handoffs.rated(tx, heard.stream().map(Heard::event).toList()));
  }
}
