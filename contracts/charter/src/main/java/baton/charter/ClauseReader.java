package baton.charter;

import baton.charter.Clause.Escalation;
import baton.charter.Clause.Limit;
import baton.charter.expression.Expression;
import baton.charter.expression.Nearest;
import baton.charter.expression.Place;
import baton.charter.time.Window;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the sides promise each other. */
final class ClauseReader {
  private static final List<String> CHANNELS =
      List.of(
          "call",
          "personal-email",
          "email",
          "social",
          "sms",
          "chat",
          "video",
          "meeting",
          "visit",
          "letter");
  private static final List<String> SALES_CLAUSES =
      List.of("decision", "first-attempt", "attempts", "disposition", "feedback", "assignment");
  private static final List<String> MARKETING_CLAUSES =
      List.of("mqls", "share", "rejection-rate", "fields", "content-reply", "campaign-notice");

  private final Faults faults;
  private final RuleReader rules;
  private final Map<String, WorkingTime> calendars;
  private final Set<String> recipients;
  private final Words vocabulary;

  /**
   * @param recipients who can be told of a breach
   */
  ClauseReader(
      Faults faults,
      RuleReader rules,
      Map<String, WorkingTime> calendars,
      Set<String> recipients,
      Words vocabulary) {
    this.faults = faults;
    this.rules = rules;
    this.calendars = calendars;
    this.recipients = recipients;
    this.vocabulary = vocabulary;
  }

  /** What both sides owe, each in its order. */
  record Clauses(List<Clause> sales, List<Clause> marketing) {}

  Clauses clauses(Section root) {
    var sales = root.sections("sales", this::sales);
    var marketing = root.sections("marketing", this::marketing);
    clausesHoldTogether(root, sales, marketing);
    return new Clauses(present(sales), present(marketing));
  }

  private static <T> List<T> present(List<Optional<T>> read) {
    return read.stream().flatMap(Optional::stream).toList();
  }

  private Optional<Clause> sales(Section clause) {
    var id = clause.word("id");
    var owes = owes(clause, SALES_CLAUSES, MARKETING_CLAUSES, "marketing");
    if (owes == null) {
      return Optional.empty();
    }
    Clause made =
        switch (owes) {
          case "decision" -> {
            var silence = clause.optionalChoice("silence", List.of("deemed-accepted"));
            yield new Clause.Decision(id, limit(clause, true, true), silence != null);
          }
          case "first-attempt" -> {
            var counts = clause.choices("counts", CHANNELS);
            yield new Clause.FirstAttempt(
                id, limit(clause, true, true), new LinkedHashSet<>(counts));
          }
          case "attempts" -> attempts(clause, id);
          case "disposition" -> new Clause.Disposition(id, limit(clause, true, false));
          case "feedback" -> new Clause.Feedback(id, limit(clause, true, false));
          default -> new Clause.Assignment(id, limit(clause, true, false));
        };
    clause.end();
    return Optional.of(made);
  }

  private Clause attempts(Section clause, String id) {
    var atLeast = clause.whole("atLeast", 1, 100);
    Integer onDays = clause.has("onDays") ? (Integer) clause.whole("onDays", 1, 100) : null;
    clause.allow("onDays");
    if (onDays != null && onDays > atLeast) {
      clause.fault("onDays", "can't be more days than attempts");
    }
    var unless = clause.optionalChoice("unless", List.of("connected"));
    var counts = clause.choices("counts", CHANNELS);
    return new Clause.Attempts(
        id,
        limit(clause, true, true),
        atLeast,
        onDays,
        unless != null,
        new LinkedHashSet<>(counts));
  }

  private @Nullable String owes(
      Section clause, List<String> mine, List<String> theirs, String otherSide) {
    var raw = clause.raw("owes");
    if (raw != null && raw.isTextual() && theirs.contains(raw.textValue())) {
      clause.fault("owes", raw.textValue() + " is what " + otherSide + " owes; move it there");
      return null;
    }
    return clause.choice("owes", mine);
  }

  private Limit limit(Section clause, boolean aboutLead, boolean fromOffer) {
    var business = clause.flag("business", false);
    var within = clause.window("within", business);
    var calendar = calendar(clause, business, aboutLead);
    Expression when = null;
    if (aboutLead) {
      when = clause.has("when") ? rules.rule(clause, "when", Place.HANDOFF) : null;
      clause.allow("when");
    }
    var warnAt = clause.optionalDecimal("warnAt", "0.01", "0.99");
    var onBreach = clause.sections("onBreach", step -> escalation(step, business, aboutLead));
    return new Limit(
        within,
        calendar,
        when,
        warnAt,
        present(onBreach),
        fromOffer ? relax(clause, business, within) : null);
  }

  private String calendar(Section clause, boolean business, boolean aboutLead) {
    if (business
        && !clause.has("calendar")
        && calendars.get(Terms.DEFAULT_CALENDAR) == CalendarReader.ALWAYS) {
      clause.fault("business", "needs a calendar: define calendars.default");
    }
    var choices = new LinkedHashSet<>(calendars.keySet());
    if (aboutLead) {
      choices.add(Limit.ASSIGNEE);
    }
    var calendar = clause.optionalChoice("calendar", choices);
    return calendar == null ? Terms.DEFAULT_CALENDAR : calendar;
  }

