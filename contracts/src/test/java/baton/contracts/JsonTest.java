package baton.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final DateTimeFormatter WANTED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void instants_have_three_decimals_whatever_their_year() {
    var random = new Random(7);
    var some = LongStream.of(0, 1, -1, 60_000, 253_402_300_800_000L, -62_167_219_200_001L);
    var many = random.longs(10_000, -100_000_000_000_000L, 400_000_000_000_000L);

    assertThat(LongStream.concat(some, many).mapToObj(Instant::ofEpochMilli))
        .allSatisfy(instant -> assertThat(Json.text(instant)).isEqualTo(WANTED.format(instant)));
  }
}
