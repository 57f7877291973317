package baton.chassis.hearing;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a parked record was heard, and by whom: its id. */
public record Place(String consumer, String topic, int partition, long offset) {
  private static final Pattern FORM =
      Pattern.compile("([^@]{1,100})@([a-z-]{1,60}):([0-9]{1,9}):([0-9]{1,18})");

  @Override
  public String toString() {
    return consumer + "@" + topic + ":" + partition + ":" + offset;
  }

  /** Nothing where it can't be the id of a parked record. */
  public static Optional<Place> read(String id) {
    var parts = FORM.matcher(id);
    return parts.matches()
        ? Optional.of(
            new Place(
                parts.group(1),
                parts.group(2),
                Integer.parseInt(parts.group(3)),
                Long.parseLong(parts.group(4))))
        : Optional.empty();
  }
}
