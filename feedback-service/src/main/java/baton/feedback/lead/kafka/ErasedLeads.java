package baton.feedback.lead.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.chassis.idempotency.Answers;
import baton.contracts.LeadErased;
import baton.feedback.lead.HoldsWords;
import baton.feedback.lead.Leads;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears that leads were erased, and has everybody forget what was said of them in words. */
@ApplicationScoped
class ErasedLeads {
  private final Hearing hearing;
  private final Leads leads;
  private final List<HoldsWords> holders;
  private final Answers answers;

  ErasedLeads(Hearing hearing, Leads leads, @All List<HoldsWords> holders, Answers answers) {
    this.hearing = hearing;
    this.leads = leads;
    this.holders = holders;
    this.answers = answers;
  }

  @Incoming("lead-erased")
  Uni<Void> erased(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadErased.class,
        (tx, heard) -> erase(tx, heard.stream().map(Heard::event).toList()));
  }

  private Uni<Void> erase(SqlConnection tx, List<LeadErased> erased) {
    var leadIds = erased.stream().map(LeadErased::leadId).distinct().toList();
    var named = new ArrayList<>(leadIds);
    var done = leads.erased(tx, erased);
    for (var holder : holders) {
      done = done.chain(() -> holder.erased(tx, leadIds)).invoke(named::addAll).replaceWithVoid();
    }
    return done.chain(() -> answers.blank(tx, named)).replaceWithVoid();
  }
}
