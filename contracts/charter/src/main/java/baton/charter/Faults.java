package baton.charter;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that an author hears of all of it at once. */
final class Faults {
  /** More than these help nobody; the rest is summed up in one. */
  private static final int AT_MOST = 200;

  private final List<Fault> faults = new ArrayList<>();
  private int left;

  void add(String pointer, String detail) {
    if (faults.size() < AT_MOST) {
      faults.add(new Fault(pointer, detail));
    } else {
      left++;
    }
  }

  boolean any() {
    return !faults.isEmpty();
  }

  List<Fault> list() {
    var all = new ArrayList<>(faults);
    if (left > 0) {
      all.add(new Fault("", left + " more things are not right"));
    }
    return all;
  }
}
