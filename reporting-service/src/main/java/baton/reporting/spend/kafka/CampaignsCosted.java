package baton.reporting.spend.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.Campaign;
import baton.reporting.spend.Spending;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class CampaignsCosted {
  private final Hearing hearing;
  private final Spending spending;

  CampaignsCosted(Hearing hearing, Spending spending) {
    this.hearing = hearing;
    this.spending = spending;
  }

  @Incoming("campaign")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        Campaign.class,
        (tx, heard) -> spending.keep(tx, heard.stream().map(Heard::event).toList()),
        spending::forget);
  }
}
