package baton.reporting.funnel.rest;

import baton.charter.Pointer;
import baton.chassis.problem.Faults;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Period;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.WhichPasses;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a question from a query string and names everything that is wrong with it at once. */
final class Asked {
  private static final Set<String> KNOWN =
      Set.of("from", "to", "zone", "basis", "passes", "withinDays", "by");
  private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);
  static final int MOST_DAYS = 36_500;
  static final int MOST_GROUPS = 3;
  static final int MOST_VALUES = 500;

  private final MultivaluedMap<String, String> parameters;
  private final Faults faults = new Faults();

  Asked(MultivaluedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * @param zone the charter's, unless asked for another
   * @param more parameters that this report reads itself
   */
  static Question in(MultivaluedMap<String, String> parameters, String zone, Set<String> more) {
    var asked = new Asked(parameters);
    var question = asked.question(zone, more);
    asked.throwIfWrong();
    return question;
  }

  /** What every report reads; what is wrong with it is among the {@link #faults}. */
  Question question(String charterZone, Set<String> more) {
    parameters
        .keySet()
        .forEach(
            name -> {
              if (!KNOWN.contains(name)
                  && !more.contains(name)
                  && Dimension.named(name).isEmpty()) {
                faults.add(Pointer.of("", name), "is not known here");
              }
            });
    var by = new ArrayList<Dimension>();
    var period = by(by);
    var from = date("from");
    var to = date("to");
    if (from != null && to != null && !from.isBefore(to)) {
      faults.add("/to", "must be after from: the days are from its first to the one before to");
    }
    var zone = zone(charterZone);
    var basis = word("basis", Basis.COHORT, Basis.values());
    var question =
        new Question(
            basis,
            word("passes", WhichPasses.ANY, WhichPasses.values()),
            from,
            to,
            zone,
            withinDays(basis),
            by,
            period,
            only());
    if (from != null && to != null && question.periods(from, to) > Question.MOST_PERIODS) {
      faults.add("/by", "would make more than " + Question.MOST_PERIODS + " periods");
    }
    return question;
  }

  /** All that is wrong so far. */
  Faults faults() {
    return faults;
  }

  void throwIfWrong() {
    faults.throwIfAny();
  }

  /** A parameter of another report. */
  void refuse(String name, String why) {
    if (!all(name).isEmpty()) {
      faults.add("/" + name, why);
    }
  }

  private @Nullable Period by(List<Dimension> by) {
    Period period = null;
    var asked = all("by").stream().flatMap(value -> Arrays.stream(value.split(",", -1))).toList();
    for (var word : asked) {
      var dimension = Dimension.named(word);
      var stretch = Period.named(word);
      if (dimension.isPresent() && !by.contains(dimension.get())) {
        by.add(dimension.get());
      } else if (stretch.isPresent() && period == null) {
        period = stretch.get();
      } else if (dimension.isPresent() || stretch.isPresent()) {
        faults.add("/by", "takes each dimension once, and one of day, week, month and quarter");
      } else {
        faults.add(
            "/by",
            "must be one to three of "
                + Arrays.stream(Dimension.values())
                    .map(Dimension::word)
                    .collect(Collectors.joining(", "))
                + ", day, week, month, quarter");
      }
    }
    if (asked.size() > MOST_GROUPS) {
      faults.add("/by", "takes three at most");
    }
    return period;
  }

  private @Nullable LocalDate date(String name) {
    var text = one(name);
    if (text == null) {
      return null;
    }
    try {
      var date = LocalDate.parse(text);
      if (!date.isBefore(EARLIEST) && !date.isAfter(LATEST)) {
        return date;
      }
    } catch (DateTimeParseException not) {
      // named below
    }
    faults.add("/" + name, "must be a date from 1970 on, as in 2026-03-01");
    return null;
  }

  private ZoneId zone(String charterZone) {
    var text = one("zone");
    try {
      return ZoneId.of(text == null ? charterZone : text);
    } catch (DateTimeException unknown) {
      faults.add("/zone", "must be a time zone, as in Europe/Berlin");
      return ZoneOffset.UTC;
    }
  }

  private @Nullable Integer withinDays(Basis basis) {
    if (basis == Basis.PERIOD) {
      refuse("withinDays", "belongs to basis=cohort: a period has no beginning to count from");
    }
    return days("withinDays", 0, MOST_DAYS);
  }

  @Nullable Integer days(String name, int fewest, int most) {
    var text = one(name);
    if (text == null) {
      return null;
    }
    try {
      int days = Integer.parseInt(text);
      if (days >= fewest && days <= most) {
        return days;
      }
    } catch (NumberFormatException not) {
      // named below
    }
    faults.add("/" + name, "must be a whole number of days, " + fewest + " to " + most);
    return null;
  }

  private <E extends Enum<E>> E word(String name, E usual, E[] words) {
    var text = one(name);
    if (text == null) {
      return usual;
    }
    var word = faults.oneOf(words, one -> one.name().toLowerCase(Locale.ROOT), text, "/" + name);
    return word == null ? usual : word;
  }

  /** An empty value asks for those without one. */
  private Map<Dimension, Set<@Nullable String>> only() {
    var only = new EnumMap<Dimension, Set<@Nullable String>>(Dimension.class);
    for (var dimension : Dimension.values()) {
      var values = new HashSet<@Nullable String>();
      all(dimension.word()).forEach(value -> values.add(value.isEmpty() ? null : value));
      if (values.size() > MOST_VALUES
          || values.stream().anyMatch(value -> value != null && value.indexOf('\0') >= 0)) {
        faults.add(
            "/" + dimension.word(), "takes at most " + MOST_VALUES + " values, none with a NUL");
      } else if (!values.isEmpty()) {
        only.put(dimension, values);
      }
    }
    return only;
  }

  @Nullable String one(String name) {
    var values = all(name);
    if (values.size() > 1) {
      faults.add("/" + name, "is given more than once");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  private List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }
}
