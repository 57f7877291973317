package baton.handoff.clock.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.ContentRequest;
import baton.contracts.RequestStep;
import baton.handoff.charter.Patience;
import baton.handoff.clock.Requests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Marketing owes its reply by the charter that the request is stamped with, not its answers. */
@ApplicationScoped
class MaterialWanted {
  private final Hearing hearing;
  private final Requests requests;
  private final Patience patience;

  MaterialWanted(Hearing hearing, Requests requests, Patience patience) {
    this.hearing = hearing;
    this.requests = requests;
    this.patience = patience;
  }

  @Incoming("content-request")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        ContentRequest.class,
        (tx, heard) -> {
          var steps = heard.stream().map(Heard::event).toList();
          steps.stream()
              .filter(step -> step.step() == RequestStep.REQUESTED)
              .forEach(asked -> patience.await(asked.charterVersion()));
          return requests.heard(tx, steps);
        });
  }
}
