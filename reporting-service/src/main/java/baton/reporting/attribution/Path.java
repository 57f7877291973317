package baton.reporting.attribution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The touches up to a conversion, in order.
 *
 * @param creation which of them created the lead; null if none of these did
 * @param opportunity which was the last when sales verified the lead; null if that isn't known
 * @param end when it converted
 */
public record Path(
    List<Touch> touches, @Nullable Integer creation, @Nullable Integer opportunity, Instant end) {

  /** Without what is older than this at the conversion. */
  Path lookingBack(Duration atMost) {
    var oldest = end.minus(atMost);
    int gone = 0;
    while (gone < touches.size() && touches.get(gone).at().isBefore(oldest)) {
      gone++;
    }
    return gone == 0
        ? this
        : new Path(
            touches.subList(gone, touches.size()),
            less(creation, gone),
            less(opportunity, gone),
            end);
  }

  private static @Nullable Integer less(@Nullable Integer place, int gone) {
    return place == null || place < gone ? null : Integer.valueOf(place - gone);
  }
}
