package baton.charter;

import baton.charter.expression.Checked;
import baton.charter.expression.Expression;
import baton.charter.expression.Nearest;
import baton.charter.expression.Place;
import baton.charter.expression.Rules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads expressions and lists of fields, and remembers which of a lead's own attributes they ask
 * for.
 */
final class RuleReader {
  private static final List<String> FIELDS =
      List.of(
          "email",
          "phone",
          "name",
          "company",
          "jobTitle",
          "country",
          "segment",
          "source",
          "medium",
          "campaign",
          "company.domain",
          "company.employees",
          "company.industry",
          "company.country");

  private final Faults faults;
  private final Rules rules = new Rules();
  private final Expression never = standIn();
  private final Set<String> attributes = new TreeSet<>();

  RuleReader(Faults faults) {
    this.faults = faults;
  }

  /** The attributes that some rule reads or some line requires. */
  Set<String> attributes() {
    return attributes;
  }

  void alsoAsks(String attribute) {
    attributes.add(attribute);
  }

  /** Where the first match wins, the last must match whatever is left, and only the last. */
  void lastOneCatches(List<Expression> whens, String where, String who, String what) {
    for (int i = 0; i < whens.size(); i++) {
      boolean last = i == whens.size() - 1;
      var when = whens.get(i);
      if (when == never) {
        continue;
      }
      if (!last && when.always()) {
        faults.add(where + i + "/when", "always holds, so that nothing after it is ever asked");
      }
      if (last && !when.always()) {
        faults.add(
            where + i + "/when",
            "must be true in the last one: say what happens to "
                + who
                + " that fit nothing else, or they are left without "
                + what);
      }
    }
  }

  /** Takes the place of a rule that was refused. */
  private Expression standIn() {
    return switch (rules.check(Place.TIER, "false")) {
      case Checked.Fine(var expression) -> expression;
      case Checked.Refused(var detail) -> throw new IllegalStateException(detail);
    };
  }

  Expression rule(Section section, String key, Place place) {
    var text = section.text(key);
    if (text.isBlank()) {
      return never;
    }
    return switch (rules.check(place, text)) {
      case Checked.Fine(var expression) -> {
        for (var path : expression.read()) {
          var from = path.indexOf("attributes.");
          if (from >= 0) {
            attributes.add(path.substring(from + 11).split("\\.", 2)[0]);
          }
        }
        yield expression;
      }
      case Checked.Refused(var detail) -> {
        section.fault(key, detail);
        yield never;
      }
    };
  }

  List<String> fields(Section section, String key) {
    var fields =
        section.list(
            key,
            (value, where) -> {
              var text = section.textOf(value, where);
              if (text.startsWith("attributes.") && text.length() > 11) {
                attributes.add(text.substring(11));
                return text;
              }
              if (text.isBlank()) {
                return "";
              }
              if (!FIELDS.contains(text)) {
                faults.add(
                    where,
                    "\""
                        + text
                        + "\" isn't a field; known are "
                        + String.join(", ", FIELDS)
                        + " and attributes.…"
                        + Nearest.hint(text, FIELDS));
              }
              return text;
            });
    return section.distinct(key, fields);
  }
}
