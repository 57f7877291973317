package baton.chassis.problem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects every bad field of a command, so that its sender hears of all of them at once. */
public final class Faults {
  /** More than these help nobody; the rest is summed up in one. */
  private static final int AT_MOST = 100;

  private final List<Fault> faults = new ArrayList<>();
  private int left;

  /** A field is named once: what was found out first says why it isn't right. */
  public void add(String pointer, String detail) {
    if (isNamed(pointer)) {
      return;
    }
    if (faults.size() < AT_MOST) {
      faults.add(new Fault(pointer, detail));
    } else {
      left++;
    }
  }

  /** A field that is there but couldn't be read has its fault already. */
  public void require(@Nullable Object value, String pointer) {
    boolean missing = value == null || value instanceof String text && text.isBlank();
    if (missing) {
      add(pointer, "is required");
    }
  }

  private boolean isNamed(String pointer) {
    return !pointer.isEmpty() && faults.stream().anyMatch(fault -> fault.pointer().equals(pointer));
  }

  public boolean any() {
    return !faults.isEmpty();
  }

  public List<Fault> list() {
    if (left == 0) {
      return List.copyOf(faults);
    }
    var all = new ArrayList<>(faults);
    all.add(new Fault("", left + " more fields are not right"));
    return List.copyOf(all);
  }

  public void throwIfAny() {
    if (any()) {
      throw Problem.invalid(list());
    }
  }
}
