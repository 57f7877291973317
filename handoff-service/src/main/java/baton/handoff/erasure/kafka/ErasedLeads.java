package baton.handoff.erasure.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.LeadErased;
import baton.handoff.erasure.Erasures;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class ErasedLeads {
  private final Hearing hearing;
  private final Erasures erasures;

  ErasedLeads(Hearing hearing, Erasures erasures) {
    this.hearing = hearing;
    this.erasures = erasures;
  }

  @Incoming("lead-erased")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadErased.class,
        (tx, heard) -> erasures.erase(tx, heard.stream().map(Heard::event).toList()));
  }
}
