package baton.handoff.pass.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.LeadQualified;
import baton.handoff.pass.Handoffs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class QualifiedLeads {
  private final Hearing hearing;
  private final Handoffs handoffs;

  QualifiedLeads(Hearing hearing, Handoffs handoffs) {
    this.hearing = hearing;
    this.handoffs = handoffs;
  }

  @Incoming("lead-qualified")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadQualified.class,
        (tx, heard) -> handoffs.open(tx, heard.stream().map(Heard::event).toList()));
  }
}
