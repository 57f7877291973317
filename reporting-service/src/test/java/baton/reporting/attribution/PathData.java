package baton.reporting.attribution;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Real journeys by the channels they came through, where they lie beside the project. */
public final class PathData {
  private static final Path FILE =
      Path.of("..", "..", "shared", "data", "channel-paths", "PathData.csv");

  private PathData() {}

  /** A path, what each of its conversions was worth, in cents, and how many didn't convert. */
  public record Line(List<String> channels, List<Long> cents, int unwon) {}

  public static boolean absent() {
    return !Files.exists(FILE);
  }

  public static List<Line> lines(int most) throws IOException {
    if (absent()) {
      return List.of();
    }
    try (var all = Files.lines(FILE)) {
      return all.skip(1).limit(most).map(PathData::line).toList();
    }
  }

  private static Line line(String text) {
    var fields = text.split(",");
    var cents = new BigDecimal(fields[2]).setScale(2, RoundingMode.HALF_EVEN).unscaledValue();
    return new Line(
        Arrays.stream(fields[0].split(">")).map(String::strip).toList(),
        evenly(cents.longValueExact(), Integer.parseInt(fields[1])),
        Integer.parseInt(fields[3]));
  }

  /** By the largest remainder: where all are equal, the first are given one more. */
  static List<Long> evenly(long cents, int parts) {
    var even = new ArrayList<Long>();
    for (int i = 0; i < parts; i++) {
      even.add(cents / parts + (i < cents % parts ? 1 : 0));
    }
    return even;
  }
}
