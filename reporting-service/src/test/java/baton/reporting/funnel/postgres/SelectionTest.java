package baton.reporting.funnel.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Period;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.WhichPasses;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final LocalDate MARCH = LocalDate.parse("2026-03-01");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void another_month_is_the_same_statement() {
    var one = selection(asked(MARCH, Period.DAY, Map.of()), Numbers.OF_THE_FUNNEL);

    var other = selection(asked(MARCH.plusMonths(1), Period.DAY, Map.of()), Numbers.OF_THE_FUNNEL);

    assertThat(other.statement()).isEqualTo(one.statement());
    assertThat(other.periods()).hasSize(30).isNotEqualTo(one.periods());
  }

  @Test
  void other_values_of_a_filter_are_the_same_statement() {
    var one =
        selection(
            asked(MARCH, null, Map.of(Dimension.SOURCE, values("google"))), Numbers.OF_THE_FUNNEL);

    var other =
        selection(
            asked(MARCH, null, Map.of(Dimension.SOURCE, values("fair", "web'inar"))),
            Numbers.OF_THE_FUNNEL);

    assertThat(other.statement()).isEqualTo(one.statement()).doesNotContain("inar");
  }

  @Test
  void the_longest_is_kept_prepared() throws IOException {
    var filters = new EnumMap<Dimension, Set<@Nullable String>>(Dimension.class);
    for (var dimension : Dimension.values()) {
      filters.put(dimension, values("one", null));
    }
    var all = new Numbers(true, EnumSet.allOf(Kind.class), EnumSet.allOf(Matter.class), true);

    var longest = selection(asked(MARCH, Period.DAY, filters), all);

    assertThat(longest.statement().length()).isLessThan(longestKept());
  }

  private static int longestKept() throws IOException {
    var settings = new Properties();
    try (var file = SelectionTest.class.getResourceAsStream("/application.properties")) {
      settings.load(file);
    }
    return Integer.parseInt(settings.getProperty("baton.database.longest-cached"));
  }

  private static Set<@Nullable String> values(@Nullable String... some) {
    return new HashSet<>(Arrays.asList(some));
  }

  private static Selection selection(Question question, Numbers numbers) {
    return new Selection(question, numbers, 0, 0, 0);
  }

  private static Question asked(
      LocalDate from, @Nullable Period period, Map<Dimension, Set<@Nullable String>> only) {
    return new Question(
        Basis.COHORT,
        WhichPasses.ALL,
        from,
        from.plusDays(30),
        BERLIN,
        null,
        List.of(Dimension.SOURCE, Dimension.CAMPAIGN),
        period,
        only);
  }
}
