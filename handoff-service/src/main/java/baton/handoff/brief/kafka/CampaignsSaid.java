package baton.handoff.brief.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.Campaign;
import baton.handoff.brief.Campaigns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class CampaignsSaid {
  private final Hearing hearing;
  private final Campaigns campaigns;

  CampaignsSaid(Hearing hearing, Campaigns campaigns) {
    this.hearing = hearing;
    this.campaigns = campaigns;
  }

  @Incoming("campaign")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        Campaign.class,
        (tx, heard) -> campaigns.keep(tx, heard.stream().map(Heard::event).toList()),
        campaigns::forget);
  }
}
