package baton.charter.scoring;

import baton.charter.expression.Touch;
import baton.contracts.TouchSeen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** Which of a lead's touches it is judged by, and which of them are shown. Oldest first. */
public final class Remembered {
  /** A lead that did one thing thousands of times scores by the last of them. */
  public static final int OF_EACH_KIND = 100;

  /** A pass is explained by its latest touches; more of them explain nothing more. */
  private static final int SHOWN = 100;

  private static final Comparator<Touch> OLDEST_FIRST =
      Comparator.comparing(Touch::at).thenComparing(Touch::touchId);

  private Remembered() {}

  /** Of each kind the latest. */
  public static List<Touch> of(Collection<Touch> touches) {
    var sorted = touches.stream().sorted(OLDEST_FIRST).toList();
    if (sorted.size() <= OF_EACH_KIND) {
      return sorted;
    }
    var counts = new HashMap<String, Integer>();
    var kept = new ArrayList<Touch>(sorted.size());
    for (var touch : sorted.reversed()) {
      if (counts.merge(touch.kind(), 1, Integer::sum) <= OF_EACH_KIND) {
        kept.add(touch);
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  /** As {@code lead-qualified} tells of them. */
  public static List<TouchSeen> shown(List<Touch> remembered) {
    return remembered.subList(Math.max(0, remembered.size() - SHOWN), remembered.size()).stream()
        .map(touch -> new TouchSeen(touch.touchId(), touch.kind(), touch.at()))
        .toList();
  }
}
