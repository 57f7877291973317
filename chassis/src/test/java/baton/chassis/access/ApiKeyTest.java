package baton.chassis.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.AccessKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
  static final byte[] PEPPER = "a pepper".getBytes(UTF_8);
  static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

  private final ApiKey.Minted minted =
      ApiKey.mint(new SecureRandom(), PEPPER, Role.SALES, "grace", null, null, NINE);

  @Test
  void a_minted_token_proves_its_key() {
    var parsed = requireNonNull(ApiKey.parse(minted.token()));

    assertThat(minted.key())
        .isEqualTo(
            new AccessKey(
                parsed.keyId(),
                NINE,
                0,
                ApiKey.hash(PEPPER, parsed.secret()),
                "sales",
                "grace",
                null,
                null,
                null));
  }

  @Test
  void nothing_published_gives_the_secret_away() {
    var parsed = requireNonNull(ApiKey.parse(minted.token()));

    assertThat(minted.key().toString()).doesNotContain(parsed.secret());
    assertThat(parsed.toString()).doesNotContain(parsed.secret());
  }

  @RepeatedTest(100)
  void any_changed_letter_is_noticed(org.junit.jupiter.api.RepetitionInfo run) {
    var random = new SplittableRandom(run.getCurrentRepetition());
    var letters = minted.token().toCharArray();
    int at = random.nextInt(letters.length);
    letters[at] = letters[at] == 'x' ? 'y' : 'x';

    var parsed = ApiKey.parse(new String(letters));

    assertThat(parsed).isNull();
  }

  @Test
  void the_secret_is_hashed_as_every_other_language_would() {
    // printf secret | openssl dgst -sha256 -hmac 'a pepper'
    assertThat(ApiKey.hash(PEPPER, "secret"))
        .isEqualTo("f2cc1388f75801f7c2f8d68e9f29c451859960463df064f932b6219f984133c3");
  }
}
