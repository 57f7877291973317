package baton.charter;

import baton.contracts.Side;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the goals, in which children inherit what they leave out. */
final class GoalReader {
  private static final Set<String> MONEY_METRICS =
      Set.of("revenue", "pipeline", "sourced-revenue", "spend");
  private static final Set<String> RATE_METRICS =
      Set.of("acceptance", "rejection-rate", "win-rate", "sla-attainment", "lead-to-customer-rate");
  private static final List<String> METRICS =
      List.of(
          "captured",
          "mql",
          "sal",
          "sql",
          "opportunity",
          "won",
          "content-delivered",
          "revenue",
          "pipeline",
          "sourced-revenue",
          "spend",
          "acceptance",
          "rejection-rate",
          "win-rate",
          "sla-attainment",
          "lead-to-customer-rate");
  private static final int DEEPEST_GOAL = 6;

  /** Stands in for a day that is missing or wrong. */
  private static final LocalDate SOME_DAY = LocalDate.EPOCH;

  private GoalReader() {}

  static List<Goal> goals(Section root) {
    var ids = new ArrayList<String>();
    var where = new ArrayList<String>();
    var goals = root.sections("goals", goal -> goal(goal, null, 1, ids, where));
    root.unique(ids, where::get);
    return goals;
  }

  private static Goal goal(
      Section section, @Nullable Goal parent, int depth, List<String> ids, List<String> where) {
    ids.add(section.word("id"));
    where.add(section.at("id"));
    var id = ids.getLast();
    var metric = section.choice("metric", METRICS);
    boolean money = metric != null && MONEY_METRICS.contains(metric);
    var target =
        metric != null && RATE_METRICS.contains(metric)
            ? section.share("target")
            : section.amount("target", "0.01", "1000000000000000");
    if (metric != null
        && !money
        && !RATE_METRICS.contains(metric)
        && target.stripTrailingZeros().scale() > 0) {
      section.fault("target", metric + " is counted, so the target is a whole number");
    }
    var currency = section.currency("currency");
    if (money && !section.has("currency")) {
      section.fault("currency", "is required where the metric is money");
    } else if (metric != null && !money && currency != null) {
      section.fault("currency", metric + " isn't money; leave the currency out");
    }
    var from = inherited(section, "from", parent == null ? null : parent.from());
    var to = inherited(section, "to", parent == null ? null : parent.to());
    if (from != SOME_DAY && to != SOME_DAY && !from.isBefore(to)) {
      section.fault(section.has("to") ? "to" : "from", "the goal ends before it begins");
    }
    if (parent != null && parent.from() != SOME_DAY && parent.to() != SOME_DAY) {
      if (from != SOME_DAY && from.isBefore(parent.from())) {
        section.fault("from", "is before its parent begins, " + parent.from());
      }
      if (to != SOME_DAY && to.isAfter(parent.to())) {
        section.fault("to", "is after its parent ends, " + parent.to());
      }
    }
    var owners = owners(section, parent);
    var own =
        new Goal(id, metric == null ? "" : metric, target, currency, from, to, owners, List.of());
    List<Goal> children = List.of();
    if (depth < DEEPEST_GOAL) {
      children = section.sections("children", child -> goal(child, own, depth + 1, ids, where));
    } else if (section.has("children")) {
      section.allow("children");
      section.fault("children", "goals are at most " + DEEPEST_GOAL + " deep");
    }
    section.end();
    return new Goal(own.id(), own.metric(), target, currency, from, to, owners, children);
  }

  private static LocalDate inherited(Section section, String key, @Nullable LocalDate parents) {
    var date = section.date(key);
    if (date != null) {
      return date;
    }
    if (parents != null && !section.has(key)) {
      return parents;
    }
    if (!section.has(key) && section.there()) {
      section.fault(key, "is required");
    }
    return SOME_DAY;
  }

  private static Set<Side> owners(Section section, @Nullable Goal parent) {
    var words = section.choices("owners", List.of("sales", "marketing"));
    if (words.isEmpty()) {
      return parent == null ? EnumSet.allOf(Side.class) : parent.owners();
    }
    var owners = EnumSet.noneOf(Side.class);
    for (var word : words) {
      if (!word.isBlank()) {
        owners.add(Side.of(word));
      }
    }
    return owners;
  }
}
