package baton.chassis.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
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

  /** Whether a text, if there is one, is as long as it may be, in characters; a fault if not. */
  public boolean fits(@Nullable String text, int longest, String pointer) {
    if (text == null || text.length() <= longest) {
      return true;
    }
    add(pointer, "must not be longer than " + longest + " characters");
    return false;
  }

  /** A word that isn't one of those allowed, which are named. */
  public void addUnknown(String pointer, Collection<String> allowed) {
    add(pointer, "must be one of " + String.join(", ", allowed));
  }

  /** The one of these that is spelled so; null and a fault where none is. */
  public <T> @Nullable T oneOf(
      T[] allowed, Function<T, String> spelling, @Nullable String word, String pointer) {
    for (var one : allowed) {
      if (spelling.apply(one).equals(word)) {
        return one;
      }
    }
    addUnknown(pointer, Arrays.stream(allowed).map(spelling).toList());
    return null;
  }

  /** The same, of a word that may be left out; null, and no fault, where it is. */
  public <T> @Nullable T oneOfIfGiven(
      T[] allowed, Function<T, String> spelling, @Nullable String word, String pointer) {
    return word == null ? null : oneOf(allowed, spelling, word, pointer);
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
