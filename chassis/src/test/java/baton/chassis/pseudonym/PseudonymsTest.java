package baton.chassis.pseudonym;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.ExternalId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {
  private static final Pseudonyms PSEUDONYMS = new Pseudonyms("pepper".getBytes(UTF_8));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@acme.example",
        "ADA@acme.example ",
        "+49 30 901820",
        "0049 30 901820",
        "(11) 98765-4321",
        "5511987654321"
      })
  void an_id_that_gives_a_person_away_travels_as_its_hmac(String id) {
    var published = PSEUDONYMS.of(new ExternalId("crm", id));

    assertThat(published.id()).matches("hmac-[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00Q5f00000abcde", "123456", "lead-2026-0001x", "dac32acd4db4c29c", "51"})
  void any_other_id_travels_as_it_is(String id) {
    var published = PSEUDONYMS.of(new ExternalId("crm", id));

    assertThat(published).isEqualTo(new ExternalId("crm", id));
  }

  @Test
  void spellings_of_one_address_have_one_pseudonym() {
    var spelled = PSEUDONYMS.of(new ExternalId("CRM", " Ada@Acme.example"));

    assertThat(spelled).isEqualTo(PSEUDONYMS.of(new ExternalId("crm", "ada@acme.example")));
  }
}
