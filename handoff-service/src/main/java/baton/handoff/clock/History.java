package baton.handoff.clock;

import baton.charter.clause.Clock.OwnerChange;
import baton.charter.clause.Deed;
import java.util.List;

/** What was done about a handoff or a request, and who came to owe it. */
public record History(List<Deed> deeds, List<OwnerChange> owners) {
  public static final History NONE = new History(List.of(), List.of());

  public History {
    deeds = List.copyOf(deeds);
    owners = List.copyOf(owners);
  }
}
