package baton.handoff.pass.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.SalesStep;
import baton.handoff.pass.Handoffs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class SalesSteps {
  private final Hearing hearing;
  private final Handoffs handoffs;

  SalesSteps(Hearing hearing, Handoffs handoffs) {
    this.hearing = hearing;
    this.handoffs = handoffs;
  }

  @Incoming("sales-step")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        SalesStep.class,
        (tx, heard) -> handoffs.reported(tx, heard.stream().map(Heard::event).toList()));
  }
}