  private Optional<Escalation> escalation(Section step, boolean business, boolean aboutLead) {
    var after = step.optionalWindow("after", business);
    var notify = step.optionalChoice("notify", recipients);
    var reassign = false;
    if (aboutLead) {
      reassign = step.flag("reassign", false);
    }
    step.end();
    if (!step.there()) {
      return Optional.empty();
    }
    if (step.has("notify") == step.has("reassign") && aboutLead) {
      step.fault("says one thing to do: notify somebody, or reassign: true");
      return Optional.empty();
    }
    if (step.has("reassign") && !reassign) {
      step.fault("reassign", "does nothing; leave the step out");
      return Optional.empty();
    }
    if (reassign) {
      return Optional.of(new Escalation.Reassign(after));
    }
    if (!step.has("notify") && !aboutLead) {
      step.fault("notify", "is required");
    }
    return notify == null ? Optional.empty() : Optional.of(new Escalation.Notify(after, notify));
  }

  private static Clause.@Nullable Relax relax(Section clause, boolean business, Window within) {
    var section = clause.optionalSection("relax");
    if (!section.there()) {
      return null;
    }
    var over = section.whole("ifDailyMqlsOver", 1, 1_000_000);
    var to = section.window("to", business);
    section.end();
    if (to.days().getDays() <= within.days().getDays()
        && to.time().compareTo(within.time()) <= 0
        && to != Section.NO_TIME) {
      section.fault("to", "isn't longer than within, so it relaxes nothing");
    }
    return new Clause.Relax(over, to);
  }

  private Optional<Clause> marketing(Section clause) {
    var id = clause.word("id");
    var owes = owes(clause, MARKETING_CLAUSES, SALES_CLAUSES, "sales");
    if (owes == null) {
      return Optional.empty();
    }
    Clause made =
        switch (owes) {
          case "mqls" -> new Clause.Mqls(id, per(clause), clause.whole("atLeast", 1, 100_000_000));
          case "share" ->
              new Clause.Share(
                  id,
                  per(clause),
                  rules.rule(clause, "of", Place.HANDOFF),
                  clause.share("atLeast"),
                  clause.whole("minimum", 1, 1_000_000, 1));
          case "rejection-rate" ->
              new Clause.RejectionRate(
                  id,
                  per(clause),
                  clause.decimal("atMost", "0", "1"),
                  clause.whole("minimum", 1, 1_000_000, 1),
                  reasons(clause),
                  suspension(clause));
          case "fields" -> {
            var fields = rules.fields(clause, "fields");
            if (fields.isEmpty()) {
              clause.fault(
                  "fields", clause.has("fields") ? "must name at least one" : "is required");
            }
            yield new Clause.Fields(id, per(clause), fields, clause.share("share"));
          }
          case "content-reply" -> new Clause.ContentReply(id, limit(clause, false, false));
          default -> {
            var business = clause.flag("business", false);
            yield new Clause.CampaignNotice(
                id, clause.window("ahead", business), calendar(clause, business, false));
          }
        };
    clause.end();
    return Optional.of(made);
  }

  private static Clause.Period per(Section clause) {
    return clause.constant("per", Clause.Period.class, Clause.Period.MONTH);
  }

  private List<String> reasons(Section clause) {
    var all = vocabulary.codes().rejectionReasons();
    var counts = clause.choices("counts", all);
    return counts.isEmpty() ? all : counts;
  }

  private static Clause.@Nullable Suspension suspension(Section clause) {
    var section = clause.optionalSection("suspendedBy");
    if (!section.there()) {
      return null;
    }
    var other = section.word("clause");
    var below = section.share("below");
    section.end();
    return new Clause.Suspension(other, below);
  }

  private void clausesHoldTogether(
      Section root, List<Optional<Clause>> sales, List<Optional<Clause>> marketing) {
    var ids = new ArrayList<String>();
    var where = new ArrayList<String>();
    collect(sales, "/sales/", ids, where);
    collect(marketing, "/marketing/", ids, where);
    root.unique(ids, where::get);
    for (int i = 0; i < marketing.size(); i++) {
      if (marketing.get(i).orElse(null) instanceof Clause.RejectionRate rate
          && rate.suspendedBy() instanceof Clause.Suspension suspension
          && !suspension.clause().isBlank()) {
        var pointer = "/marketing/" + i + "/suspendedBy/clause";
        var others = present(sales).stream().map(Clause::id).toList();
        if (!others.contains(suspension.clause())) {
          faults.add(
              pointer,
              "\""
                  + suspension.clause()
                  + "\" is no clause of sales"
                  + Nearest.hint(suspension.clause(), others));
        }
      }
    }
  }

  private static void collect(
      List<Optional<Clause>> clauses, String parent, List<String> ids, List<String> where) {
    for (int i = 0; i < clauses.size(); i++) {
      ids.add(clauses.get(i).map(Clause::id).orElse(""));
      where.add(parent + i + "/id");
    }
  }
}
