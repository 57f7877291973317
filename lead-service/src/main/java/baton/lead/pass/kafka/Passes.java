package baton.lead.pass.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.Event;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.lead.dossier.Advance;
import baton.lead.dossier.Leads;
import baton.lead.pass.Advances;
import baton.lead.timeline.Timeline;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Hears how far passes get and that they end; hearing it twice changes nothing. */
@ApplicationScoped
class Passes {
  private final Hearing hearing;
  private final Leads leads;
  private final Timeline timeline;

  Passes(Hearing hearing, Leads leads, Timeline timeline) {
    this.hearing = hearing;
    this.leads = leads;
    this.timeline = timeline;
  }

  @Incoming("lead-handoff")
  public Uni<Void> handoffs(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(batch, LeadHandoff.class, (tx, heard) -> advance(tx, heard, Advances::of));
  }

  @Incoming("lead-outcome")
  public Uni<Void> outcomes(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(batch, LeadOutcome.class, (tx, heard) -> advance(tx, heard, Advances::of));
  }

  private <E extends Event> Uni<Void> advance(
      SqlConnection tx, List<Heard<E>> heard, BiFunction<E, Instant, @Nullable Advance> says) {
    var advances =
        heard.stream()
            .map(one -> says.apply(one.event(), one.recordTime()))
            .filter(Objects::nonNull)
            .toList();
    return timeline
        .keep(tx, heard)
        .chain(
            () -> advances.isEmpty() ? Uni.createFrom().voidItem() : leads.advance(tx, advances));
  }
}
