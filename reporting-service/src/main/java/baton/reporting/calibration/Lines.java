package baton.reporting.calibration;

import baton.reporting.calibration.Calibration.Line;
import baton.reporting.calibration.Calibration.Through;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Where the lines of personas would have to be for the draft to let as many through as today's
 * scores do: points of another scoring mean something else.
 */
final class Lines {
  private Lines() {}

  /**
   * @param lines of the charter in force
   * @param points by the draft, of the later leads
   */
  static List<Line> of(Map<String, BigDecimal> lines, Cohort cohort, double[] points) {
    var found = new ArrayList<Line>();
    lines.forEach(
        (persona, line) -> {
          var leads =
              IntStream.range(cohort.train(), cohort.size())
                  .filter(
                      i ->
                          persona.equals(cohort.subjects().get(i).persona())
                              && cohort.subjects().get(i).score() != null)
                  .toArray();
          if (leads.length > 0) {
            found.add(line(persona, line, leads, cohort, points));
          }
        });
    return found;
  }

  private static Line line(
      String persona, BigDecimal line, int[] leads, Cohort cohort, double[] points) {
    int[] today = {0, 0};
    var byPoints = new TreeMap<Integer, int[]>();
    for (int i : leads) {
      int success = cohort.success()[i] ? 1 : 0;
      if (cohort.subjects().get(i).score() instanceof Double score && score >= line.doubleValue()) {
        today[0]++;
        today[1] += success;
      }
      var same = byPoints.computeIfAbsent((int) points[i - cohort.train()], _ -> new int[2]);
      same[0]++;
      same[1] += success;
    }
    int best = byPoints.lastKey() + 1;
    var through = new Through(0, 0);
    int passing = 0;
    int succeeding = 0;
    for (var above : byPoints.descendingMap().entrySet()) {
      passing += above.getValue()[0];
      succeeding += above.getValue()[1];
      if (Math.abs(passing - today[0]) < Math.abs(through.leads() - today[0])) {
        best = above.getKey();
        through = new Through(passing, succeeding);
      }
    }
    return new Line(persona, line, leads.length, new Through(today[0], today[1]), best, through);
  }
}
