package baton.chassis.kin;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.LeadMerged;
import baton.contracts.LeadUnmerged;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Learns which leads are one. Each merge is heard twice, once under the key of either lead. */
@ApplicationScoped
@IfBuildProperty(name = "baton.kin", stringValue = "true")
class MergedLeads {
  private final Hearing hearing;
  private final Kin kin;

  MergedLeads(Hearing hearing, Kin kin) {
    this.hearing = hearing;
    this.kin = kin;
  }

  @Incoming("lead-merged")
  Uni<Void> merged(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadMerged.class,
        (tx, heard) -> kin.merged(tx, heard.stream().map(Heard::event).toList()));
  }

  @Incoming("lead-unmerged")
  Uni<Void> unmerged(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadUnmerged.class,
        (tx, heard) -> kin.unmerged(tx, heard.stream().map(Heard::event).toList()));
  }
}
