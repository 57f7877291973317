package baton.reporting.calibration;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What was known of each lead when it was to be judged: what its capture says, and what was told
 * until it was handed over. What is first told afterwards may have been written by sales, who know
 * the outcome: it is counted, and kept out.
 */
public final class Sheet {
  static final String ATTRIBUTE = "attributes.";
  private static final int MOST_ATTRIBUTES = 100;

  private final Map<UUID, Integer> rows = new HashMap<>();
  private final List<Subject> subjects;
  private final List<Instant> judged;
  private final TreeMap<String, Column> columns = new TreeMap<>();
  private int attributes;
  private boolean crowded;

  /**
   * @param judged until when what is told of each counts
   */
  Sheet(List<Subject> subjects, List<Instant> judged) {
    this.subjects = subjects;
    this.judged = judged;
    for (int i = 0; i < subjects.size(); i++) {
      rows.put(subjects.get(i).lead(), i);
    }
  }

  public boolean knows(UUID lead) {
    return rows.containsKey(lead);
  }

  /** Told first of all of a lead. */
  public void captured(UUID lead, Map<String, Said> fields) {
    var row = rows.get(lead);
    if (row != null) {
      fields.forEach((name, said) -> set(row, name, said));
    }
  }

  /** Told in the order in which it was changed. */
  public void updated(UUID lead, Instant at, Map<String, Said> fields, Set<String> cleared) {
    var row = rows.get(lead);
    if (row == null) {
      return;
    }
    boolean late = at.isAfter(judged.get(row));
    if (!late) {
      cleared.stream()
          .map(columns::get)
          .forEach(
              column -> {
                if (column != null) {
                  column.set(row, null);
                }
              });
      fields.forEach((name, said) -> set(row, name, said));
    } else if (subjects.get(row).handed() != null) {
      for (var name : fields.keySet()) {
        if (admits(name) && column(name).absent(row)) {
          column(name).wroteLate(row);
        }
      }
    }
  }

  private void set(int row, String name, Said said) {
    if (admits(name)) {
      column(name).set(row, said);
    }
  }

  private Column column(String name) {
    return columns.computeIfAbsent(name, _ -> new Column(subjects.size()));
  }

  /** Of too many attributes the first by name stay, whichever were told of first. */
  private boolean admits(String name) {
    if (!name.startsWith(ATTRIBUTE) || columns.containsKey(name)) {
      return true;
    }
    if (attributes == MOST_ATTRIBUTES) {
      crowded = true;
      var last = columns.floorKey(ATTRIBUTE + Character.MAX_VALUE);
      if (last == null || name.compareTo(last) >= 0) {
        return false;
      }
      columns.remove(last);
      attributes--;
    }
    attributes++;
    return true;
  }

  /** Whether some attributes had to be left out. */
  boolean crowded() {
    return crowded;
  }

  Map<String, Column> columns() {
    return Collections.unmodifiableMap(columns);
  }
}
