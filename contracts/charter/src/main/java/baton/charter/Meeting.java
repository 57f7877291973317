package baton.charter;

import java.time.DayOfWeek;
import java.time.LocalTime;

/** When both sides meet, and how many of each must be there. */
public record Meeting(Every every, DayOfWeek day, LocalTime at, int marketing, int sales) {
  public enum Every {
    WEEK,
    FORTNIGHT,
    MONTH;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
