package baton.chassis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import baton.chassis.pseudonym.Pseudonyms;
import baton.chassis.token.Person;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private final People people = new People(new Pseudonyms(ApiKeyTest.PEPPER));

  @Test
  void a_seller_is_the_one_the_token_names() {
    assertThat(people.caller(person("7f", "grace", "sales", "offline_access")))
        .isEqualTo(new Caller("oidc:7f", Role.SALES, "grace", null, KeysTest.NINE));
  }

  @Test
  void who_does_not_sell_is_no_seller() {
    assertThat(people.caller(person("7f", "grace", "sales-manager")))
        .isEqualTo(new Caller("oidc:7f", Role.SALES_MANAGER, null, null, KeysTest.NINE));
  }

  @Test
  void a_subject_that_is_an_address_is_hidden() {
    assertThat(people.caller(person("ada@acme.example", null, "report")).keyId())
        .startsWith("oidc:hmac-")
        .doesNotContain("ada");
  }

  @Test
  void who_has_no_role_here_may_nothing() {
    assertThatThrownBy(() -> people.caller(person("7f", null, "uma_authorization")))
        .hasMessageContaining("no role");
  }

  @Test
  void who_has_both_sides_may_nothing() {
    assertThatThrownBy(() -> people.caller(person("7f", null, "marketing", "sales-manager")))
        .hasMessageContaining("more than one");
  }

  @Test
  void who_sells_for_nobody_may_nothing() {
    assertThatThrownBy(() -> people.caller(person("7f", null, "sales")))
        .hasMessageContaining("no seller");
  }

  private static Person person(String subject, @Nullable String seller, String... roles) {
    return new Person(subject, Set.of(roles), seller, KeysTest.NINE);
  }
}
