package baton.reporting.calibration;

import baton.contracts.Json;
import baton.reporting.journey.Fact;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Described;
import baton.reporting.journey.Fact.Field;
import baton.reporting.journey.Fact.Updated;
import baton.reporting.journey.Journey;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was known of each lead when it was to be judged: what its capture says, and what was told
 * until it was handed over. What is first told afterwards may have been written by sales, who know
 * the outcome: it is counted, and kept out.
 */
final class Sheet {
  static final String ATTRIBUTE = "attributes.";
  private static final int MOST_ATTRIBUTES = 60;

  private static final Set<String> COMPANY =
      Set.of("company.employees", "company.industry", "company.country");
  private static final Set<Fact.Trait> OF_A_COMPANY =
      EnumSet.of(
          Fact.Trait.COMPANY,
          Fact.Trait.COMPANY_DOMAIN,
          Fact.Trait.EMPLOYEES,
          Fact.Trait.INDUSTRY,
          Fact.Trait.COMPANY_COUNTRY);

  /** Facts whose name on {@code lead-updated} isn't the one that rules know. */
  private static final Map<String, Set<String>> RULES_SAY =
      Map.of(
          "campaignId", Set.of("campaign"),
          "emailFree", Set.of("email.free"),
          "company", COMPANY);

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

  /** Of a lead that it isn't about nothing is kept. */
  void tell(UUID lead, Journey journey) {
    var row = rows.get(lead);
    var captured = journey.captured();
    if (row == null || captured == null) {
      return;
    }
    captured(row, captured);
    for (var fact : journey.facts()) {
      switch (fact) {
        case Updated(var at, _, var field, _, var value) when field == Field.PERSONA ->
            told(row, at, "persona", value);
        case Updated(var at, _, var field, _, var value) when field == Field.TIER ->
            told(row, at, "company.tier", value);
        default -> {}
      }
    }
    journey.facts().stream()
        .filter(Described.class::isInstance)
        .map(Described.class::cast)
        .sorted(
            Comparator.comparing((Described revision) -> revision.revision() > 0)
                .thenComparing(Described::at)
                .thenComparing(Described::revision))
        .forEach(revision -> described(row, revision));
  }

  private void captured(int row, Captured captured) {
    set(row, "source", Said.word(captured.source()));
    set(row, "medium", Said.word(captured.medium()));
    set(row, "channel", Said.word(captured.channel()));
    set(row, "campaign", Said.word(captured.campaign()));
    set(row, "landingPage", Said.word(captured.landingPage()));
    set(row, "country", Said.word(captured.country()));
    set(row, "origin", Said.word(captured.origin().word()));
    set(row, "segment", Said.word(captured.segment()));
    set(row, "persona", Said.word(captured.persona()));
    set(row, "company.tier", Said.word(captured.tier()));
  }

  private void told(int row, Instant at, String name, @Nullable String value) {
    var said = Said.word(value);
    updated(row, at, said == null ? Map.of() : Map.of(name, said), Set.of(name));
  }

  private void described(int row, Described revision) {
    var fields = new HashMap<String, Said>();
    revision
        .traits()
        .forEach(
            (trait, value) -> {
              switch (trait) {
                case SOURCE -> put(fields, "source", Said.word(value));
                case MEDIUM -> put(fields, "medium", Said.word(value));
                case CAMPAIGN -> put(fields, "campaign", Said.word(value));
                case COUNTRY -> put(fields, "country", Said.word(value));
                case SEGMENT -> put(fields, "segment", Said.word(value));
                case EMAIL_FREE -> put(fields, "email.free", Said.value(value));
                case EMPLOYEES -> put(fields, "company.employees", Said.value(value));
                case INDUSTRY -> put(fields, "company.industry", Said.word(value));
                case COMPANY_COUNTRY -> put(fields, "company.country", Said.word(value));
                case ATTRIBUTES -> {
                  Map<String, ?> attributes = Json.values(value);
                  attributes.forEach(
                      (name, said) ->
                          put(fields, ATTRIBUTE + name, Said.value(String.valueOf(said))));
                }
                case JOB_TITLE, EMAIL_DOMAIN, COMPANY, COMPANY_DOMAIN -> {}
              }
            });
    if (revision.revision() == 0) {
      fields.forEach((name, said) -> set(row, name, said));
    } else {
      updated(row, revision.at(), fields, cleared(revision));
    }
  }

  private static void put(Map<String, Said> fields, String name, @Nullable Said said) {
    if (said != null) {
      fields.put(name, said);
    }
  }

  /** A company comes whole: what it no longer says is gone. */
  private static Set<String> cleared(Described revision) {
    var cleared = new HashSet<String>();
    revision.cleared().forEach(name -> cleared.addAll(RULES_SAY.getOrDefault(name, Set.of(name))));
    if (revision.traits().keySet().stream().anyMatch(OF_A_COMPANY::contains)) {
      cleared.addAll(COMPANY);
    }
    return cleared;
  }

  private void updated(int row, Instant at, Map<String, Said> fields, Set<String> cleared) {
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

  private void set(int row, String name, @Nullable Said said) {
    if (said != null && admits(name)) {
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
