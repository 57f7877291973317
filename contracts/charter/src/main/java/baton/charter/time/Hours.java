package baton.charter.time;

import java.util.regex.Pattern;

/**
 * Open from one time of day to another, in minutes of the same day; {@code until} is after {@code
 * from} and at most 24:00. A shift that crosses midnight is two of them, on two days.
 */
public record Hours(int from, int until) {
  private static final int MIDNIGHT = 24 * 60;
  private static final Pattern WRITTEN =
      Pattern.compile("([01]\\d|2[0-4]):([0-5]\\d)-([01]\\d|2[0-4]):([0-5]\\d)");

  public Hours {
    if (from < 0 || until > MIDNIGHT) {
      throw new IllegalArgumentException("hours lie between 00:00 and 24:00");
    }
    if (until <= from) {
      throw new IllegalArgumentException(
          "hours end after they begin; a shift across midnight is written as two,"
              + " until 24:00 and from 00:00 of the next day");
    }
  }

  /** Reads {@code 09:00-12:30}. */
  public static Hours of(String written) {
    var parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      throw new IllegalArgumentException("hours are written as 09:00-12:30");
    }
    return new Hours(
        minutes(parts.group(1), parts.group(2)), minutes(parts.group(3), parts.group(4)));
  }

  private static int minutes(String hour, String minute) {
    return Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
  }

  @Override
  public String toString() {
    return "%02d:%02d-%02d:%02d".formatted(from / 60, from % 60, until / 60, until % 60);
  }
}
