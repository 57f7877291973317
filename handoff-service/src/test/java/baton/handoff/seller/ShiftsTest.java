package baton.handoff.seller;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Json;
import baton.handoff.seller.Presence.Away;
import baton.handoff.seller.Presence.Off;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftsTest {
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final String LUNCH =
      "{'zone': 'America/New_York', 'week': {'fri': ['09:00-12:00', '13:00-17:00'], 'mon':"
          + " ['09:00-17:00']}}";

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T13:59:00Z, 2026-11-20T14:00:00Z",
    "2026-11-20T17:00:00Z, 2026-11-20T18:00:00Z",
    "2026-11-20T22:00:00Z, 2026-11-23T14:00:00Z",
  })
  void out_of_shift_is_until_the_next_opening_in_the_sellers_own_zone(Instant now, Instant opens) {
    assertThat(Shifts.of(json(LUNCH), null).at(now, BERLIN)).isEqualTo(new Off(opens));
  }

  @Test
  void in_shift_is_here_and_without_shifts_always() {
    var friday = Instant.parse("2026-11-20T14:00:00Z");

    assertThat(Shifts.of(json(LUNCH), null).at(friday, BERLIN)).isEqualTo(Presence.HERE);
    assertThat(Shifts.of(null, null).at(friday, BERLIN)).isEqualTo(Presence.HERE);
  }

  @Test
  void out_of_office_begins_and_ends_with_days_of_the_sellers_zone() {
    var christmas = json("[{'from': '2026-12-24', 'to': '2026-12-26'}]");
    var shifts = Shifts.of(json("{'zone': 'Asia/Tokyo'}"), christmas);
    var away = new Away(LocalDate.parse("2026-12-26"));

    assertThat(shifts.at(Instant.parse("2026-12-23T14:59:59Z"), BERLIN)).isEqualTo(Presence.HERE);
    assertThat(shifts.at(Instant.parse("2026-12-23T15:00:00Z"), BERLIN)).isEqualTo(away);
    assertThat(shifts.at(Instant.parse("2026-12-26T14:59:59Z"), BERLIN)).isEqualTo(away);
    assertThat(shifts.at(Instant.parse("2026-12-26T15:00:00Z"), BERLIN)).isEqualTo(Presence.HERE);
    assertThat(Shifts.of(null, christmas).at(Instant.parse("2026-12-24T00:00:00Z"), ZoneOffset.UTC))
        .isEqualTo(away);
  }

  @Test
  void every_fault_is_named_where_it_stands() {
    var faults = new TreeSet<String>();

    Shifts.read(
        json("{'zone': 'Europe/Berlim', 'weak': 1, 'week': {'mon': ['9-17'], 'day': []}}"),
        json(
            "[{'from': '2026-13-01', 'to': '2026-12-31'}, {'from': '2026-12-02', 'to':"
                + " '2026-12-01'}, 7]"),
        (pointer, fault) -> faults.add(pointer));

    assertThat(faults)
        .containsExactly(
            "/outOfOffice/0/from",
            "/outOfOffice/1/to",
            "/outOfOffice/2",
            "/shifts/weak",
            "/shifts/week",
            "/shifts/week/day",
            "/shifts/week/mon/0",
            "/shifts/zone");
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
