package baton.lead.capture;

import static org.assertj.core.api.Assertions.assertThat;

import baton.lead.identity.Email;
import io.quarkus.runtime.StartupEvent;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxSettingTest {
  @AfterEach
  void nothing_is_guessed() {
    Email.gmailSpellingsAreOne(false);
  }

  @ParameterizedTest
  @CsvSource({"true, ada@gmail.com", "false, a.da+x@googlemail.com"})
  void a_service_starts_by_what_its_installation_says_of_gmail(boolean areOne, String address) {
    new MailboxSetting(areOne).start(new StartupEvent());

    assertThat(Objects.requireNonNull(Email.read("a.da+x@googlemail.com")).normalized())
        .isEqualTo(address);
  }
}
