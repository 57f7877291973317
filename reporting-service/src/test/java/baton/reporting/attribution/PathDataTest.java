package baton.reporting.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import baton.reporting.attribution.Credits.Row;
import baton.reporting.attribution.PathData.Line;
import baton.reporting.attribution.Route.Won;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 88,387 real journeys, reckoned here in the plainest way as well. */
class PathDataTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  private List<Line> lines = List.of();

  @BeforeEach
  void the_data_is_here() throws IOException {
    assumeFalse(PathData.absent(), "the journeys are absent");
    lines = PathData.lines(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("baton.reporting.attribution.Model#words")
  void every_cent_and_every_conversion_is_somebodys(String model) {
    var credited = credited(model);

    assertThat(lines.stream().mapToInt(line -> line.cents().size() + line.unwon()).sum())
        .isEqualTo(88_387);
    assertThat(total(credited, Row::conversions)).isEqualByComparingTo("19785");
    assertThat(total(credited, row -> row.revenue().getOrDefault("EUR", BigDecimal.ZERO)))
        .isEqualByComparingTo(
            BigDecimal.valueOf(
                lines.stream().flatMap(line -> line.cents().stream()).mapToLong(cent -> cent).sum(),
                2));
    assertThat(credited.total().conversions()).isEqualByComparingTo("19785");
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "last", "linear"})
  void each_channel_is_owed_what_a_plain_sum_says(String model) {
    var conversions = new TreeMap<String, Double>();
    var cents = new TreeMap<String, Long>();
    for (var line : lines) {
      var channels = line.channels();
      int touches = channels.size();
      for (long worth : line.cents()) {
        var shares =
            switch (model) {
              case "first" -> only(touches, 0, worth);
              case "last" -> only(touches, touches - 1, worth);
              default -> PathData.evenly(worth, touches);
            };
        for (int i = 0; i < touches; i++) {
          cents.merge(channels.get(i), shares.get(i), Long::sum);
          conversions.merge(
              channels.get(i),
              model.equals("linear")
                  ? 1.0 / touches
                  : (model.equals("first") ? i == 0 : i == touches - 1) ? 1.0 : 0,
              Double::sum);
        }
      }
    }

    var credited = credited(model);

    assertThat(credited.rows()).hasSize(conversions.size());
    for (var row : credited.rows()) {
      var channel = String.valueOf(row.key().values().getFirst());
      assertThat(row.conversions().doubleValue()).isCloseTo(conversions.get(channel), within(1e-6));
      assertThat(row.revenue().getOrDefault("EUR", BigDecimal.ZERO))
          .isEqualByComparingTo(BigDecimal.valueOf(cents.getOrDefault(channel, 0L), 2));
    }
  }

  @Test
  void the_chain_owes_each_channel_what_walking_it_says() {
    var journeys = new ArrayList<Walks.Journey>();
    for (var line : lines) {
      journeys.add(new Walks.Journey(line.channels(), true, line.cents().size()));
      journeys.add(new Walks.Journey(line.channels(), false, line.unwon()));
    }
    var effects = new Walks(journeys).removalEffects();
    double all = effects.values().stream().mapToDouble(effect -> effect).sum();

    var credited = credited("markov");

    assertThat(credited.rows()).hasSize(effects.size());
    for (var row : credited.rows()) {
      double effect =
          effects.getOrDefault(String.valueOf(row.key().values().getFirst()), Double.NaN);
      assertThat(row.removalEffect()).isCloseTo(effect, within(1e-9));
      assertThat(row.conversions().doubleValue()).isCloseTo(19_785 * effect / all, within(1e-6));
      assertThat(row.revenue().getOrDefault("EUR", BigDecimal.ZERO).doubleValue())
          .isCloseTo(
              credited.total().revenue().getOrDefault("EUR", BigDecimal.ZERO).doubleValue()
                  * effect
                  / all,
              within(0.010001));
    }
  }

  private static List<Long> only(int touches, int place, long worth) {
    var shares = new ArrayList<>(Collections.nCopies(touches, 0L));
    shares.set(place, worth);
    return shares;
  }

  private Credits credited(String model) {
    var crediting = new Crediting(CreditingTest.terms(model, null));
    for (var line : lines) {
      var whences =
          line.channels().stream().map(name -> new Whence(null, null, name, null)).toList();
      var touches = new ArrayList<Touch>();
      for (var whence : whences) {
        touches.add(new Touch(NINE.plusSeconds(touches.size()), whence));
      }
      var path = new Path(touches, 0, null, NINE.plusSeconds(touches.size()));
      line.cents()
          .forEach(
              cents -> crediting.won(new Won(path, BigDecimal.valueOf(cents, 2), "EUR", 1), 1));
      crediting.unwon(whences, line.unwon());
    }
    return crediting.credits();
  }

  private static BigDecimal total(
      Credits credited, java.util.function.Function<Row, BigDecimal> of) {
    return credited.rows().stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
