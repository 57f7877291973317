package baton.charter.clause;

import static baton.charter.clause.Clauses.OFFICE;
import static baton.charter.clause.Clauses.berlin;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Clause;
import baton.charter.time.Window;
import baton.charter.time.ZoneData;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeTest {
  /** The 30th of November 2026 is a Monday; summer time ends on the 25th of October. */
  @ParameterizedTest
  @CsvSource({
    "P3D, false, 2026-11-30, 2026-11-27T00:00",
    "P3D, false, 2026-10-26, 2026-10-23T00:00",
    "PT72H, false, 2026-10-26, 2026-10-23T01:00",
    "P3D, true, 2026-11-30, 2026-11-24T17:59:59.999",
    "PT8H, true, 2026-11-30, 2026-11-27T09:00",
  })
  void notice_is_due_so_long_ahead(String ahead, boolean business, LocalDate starts, String due) {
    assertThat(notice(ahead, business, starts).due()).isEqualTo(berlin(due));
  }

  @Test
  void notice_in_the_last_moment_is_in_time() {
    var notice = notice("P3D", false, LocalDate.parse("2026-11-30"));

    var verdict = notice.judged(notice.due(), berlin("2026-12-01T00:00"));

    assertThat(verdict).isInstanceOf(Verdict.Met.class);
  }

  @Test
  void notice_a_moment_later_is_late() {
    var notice = notice("P3D", false, LocalDate.parse("2026-11-30"));

    var verdict = notice.judged(notice.due().plusMillis(1), berlin("2026-12-01T00:00"));

    assertThat(verdict)
        .isEqualTo(
            new Verdict.Broken(
                notice.due(), notice.due().plusMillis(1), Duration.ofMillis(1), false));
  }

  @Test
  void a_campaign_that_nobody_announced_is_open_until_notice_is_due() {
    var notice = notice("P3D", false, LocalDate.parse("2026-11-30"));

    var verdict = notice.judged(null, notice.due().minusMillis(1));

    assertThat(verdict).isInstanceOf(Verdict.Open.class);
  }

  @Test
  void a_person_can_follow_a_missing_notice() {
    var notice = notice("P3D", true, LocalDate.parse("2026-11-30"));

    var evidence = notice.evidence(null, notice.judged(null, berlin("2026-11-30T09:00")));

    assertThat(evidence)
        .containsExactly(
            "charter version 3: announce, marketing owes campaign-notice P3D business ahead",
            "campaign spring starts Mon 2026-11-30 00:00 +01:00",
            "notice is due Tue 2026-11-24 17:59:59.999 +01:00: P3D business ahead",
            "not announced",
            "counted in Europe/Berlin by time zone rules " + ZoneData.tzdbVersion(),
            "broken: nothing had kept it by Tue 2026-11-24 17:59:59.999 +01:00");
  }

  private static Notice notice(String ahead, boolean business, LocalDate starts) {
    var clause = new Clause.CampaignNotice("announce", Window.of(ahead, business), "default");
    return new Notice(clause, 3, OFFICE, "spring", starts);
  }
}
