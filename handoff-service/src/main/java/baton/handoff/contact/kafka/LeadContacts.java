package baton.handoff.contact.kafka;

import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.contracts.LeadContact;
import baton.handoff.contact.Contacts;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class LeadContacts {
  private final Hearing hearing;
  private final Contacts contacts;

  LeadContacts(Hearing hearing, Contacts contacts) {
    this.hearing = hearing;
    this.contacts = contacts;
  }

  @Incoming("lead-contact")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadContact.class,
        (tx, heard) -> contacts.keep(tx, heard.stream().map(Heard::event).toList()),
        (tx, gone) -> contacts.forget(tx, gone.stream().map(UUID::fromString).toList()));
  }
}
