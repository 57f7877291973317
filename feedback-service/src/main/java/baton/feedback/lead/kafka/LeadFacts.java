package baton.feedback.lead.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.chassis.outbox.Outbox;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadEvent;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.LeadUpdated;
import baton.feedback.lead.AwaitsLeads;
import baton.feedback.lead.HearsLeads;
import baton.feedback.lead.Leads;
import baton.feedback.lead.News;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Learns of leads, and publishes what was kept for them. */
@ApplicationScoped
class LeadFacts {
  private final Hearing hearing;
  private final Leads leads;
  private final List<AwaitsLeads> waiting;
  private final List<HearsLeads> listening;
  private final Outbox outbox;

  LeadFacts(
      Hearing hearing,
      Leads leads,
      @All List<AwaitsLeads> waiting,
      @All List<HearsLeads> listening,
      Outbox outbox) {
    this.hearing = hearing;
    this.leads = leads;
    this.waiting = waiting;
    this.listening = listening;
    this.outbox = outbox;
  }

  @Incoming("lead-captured")
  Uni<Void> captured(ConsumerRecords<String, byte[]> batch) {
    return hear(batch, LeadCaptured.class);
  }

  @Incoming("lead-updated")
  Uni<Void> updated(ConsumerRecords<String, byte[]> batch) {
    return hear(batch, LeadUpdated.class);
  }

  @Incoming("lead-qualified")
  Uni<Void> qualified(ConsumerRecords<String, byte[]> batch) {
    return hear(batch, LeadQualified.class);
  }

  @Incoming("lead-handoff")
  Uni<Void> handed(ConsumerRecords<String, byte[]> batch) {
    return hear(batch, LeadHandoff.class);
  }

  /** Hears the batch, and the same batch again for as long as more waits for its leads. */
  private <E extends LeadEvent> Uni<Void> hear(
      ConsumerRecords<String, byte[]> batch, Class<E> type) {
    var more = new AtomicBoolean();
    return hearing
        .<E>hear(batch, type, (tx, heard) -> learn(tx, heard, more))
        .chain(() -> more.get() ? hear(batch, type) : Uni.createFrom().voidItem());
  }

  private <E extends LeadEvent> Uni<Void> learn(
      SqlConnection tx, List<Heard<E>> heard, AtomicBoolean more) {
    var events = heard.stream().map(Heard::event).toList();
    return leads
        .learn(tx, News.of(events))
        .call(() -> listen(tx, events))
        .chain(
            known -> {
              Uni<List<LeadEvent>> facts = Uni.createFrom().item(new ArrayList<>());
              for (var kept : waiting) {
                facts =
                    facts.chain(
                        sofar ->
                            kept.appeared(tx, known)
                                .map(
                                    waited -> {
                                      more.compareAndSet(
                                          false, waited.size() >= AwaitsLeads.AT_ONCE);
                                      sofar.addAll(waited);
                                      return sofar;
                                    }));
              }
              return facts;
            })
        .chain(facts -> facts.isEmpty() ? Uni.createFrom().voidItem() : outbox.append(tx, facts));
  }

  private Uni<Void> listen(SqlConnection tx, List<? extends LeadEvent> events) {
    var heard = Uni.createFrom().voidItem();
    for (var one : listening) {
      heard = heard.chain(() -> one.heard(tx, events));
    }
    return heard;
  }
}
