package baton.reporting.goal.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.ContentRequest;
import baton.contracts.RequestStep;
import baton.reporting.goal.Materials;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class MaterialsDelivered {
  private final Hearing hearing;
  private final Materials materials;

  MaterialsDelivered(Hearing hearing, Materials materials) {
    this.hearing = hearing;
    this.materials = materials;
  }

  @Incoming("content-request")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        ContentRequest.class,
        (tx, heard) ->
            materials.keep(
                tx,
                heard.stream()
                    .map(Heard::event)
                    .filter(step -> step.step() == RequestStep.DELIVERED)
                    .toList()));
  }
}
