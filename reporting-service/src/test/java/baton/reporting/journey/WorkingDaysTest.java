package baton.reporting.journey;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {
  private static final Agreement BERLIN =
      agreement("Europe/Berlin", "[\"09:00-12:30\", \"13:30-18:00\"]");

  /**
   * Open on weekdays 09:00–12:30 and 13:30–18:00 in Berlin: over lunch, over the weekend on which
   * clocks go forward, and over one on which nothing happens.
   */
  @ParameterizedTest
  @CsvSource({
    "2026-03-02T08:00:00Z, 2026-03-02T09:30:00Z, PT1H30M",
    "2026-03-02T11:00:00Z, 2026-03-02T13:00:00Z, PT1H",
    "2026-03-27T16:30:00Z, 2026-03-30T07:30:00Z, PT1H",
    "2026-03-06T17:00:00Z, 2026-03-09T08:00:00Z, PT0S",
    "2026-03-02T00:00:00Z, 2026-03-09T00:00:00Z, PT40H"
  })
  void business_time_is_the_time_that_the_calendar_is_open(
      Instant from, Instant to, Duration open) {
    assertThat(between(WorkingDays.of(BERLIN), from, to)).isEqualTo(open);
  }

  @Test
  void a_calendar_that_another_version_left_alone_reads_on() {
    var same = agreement("Europe/Berlin", "[\"09:00-12:30\", \"13:30-18:00\"]");
    var from = Instant.parse("2026-03-02T08:00:00Z");
    var to = Instant.parse("2026-03-02T09:00:00Z");

    var start = Objects.requireNonNull(WorkingDays.of(BERLIN).at(from));
    var end = Objects.requireNonNull(WorkingDays.of(same).at(to));
    var elsewhere =
        Objects.requireNonNull(WorkingDays.of(agreement("Asia/Tokyo", "[\"09:00-18:00\"]")).at(to));

    assertThat(end.since(start)).isEqualTo(Duration.ofHours(1));
    assertThat(elsewhere.since(start)).isNull();
  }

  @Test
  void beyond_all_calendars_there_is_no_reading() {
    assertThat(WorkingDays.of(BERLIN).at(Instant.parse("1999-12-31T23:59:59Z"))).isNull();
    assertThat(WorkingDays.of(BERLIN).at(Instant.parse("9999-01-01T00:00:00Z"))).isNull();
  }

  private static @Nullable Duration between(WorkingDays days, Instant from, Instant to) {
    return Objects.requireNonNull(days.at(to)).since(Objects.requireNonNull(days.at(from)));
  }

  private static Agreement agreement(String zone, String hours) {
    var charter =
        """
        name: Test
        calendars:
          default:
            zone: %s
            week: { mon: %2$s, tue: %2$s, wed: %2$s, thu: %2$s, fri: %2$s }
        personas: [{ id: other, name: Everyone, when: 'true', ready: { score: 80 } }]
        """
            .formatted(zone, hours);
    return switch (Agreement.read(charter.getBytes(StandardCharsets.UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new IllegalStateException(faults.toString());
    };
  }
}
