package baton.chassis.command;

import baton.chassis.problem.Faults;
import baton.contracts.ExternalId;
import org.jspecify.annotations.Nullable;

/** What another system calls something, as it is sent. */
public record NamedId(@Nullable String system, @Nullable String id) {
  /** The longest name that anything outside goes by, in characters. */
  public static final int LONGEST = 200;

  public void check(String pointer, Faults faults) {
    text(system, pointer + "/system", faults);
    text(id, pointer + "/id", faults);
  }

  private static void text(@Nullable String text, String pointer, Faults faults) {
    faults.require(text, pointer);
    faults.fits(text, LONGEST, pointer);
  }

  /** The name, once it is checked. */
  public ExternalId name() {
    return new ExternalId(String.valueOf(system), String.valueOf(id));
  }

  /** A lead is named by its id or by what another system calls it, and not by both. */
  public static void checkLead(
      @Nullable Object leadId, @Nullable NamedId leadExternalId, Faults faults) {
    if (leadId == null && leadExternalId == null) {
      faults.require(null, "/leadId");
    }
    if (leadId != null && leadExternalId != null) {
      faults.add("/leadExternalId", "must not be given beside leadId");
    }
    if (leadExternalId != null) {
      leadExternalId.check("/leadExternalId", faults);
    }
  }
}
