package baton.local.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void every_name_keeps_the_first_number_it_was_given() {
    var keys = new Keys();

    IntStream.range(0, 5000).forEach(i -> keys.put("name " + i, i));
    IntStream.range(0, 5000).forEach(i -> keys.put("name " + i, -i - 7));

    assertThat(IntStream.range(0, 5000)).allMatch(i -> keys.get("name " + i) == i);
    assertThat(keys.get("another")).isEqualTo(Keys.NONE);
  }
}
