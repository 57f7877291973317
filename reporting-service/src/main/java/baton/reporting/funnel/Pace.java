package baton.reporting.funnel;

import java.util.EnumMap;
import java.util.Map;

/** What a pass is timed by. Inferred times are no times. */
public enum Pace {
  /** The lead's view: from the touch that qualified it to the first human attempt. */
  SPEED_ON_THE_WALL("speed"),
  /** The promise's view: working time from the offer to the first attempt. */
  SPEED_IN_WORKING_TIME("speed-working"),
  FIRST_ATTEMPT("attempt"),
  CONTACT("contact"),
  DECISION("decision"),
  /** From qualified to offered to a seller. */
  ASSIGNMENT("assignment"),
  CAPTURED_TO_MQL("captured-mql"),
  MQL_TO_SAL("mql-sal"),
  SAL_TO_SQL("sal-sql"),
  SQL_TO_WON("sql-won"),
  CAPTURED_TO_WON("captured-won");

  private final String word;

  Pace(String word) {
    this.word = word;
  }

  /** As it is written in terms. */
  String word() {
    return word;
  }

  /** Each of them, for those counted. */
  public static Map<Pace, Durations> of(Counts counts) {
    var paces = new EnumMap<Pace, Durations>(Pace.class);
    for (var pace : values()) {
      paces.put(pace, new Durations());
    }
    counts
        .noted(Matter.PASS)
        .forEach(
            (term, count) -> {
              var words = Term.words(term);
              paces.forEach(
                  (pace, durations) -> {
                    if (pace.word.equals(words.getFirst())) {
                      durations.add(words.get(1), count);
                    }
                  });
            });
    return paces;
  }
}
