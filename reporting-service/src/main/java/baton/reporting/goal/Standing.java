package baton.reporting.goal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the goals of a charter stand, each with what it is made of. */
public record Standing(
    int charterVersion,
    ZoneId zone,
    Instant asOf,
    @Nullable Instant completeTo,
    List<Branch> goals) {
  /** A goal and what it is made of. */
  public record Branch(Progress progress, List<Branch> children) {
    public Branch {
      children = List.copyOf(children);
    }
  }

  /** A goal and the one it belongs to, if any. */
  public record Placed(Progress progress, @Nullable String parent) {}

  public Standing {
    goals = List.copyOf(goals);
  }

  /** The day it is told of, in the charter's zone. */
  public LocalDate day() {
    return LocalDate.ofInstant(asOf, zone);
  }

  /** Every goal, after the one it belongs to. */
  public List<Placed> placed() {
    var placed = new ArrayList<Placed>();
    place(goals, null, placed);
    return placed;
  }

  private static void place(List<Branch> goals, @Nullable String parent, List<Placed> into) {
    for (var goal : goals) {
      into.add(new Placed(goal.progress(), parent));
      place(goal.children(), goal.progress().goal().id(), into);
    }
  }
}
