package baton.lead.capture;

import baton.lead.identity.Email;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Has the installation's word on Gmail hold before the first address is read. */
@ApplicationScoped
class MailboxSetting {
  private static final int FIRST = 1;

  private final boolean oneAtGmail;

  MailboxSetting(
      @ConfigProperty(name = "baton.identity.gmail-spellings-are-one", defaultValue = "false")
          boolean oneAtGmail) {
    this.oneAtGmail = oneAtGmail;
  }

  void start(@Observes @Priority(FIRST) StartupEvent start) {
    Email.gmailSpellingsAreOne(oneAtGmail);
  }
}
