package baton.charter.clause;

import baton.charter.Clause;
import baton.charter.time.Wording;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Clauses and verdicts in one sentence, as evidence quotes them. */
final class ClauseText {
  private ClauseText() {}

  static String of(Clause clause) {
    return clause.id()
        + ", "
        + clause.owedBy().word()
        + " owes "
        + clause.owes()
        + " "
        + terms(clause);
  }

  static String of(Verdict verdict, ZoneId zone) {
    return switch (verdict) {
      case Verdict.Met met -> "kept " + Wording.of(met.at(), zone);
      case Verdict.Broken broken -> {
        var kept = broken.keptAt();
        yield kept == null
            ? "broken: nothing had kept it by "
                + Wording.of(broken.dueAt(), zone)
                + (broken.accepts() ? "; silence accepts the lead" : "")
            : "broken: kept %s, %s late"
                .formatted(Wording.of(kept, zone), Wording.of(broken.overrun()));
      }
      case Verdict.Open open -> open.dueAt() == null ? "paused" : "not due yet";
      case Verdict.NotJudged not -> "not judged: " + not.why();
    };
  }

  private static String terms(Clause clause) {
    return switch (clause) {
      case Clause.Decision decision ->
          within(decision.limit()) + (decision.silenceAccepts() ? ", silence accepts" : "");
      case Clause.FirstAttempt attempt -> within(attempt.limit()) + channels(attempt.counts());
      case Clause.Attempts attempts ->
          "at least %d%s %s%s%s"
              .formatted(
                  attempts.atLeast(),
                  attempts.onDays() == null ? "" : " on %d days".formatted(attempts.onDays()),
                  within(attempts.limit()),
                  attempts.unlessConnected() ? ", unless connected" : "",
                  channels(attempts.counts()));
      case Clause.Timed timed -> within(timed.limit());
      case Clause.Mqls mqls -> "at least %d a %s".formatted(mqls.atLeast(), mqls.per().word());
      case Clause.Share share ->
          "of at least %s where %s, each %s of %d MQLs or more"
              .formatted(
                  percent(share.atLeast()), share.of().text(), share.per().word(), share.minimum());
      case Clause.RejectionRate rate ->
          "of at most %s for %s, each %s of %d decisions or more%s"
              .formatted(
                  percent(rate.atMost()),
                  String.join(", ", rate.counts()),
                  rate.per().word(),
                  rate.minimum(),
                  suspension(rate.suspendedBy()));
      case Clause.Fields fields ->
          "%s on at least %s of MQLs, each %s"
              .formatted(
                  String.join(", ", fields.fields()), percent(fields.share()), fields.per().word());
      case Clause.CampaignNotice notice -> "%s ahead".formatted(notice.ahead());
    };
  }

  private static String within(Clause.Limit limit) {
    var relax = limit.relax();
    return "within "
        + limit.within()
        + (relax == null
            ? ""
            : " (%s on days with more than %d MQLs)"
                .formatted(relax.to(), relax.ifDailyMqlsOver()));
  }

  private static String channels(Collection<String> counts) {
    return counts.isEmpty() ? "" : ", by " + String.join(", ", counts.stream().sorted().toList());
  }

  private static String suspension(Clause.@Nullable Suspension suspension) {
    return suspension == null
        ? ""
        : ", unless %s is kept below %s"
            .formatted(suspension.clause(), percent(suspension.below()));
  }

  static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }
}
