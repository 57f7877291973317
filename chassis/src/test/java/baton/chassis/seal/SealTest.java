package baton.chassis.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  static final byte[] SECRET = "thirty-two bytes that sign things".getBytes(UTF_8);
  static final Seal SEAL = new Seal("pepper".getBytes(UTF_8));

  @Test
  void a_sealed_secret_opens_for_its_owner() {
    var sealed = SEAL.close(SECRET, "ada");

    assertThat(SEAL.open(sealed, "ada")).isEqualTo(SECRET);
    assertThat(sealed).isNotEqualTo(SEAL.close(SECRET, "ada"));
    assertThat(new String(sealed, UTF_8)).doesNotContain("sign");
  }

  @Test
  void it_opens_for_nobody_else_and_under_no_other_pepper() {
    var sealed = SEAL.close(SECRET, "ada");

    assertThatThrownBy(() -> SEAL.open(sealed, "grace"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Seal("salt".getBytes(UTF_8)).open(sealed, "ada"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 13, 40, 61})
  void a_flipped_bit_is_noticed(int at) {
    var sealed = SEAL.close(SECRET, "ada");
    sealed[at] ^= 1;

    assertThatThrownBy(() -> SEAL.open(sealed, "ada")).isInstanceOf(IllegalArgumentException.class);
  }
}
