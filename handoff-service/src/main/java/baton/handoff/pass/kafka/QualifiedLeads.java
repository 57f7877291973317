package baton.handoff.pass.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.LeadQualified;
import baton.handoff.charter.Patience;
import baton.handoff.pass.Handoffs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** An MQL is routed and promised by the charter it is stamped with. */
@ApplicationScoped
class QualifiedLeads {
  private final Hearing hearing;
  private final Handoffs handoffs;
  private final Patience patience;

  QualifiedLeads(Hearing hearing, Handoffs handoffs, Patience patience) {
    this.hearing = hearing;
    this.handoffs = handoffs;
    this.patience = patience;
  }

  @Incoming("lead-qualified")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadQualified.class,
        (tx, heard) -> {
          var qualified = heard.stream().map(Heard::event).toList();
          qualified.forEach(each -> patience.await(each.charterVersion()));
          return handoffs.open(tx, qualified);
        });
  }
}
