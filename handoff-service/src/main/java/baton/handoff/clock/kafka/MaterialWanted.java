package baton.handoff.clock.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.ContentRequest;
import baton.handoff.clock.Requests;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class MaterialWanted {
  private final Hearing hearing;
  private final Requests requests;

  MaterialWanted(Hearing hearing, Requests requests) {
    this.hearing = hearing;
    this.requests = requests;
  }

  @Incoming("content-request")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        ContentRequest.class,
        (tx, heard) -> requests.heard(tx, heard.stream().map(Heard::event).toList()));
  }
}
