package baton.reporting.calibration;

import static baton.reporting.attribution.Told.captured;
import static baton.reporting.attribution.Told.id;
import static baton.reporting.attribution.Told.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.contracts.Event;
import baton.contracts.OutcomeResult;
import baton.reporting.journey.Stage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Real leads of an education company. No times are known: all of them came when the file did, and
 * its order is taken for theirs.
 */
class XEducationTest {
  private static final Path FILE = Path.of("..", "..", "shared", "data", "xeducation", "Leads.csv");
  private static final Instant THEN = Instant.parse("2026-03-02T09:00:00Z");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  /** Numbers and outcomes of the file, and what says the same for everybody. */
  private static final Set<String> NO_FIELDS = Set.of("Prospect ID", "Lead Number", "Converted");

  /**
   * What the company's people wrote down, or its system worked out of that, after they had called.
   */
  private static final Set<String> WRITTEN_BY_SALES =
      Set.of(
          "tags",
          "leadQuality",
          "leadProfile",
          "lastActivity",
          "lastNotableActivity",
          "asymmetriqueActivityIndex",
          "asymmetriqueProfileIndex",
          "asymmetriqueActivityScore",
          "asymmetriqueProfileScore");

  @Test
  void without_what_sales_wrote_later_the_later_leads_are_told_apart() throws IOException {
    assumeTrue(Files.exists(FILE), FILE + " isn't here");
    var leads = leads();

    var found = calibrated(leads, WRITTEN_BY_SALES);

    var fitted = Objects.requireNonNull(found.fitted());
    assertThat(fitted.model().auc().value()).isGreaterThanOrEqualTo(0.85);
    assertThat(fitted.draft().auc().value()).isGreaterThanOrEqualTo(0.85);
    assertThat(fitted.draft().auc().low()).isGreaterThan(0.83);
    assertThat(fitted.rules()).hasSizeLessThanOrEqualTo(40);
    assertThat(found.leftOut())
        .containsAll(
            WRITTEN_BY_SALES.stream()
                .map(field -> new LeftOut("attributes." + field, "asked for"))
                .toList());
    assertThat(Objects.requireNonNull(found.split()).tied())
        .as("later leads of the same moment: the order is the file's")
        .isEqualTo(2772);
  }

  @Test
  void tags_give_themselves_away() throws IOException {
    assumeTrue(Files.exists(FILE), FILE + " isn't here");

    var leads = leads();
    var subjects = new ArrayList<Subject>();
    leads.each(
        1,
        (lead, journey) ->
            subjects.add(Objects.requireNonNull(Subject.of(lead, journey, Stage.WON))));
    var cohort = Cohort.of(subjects, trial(Set.of()), THEN.plus(Duration.ofDays(1)));
    var sheet = new Sheet(cohort.subjects(), cohort.judged());
    leads.each(1, sheet::tell);

    var traits = Traits.of(sheet, cohort, trial(Set.of()));

    assertThat(traits.leftOut())
        .filteredOn(left -> left.why().startsWith("suspect"))
        .extracting(LeftOut::field)
        .containsExactly("attributes.tags");
  }

  private static Calibration calibrated(Population leads, Set<String> leaveOut) {
    return Calibration.of(trial(leaveOut), Map.of(), leads, 10_000);
  }

  private static Trial trial(Set<String> leaveOut) {
    return new Trial(Stage.WON, null, null, null, leaveOut, Set.of());
  }

  private static Population leads() throws IOException {
    var lines = Files.readAllLines(FILE);
    var names = cells(lines.getFirst());
    var fieldNames = names.stream().map(XEducationTest::name).toList();
    var leads = new Population(THEN.plus(Duration.ofDays(1)));
    for (int row = 1; row < lines.size(); row++) {
      var cells = cells(lines.get(row));
      var lead = id(row);
      var fields = new HashMap<String, JsonNode>();
      boolean won = false;
      for (int i = 0; i < names.size(); i++) {
        var cell = cells.get(i);
        won |= names.get(i).equals("Converted") && cell.equals("1");
        if (!NO_FIELDS.contains(names.get(i)) && !cell.isEmpty() && !cell.equals("Select")) {
          fields.put(fieldNames.get(i), said(cell));
        }
      }
      var events = new ArrayList<Event>(List.of(captured(lead, row, fields, THEN)));
      if (won) {
        events.add(outcome(lead, 100_000L + row, OutcomeResult.WON, THEN, null));
      }
      leads.add(lead, events);
    }
    return leads;
  }

  private static JsonNode said(String cell) {
    return NUMBER.matcher(cell).matches()
        ? DoubleNode.valueOf(Double.parseDouble(cell))
        : TextNode.valueOf(cell);
  }

  /** As a rule can name it. */
  private static String name(String column) {
    var words = column.split("[^A-Za-z]+");
    return words[0].toLowerCase(Locale.ROOT)
        + Arrays.stream(words)
            .skip(1)
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
  }

  /** What stands between commas that aren't quoted. */
  private static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char next = line.charAt(i);
      if (next == '"') {
        quoted = !quoted;
      } else if (next == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(next);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
