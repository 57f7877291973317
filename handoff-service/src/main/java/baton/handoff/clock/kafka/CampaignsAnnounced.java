package baton.handoff.clock.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.Campaign;
import baton.handoff.charter.Patience;
import baton.handoff.clock.Notices;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Marketing owes notice by the charter that a start was announced under. */
@ApplicationScoped
class CampaignsAnnounced {
  private final Hearing hearing;
  private final Notices notices;
  private final Patience patience;

  CampaignsAnnounced(Hearing hearing, Notices notices, Patience patience) {
    this.hearing = hearing;
    this.notices = notices;
    this.patience = patience;
  }

  @Incoming("campaign-notice")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        Campaign.class,
        (tx, heard) -> {
          var campaigns = heard.stream().map(Heard::event).toList();
          campaigns.stream()
              .map(Campaign::announcedUnder)
              .filter(Objects::nonNull)
              .distinct()
              .forEach(patience::await);
          return notices.heard(tx, campaigns);
        },
        notices::gone);
  }
}
