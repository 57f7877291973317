package baton.charter.print;

import baton.charter.Clause;
import baton.charter.Clause.Escalation;
import baton.charter.Clause.Limit;
import baton.charter.Phrase;
import java.util.List;
import java.util.stream.Collectors;

/** A clause as one or two plain sentences. */
public final class Promise {
  private Promise() {}

  public static String of(Clause clause) {
    return switch (clause) {
      case Clause.Decision(_, var limit, var silenceAccepts) ->
          "Accept or reject a lead"
              + within(limit, "the offer")
              + (silenceAccepts
                  ? " Silence breaks this promise, and the lead counts as accepted."
                  : "")
              + rest(limit);
      case Clause.FirstAttempt(_, var limit, var counts) ->
          "Try to reach a lead" + by(counts) + within(limit, "the offer") + rest(limit);
      case Clause.Attempts(
              _,
              var limit,
              var atLeast,
              var onDays,
              var unlessConnected,
              var counts) ->
          "Try at least "
              + atLeast
              + " times"
              + (onDays == null ? "" : " on " + onDays + " days")
              + by(counts)
              + (unlessConnected ? ", unless the lead is reached," : "")
              + within(limit, "the offer")
              + rest(limit);
      case Clause.Disposition(_, var limit) ->
          "Say what became of an accepted lead" + within(limit, "accepting it") + rest(limit);
      case Clause.Feedback(_, var limit) ->
          "Rate the lead and give the reason" + within(limit, "the end of its pass") + rest(limit);
      case Clause.Assignment(_, var limit) ->
          "Find a seller for a lead nobody was eligible for"
              + within(limit, "its arrival in the queue")
              + rest(limit);
      case Clause.Mqls(_, var per, var atLeast) ->
          "Hand over at least " + atLeast + " MQLs a " + per.word() + ".";
      case Clause.Share(_, var per, var of, var atLeast, var minimum) ->
          "At least "
              + Phrase.percent(atLeast)
              + " of the MQLs of a "
              + per.word()
              + " fit: "
              + of
              + (minimum > 1 ? " (judged from " + minimum + " MQLs on)." : ".");
      case Clause.RejectionRate(_, var per, var atMost, var minimum, var counts, var suspended) ->
          "At most "
              + Phrase.percent(atMost)
              + " of the decided leads of a "
              + per.word()
              + " are rejected as "
              + Phrase.list(counts, "or")
              + (minimum > 1 ? " (judged from " + minimum + " decisions on)." : ".")
              + (suspended == null
                  ? ""
                  : " It doesn't count while sales keeps "
                      + suspended.clause()
                      + " in less than "
                      + Phrase.percent(suspended.below())
                      + " of cases.");
      case Clause.Fields(_, var per, var fields, var share) ->
          Phrase.percent(share)
              + " of the MQLs of a "
              + per.word()
              + " come with "
              + Phrase.list(fields, "and")
              + ".";
      case Clause.ContentReply(_, var limit) ->
          "Answer a request for content" + within(limit, "it is made") + rest(limit);
      case Clause.CampaignNotice(_, var ahead, _) ->
          "Announce a campaign " + Phrase.of(ahead) + " before it starts.";
    };
  }

  private static String by(java.util.Set<String> counts) {
    return counts.isEmpty() ? "" : " by " + Phrase.list(counts.stream().sorted().toList(), "or");
  }

  private static String within(Limit limit, String start) {
    return " within "
        + Phrase.of(limit.within())
        + " of "
        + start
        + switch (limit.calendar()) {
          case Limit.ASSIGNEE -> ", in the seller's own calendar";
          case "default" -> "";
          default -> ", in the calendar " + limit.calendar();
        }
        + ".";
  }

  private static String rest(Limit limit) {
    var when = limit.when() == null ? "" : " For leads with: " + limit.when() + ".";
    var relax =
        limit.relax() == null
            ? ""
            : " On days with more than "
                + limit.relax().ifDailyMqlsOver()
                + " MQLs the limit is "
                + Phrase.of(limit.relax().to())
                + ".";
    var warn =
        limit.warnAt() == null
            ? ""
            : " A warning goes out after " + Phrase.percent(limit.warnAt()) + " of the time.";
    return when + relax + warn + breach(limit.onBreach());
  }

  private static String breach(List<Escalation> steps) {
    return steps.isEmpty()
        ? ""
        : steps.stream()
            .map(Promise::step)
            .collect(Collectors.joining("; ", " When it is broken: ", "."));
  }

  private static String step(Escalation step) {
    var after = step.after() == null ? "" : "after " + Phrase.of(step.after()) + " ";
    return switch (step) {
      case Escalation.Notify(_, var whom) -> after + "tell " + whom;
      case Escalation.Reassign _ -> after + "hand the lead to another seller";
    };
  }
}
