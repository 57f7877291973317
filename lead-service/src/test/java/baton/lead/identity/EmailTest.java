package baton.lead.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ada@acme.com,               ada@acme.com
          ADA@ACME.COM,               ada@acme.com
          '  Ada@Acme.com ',          ada@acme.com
          ada@bücher.de,              ada@xn--bcher-kva.de
          ADA@BÜCHER.de,              ada@xn--bcher-kva.de
          ada@xn--bcher-kva.de,       ada@xn--bcher-kva.de
          ada@straße.example,         ada@xn--strae-oqa.example
          ada@STRAẞE.example,         ada@xn--strae-oqa.example
          ada@strasse.example,        ada@strasse.example
          ada@βόλος.example,          ada@xn--nxasmm1c.example
          ada@bücher。example,         ada@xn--bcher-kva.example
          a.d.a+news@gmail.com,       a.d.a+news@gmail.com
          ada@mail.acme.example,      ada@mail.acme.example
          """)
  void spellings_of_one_address_are_one(String spelling, String normalized) {
    var email = Email.read(spelling);

    assertThat(email).extracting(Email::normalized).isEqualTo(normalized);
  }

  @Test
  void composed_and_decomposed_letters_are_one() {
    var composed = Objects.requireNonNull(Email.read("ren\u00e9@acme.com"));
    var decomposed = Objects.requireNonNull(Email.read("rene\u0301@acme.com"));

    assertThat(Identity.of(decomposed)).isEqualTo(Identity.of(composed));
  }

  @Test
  void a_turkish_machine_spells_alike() {
    var before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertThat(Email.read("IDA@ISTANBUL.COM"))
          .extracting(Email::normalized)
          .isEqualTo("ida@istanbul.com");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@acme.com",
        "ada@",
        "ada@acme",
        "ada@@acme.com",
        "a da@acme.com",
        "ada@localhost",
        "ada@acme..com",
        "ada@-acme.com"
      })
  void what_is_no_address_is_refused(String text) {
    assertThat(Email.read(text)).isNull();
  }

  @Test
  void an_address_anybody_can_have_says_nothing_of_a_company() {
    assertThat(Objects.requireNonNull(Email.read("ada@gmail.com")).free()).isTrue();
    assertThat(Objects.requireNonNull(Email.read("ada@acme.com")).free()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Ada.Lovelace+baton@gmail.com, adalovelace@gmail.com",
    "a.d.a.lovelace@GoogleMail.com, adalovelace@gmail.com",
    "adalovelace@gmail.com, adalovelace@gmail.com",
    "ada.lovelace+baton@acme.com, ada.lovelace+baton@acme.com",
    "+ada@gmail.com, +ada@gmail.com",
  })
  void what_gmail_delivers_to_one_mailbox_is_one_address_where_that_is_configured(
      String spelling, String address) {
    try {
      Email.gmailSpellingsAreOne(true);

      var email = Objects.requireNonNull(Email.read(spelling));

      assertThat(email.normalized()).isEqualTo(address);
      assertThat(email.shown()).isEqualTo(spelling);
    } finally {
      Email.gmailSpellingsAreOne(false);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada.lovelace@gmail.com", "ada+x@gmail.com", "ada@googlemail.com"})
  void nothing_is_guessed_of_gmail_otherwise(String spelling) {
    assertThat(Objects.requireNonNull(Email.read(spelling)).normalized()).isEqualTo(spelling);
  }
}
