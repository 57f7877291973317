package baton.handoff.brief.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.LeadTouched;
import baton.handoff.brief.Touches;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class TouchesHeard {
  private final Hearing hearing;
  private final Touches touches;

  TouchesHeard(Hearing hearing, Touches touches) {
    this.hearing = hearing;
    this.touches = touches;
  }

  @Incoming("lead-touched")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadTouched.class,
        (tx, heard) -> touches.keep(tx, heard.stream().map(Heard::event).toList()));
  }
}
