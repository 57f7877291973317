package baton.reporting.funnel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Cohort;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Maturity;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Period;
import baton.reporting.funnel.Quarter;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An MQL takes two days, a win forty; nobody was ever accepted. */
class CohortTest {
  private static final int LAST = Quarter.of(Instant.parse("2026-06-30T00:00:00Z"));
  private static final Maturity USUAL =
      new Maturity(Map.of(Stage.MQL, 2, Stage.SQL, 10, Stage.WON, 40), LAST);

  /** Of ten, the ninth took nine days; of eleven the tenth, for nine of ten are more than nine. */
  @Test
  void nine_of_ten_is_nearest_rank() {
    var ten = new TreeMap<Integer, Long>();
    for (int day = 1; day <= 9; day++) {
      ten.put(day, 1L);
    }
    ten.put(40, 1L);
    var eleven = new TreeMap<>(ten);
    eleven.put(0, 1L);

    assertThat(Maturity.of(Map.of(Stage.WON, ten), null).days()).isEqualTo(Map.of(Stage.WON, 9));
    assertThat(Maturity.of(Map.of(Stage.WON, eleven), null).days()).isEqualTo(Map.of(Stage.WON, 9));
    eleven.put(41, 1L);
    assertThat(Maturity.of(Map.of(Stage.WON, eleven), null).days())
        .isEqualTo(Map.of(Stage.WON, 40));
    assertThat(Maturity.of(Map.of(), null).days()).isEmpty();
  }

  /** The last of March in Kiritimati was captured before the 31st, 10:00 UTC. */
  @ParameterizedTest
  @CsvSource({
    // within, complete to,         mql,   sal,  won,   row
    ",         2026-04-02T09:59:59Z, true,  true, true,  true",
    ",         2026-04-02T10:00:00Z, false, true, true,  true",
    ",         2026-05-10T09:59:59Z, false, true, true,  true",
    ",         2026-05-10T10:00:00Z, false, true, false, false",
    "30,       2026-04-30T09:59:59Z, true,  true, true,  true",
    "30,       2026-04-30T10:00:00Z, false, false, false, false",
  })
  void a_cohort_is_immature_until_its_youngest_lead_had_its_time(
      @Nullable Integer within,
      Instant completeTo,
      boolean mql,
      boolean sal,
      boolean won,
      boolean row) {
    var question = march(within, null);
    var report = report(question, completeTo, USUAL);

    var funnel = ReportJson.of(report, new FunnelLayout());

    assertThat(funnel.at("/total/stages/mql/immature").asBoolean()).isEqualTo(mql);
    assertThat(funnel.at("/total/stages/sal/immature").asBoolean()).isEqualTo(sal);
    assertThat(funnel.at("/total/stages/won/immature").asBoolean()).isEqualTo(won);
    assertThat(funnel.at("/total/immature").asBoolean()).isEqualTo(row);
    assertThat(line(FunnelCsv.of(report), 1))
        .containsEntry("\"mqlImmature\"", Boolean.toString(mql))
        .containsEntry("\"wonImmature\"", Boolean.toString(won))
        .containsEntry("\"immature\"", Boolean.toString(row));
  }

  /** Nothing is known of July: all leads there are were captured before. */
  @Test
  void without_an_end_the_youngest_is_of_the_last_day_there_is() {
    var all =
        new Question(
            Basis.COHORT,
            WhichPasses.ANY,
            null,
            null,
            ZoneId.of("UTC"),
            null,
            List.of(),
            null,
            Map.of());

    assertThat(cohort(all, "2026-08-09T23:59:59Z", null).immature()).isTrue();
    assertThat(cohort(all, "2026-08-10T00:00:00Z", null).immature()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "DAY,     2026-03-30, 2026-03-30T10:00:00Z",
    "WEEK,    2026-W13,   2026-03-29T10:00:00Z",
    "MONTH,   2026-02,    2026-02-28T10:00:00Z",
    "QUARTER, 2025-Q4,    2025-12-31T10:00:00Z",
    // no later than what was asked about
    "QUARTER, 2026-Q1,    2026-03-31T10:00:00Z",
    "WEEK,    2026-W14,   2026-03-31T10:00:00Z",
  })
  void a_row_is_as_old_as_its_own_stretch(Period period, String name, Instant end) {
    assertThat(cohort(march(null, period), "2026-12-01T00:00:00Z", name).end()).isEqualTo(end);
  }

  @Test
  void a_bin_is_immature_until_it_is_over_for_the_last_customer() {
    var counts = new Counts();
    counts.add(Kind.PURCHASES, "", BigDecimal.ONE);
    var row = new RetentionLayout().total(counts, march(null, null));
    row.withArray("bins").addObject().put("bin", 0);
    row.withArray("bins").addObject().put("bin", 1);

    new RetentionLayout().mark(row, cohort(march(null, null), "2026-05-30T09:59:59Z", null));

    assertThat(row.at("/bins/0/immature").asBoolean()).isFalse();
    assertThat(row.at("/bins/1/immature").asBoolean()).isTrue();
  }

  @Test
  void a_period_has_no_youngest_lead() {
    var report = report(march(null, null).ofPeriod(), Instant.parse("2026-04-01T00:00:00Z"), USUAL);

    assertThat(ReportJson.of(report, new FunnelLayout()).toString()).doesNotContain("immature");
    assertThat(FunnelCsv.of(report)).doesNotContainIgnoringCase("immature");
  }

  private static Question march(@Nullable Integer within, @Nullable Period period) {
    return new Question(
        Basis.COHORT,
        WhichPasses.ANY,
        LocalDate.parse("2025-01-01"),
        LocalDate.parse("2026-04-01"),
        ZoneId.of("Pacific/Kiritimati"),
        within,
        List.of(),
        period,
        Map.of());
  }

  private static Cohort cohort(Question question, String completeTo, @Nullable String period) {
    return Cohort.of(report(question, Instant.parse(completeTo), USUAL), period);
  }

  private static Report report(Question question, Instant completeTo, Maturity maturity) {
    return new Report(question, completeTo, new TreeSet<>(), List.of(), new Counts(), maturity);
  }

  private static Map<String, String> line(String table, int number) {
    var lines = table.split("\r\n");
    var names = lines[0].split(",");
    var cells = lines[number].split(",", -1);
    var line = new TreeMap<String, String>();
    Stream.iterate(0, i -> i < names.length, i -> i + 1).forEach(i -> line.put(names[i], cells[i]));
    return line;
  }
}
