package baton.chassis.webhook;

import baton.chassis.problem.Faults;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The secrets by which a tool's deliveries are proven: one, or two while one is being changed. */
public final class Secrets {
  private static final int SHORTEST = 8;
  private static final int LONGEST = 500;

  private Secrets() {}

  /** Those that are right; the others are named. */
  public static List<String> read(
      @Nullable List<@Nullable String> given, String pointer, Faults faults) {
    var secrets = new ArrayList<String>();
    for (int i = 0; given != null && i < given.size(); i++) {
      var secret = given.get(i);
      if (secret == null || secret.strip().length() < SHORTEST || secret.length() > LONGEST) {
        faults.add(pointer + "/" + i, "must have %d to %d characters".formatted(SHORTEST, LONGEST));
      } else {
        secrets.add(secret);
      }
    }
    if (secrets.size() > 2) {
      faults.add(pointer, "must be one, or two while one is being changed");
    }
    return secrets;
  }
}
