package baton.charter.clause;

import baton.charter.Clause;
import baton.charter.time.Calendar;
import baton.charter.time.Wording;
import baton.charter.time.ZoneData;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notice that marketing owes of one campaign; the campaign starts with its first date. */
public record Notice(
    Clause.CampaignNotice clause,
    int charterVersion,
    Calendar calendar,
    String campaign,
    LocalDate startsOn) {

  public Instant starts() {
    return startsOn.atStartOfDay(calendar.zone()).toInstant();
  }

  /** The last instant at which notice is in time. */
  public Instant due() {
    return clause.ahead().latestStart(starts(), calendar);
  }

  /**
   * What it comes to at {@code now}. {@code announcedAt} is when sales could first read of this
   * campaign with this start; null if they can't yet.
   */
  public Verdict judged(@Nullable Instant announcedAt, Instant now) {
    var due = due();
    if (announcedAt != null && !announcedAt.isAfter(due)) {
      return new Verdict.Met(announcedAt);
    }
    if (now.isBefore(due)) {
      return new Verdict.Open(due);
    }
    var until = announcedAt == null ? now : announcedAt;
    return new Verdict.Broken(
        due,
        announcedAt,
        clause.ahead().business() ? calendar.between(due, until) : Duration.between(due, until),
        false);
  }

  /** The lines by which a person can follow a verdict, as {@code sla-breach} publishes them. */
  public List<String> evidence(@Nullable Instant announcedAt, Verdict verdict) {
    var zone = calendar.zone();
    return List.of(
        "charter version %d: %s".formatted(charterVersion, ClauseText.of(clause)),
        "campaign %s starts %s".formatted(campaign, Wording.of(starts(), zone)),
        "notice is due %s: %s ahead".formatted(Wording.of(due(), zone), clause.ahead()),
        announcedAt == null ? "not announced" : "announced " + Wording.of(announcedAt, zone),
        "counted in %s by time zone rules %s".formatted(zone, ZoneData.tzdbVersion()),
        ClauseText.of(verdict, zone));
  }
}
