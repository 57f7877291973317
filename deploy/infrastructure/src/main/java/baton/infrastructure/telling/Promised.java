package baton.infrastructure.telling;

import baton.contracts.BreachStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one side promised in a clause, until it is kept or broken. */
public final class Promised {
  private static final String TZDB = "2026a";

  private final String clause;
  private final Side side;
  private final Instant started;
  private final Instant due;
  private int charterVersion;
  private @Nullable UUID lead;
  private @Nullable UUID handoff;
  private @Nullable UUID pass;
  private @Nullable String seller;
  private @Nullable String team;

  private Promised(String clause, Side side, Instant started, Instant due) {
    this.clause = clause;
    this.side = side;
    this.started = started;
    this.due = due;
  }

  public static Promised in(String clause, Side side, Instant started, Instant due) {
    return new Promised(clause, side, started, due);
  }

  public Promised under(int charterVersion) {
    this.charterVersion = charterVersion;
    return this;
  }

  public Promised of(UUID lead, @Nullable UUID handoff, @Nullable UUID pass) {
    this.lead = lead;
    this.handoff = handoff;
    this.pass = pass;
    return this;
  }

  public Promised by(@Nullable String seller, @Nullable String team) {
    this.seller = seller;
    this.team = team;
    return this;
  }

  public SlaMet kept(UUID verdict, Instant at) {
    return new SlaMet(
        lead,
        at,
        charterVersion,
        verdict,
        clause,
        side,
        seller,
        team,
        handoff,
        pass,
        started,
        due,
        at,
        TZDB);
  }

  /** It was broken when it was due; {@code at} is when this step of the breach was taken. */
  public SlaBreach broken(UUID breach, long revision, BreachStep step, Instant at) {
    return new SlaBreach(
        lead,
        at,
        charterVersion,
        breach,
        revision,
        step,
        clause,
        side,
        seller,
        team,
        handoff,
        pass,
        started,
        due,
        due,
        TZDB,
        null,
        List.of());
  }
}
