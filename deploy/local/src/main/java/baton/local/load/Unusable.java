package baton.local.load;

import baton.chassis.problem.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** A mapping or a file that can't be used, and why. */
public final class Unusable extends Exception {
  private static final long serialVersionUID = 1;

  Unusable(String why) {
    super(why);
  }

  static Unusable of(Object what, List<Fault> faults) {
    return new Unusable(
        faults.stream()
            .map(fault -> fault.pointer() + " " + fault.detail())
            .collect(Collectors.joining("; ", what + ": ", "")));
  }
}
