package baton.infrastructure.telling;

import baton.contracts.ClockStep;
import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first step of a handoff, with nobody yet. */
public final class Stepped {
  private final UUID lead;
  private final UUID handoff;
  private final UUID pass;
  private int charterVersion;
  private long revision = 1;
  private @Nullable String seller;
  private @Nullable String team;
  private @Nullable String reason;
  private @Nullable String channel;
  private @Nullable String result;
  private List<ClockStep> clocks = List.of();
  private @Nullable String routing;

  private Stepped(UUID lead, UUID handoff, UUID pass) {
    this.lead = lead;
    this.handoff = handoff;
    this.pass = pass;
  }

  public static Stepped of(UUID lead, UUID handoff, UUID pass) {
    return new Stepped(lead, handoff, pass);
  }

  public Stepped under(int charterVersion) {
    this.charterVersion = charterVersion;
    return this;
  }

  public Stepped revision(long revision) {
    this.revision = revision;
    return this;
  }

  public Stepped with(@Nullable String seller) {
    return with(seller, null);
  }

  public Stepped with(@Nullable String seller, @Nullable String team) {
    this.seller = seller;
    this.team = team;
    return this;
  }

  public Stepped because(@Nullable String reason) {
    this.reason = reason;
    return this;
  }

  public Stepped by(@Nullable String channel) {
    return by(channel, null);
  }

  public Stepped by(@Nullable String channel, @Nullable String result) {
    this.channel = channel;
    this.result = result;
    return this;
  }

  public Stepped clocks(List<ClockStep> clocks) {
    this.clocks = clocks;
    return this;
  }

  public Stepped routed(@Nullable String why) {
    this.routing = why;
    return this;
  }

  public LeadHandoff to(HandoffStep step, Instant at) {
    return new LeadHandoff(
        lead,
        at,
        charterVersion,
        handoff,
        pass,
        revision,
        step,
        seller,
        team,
        reason,
        channel,
        result,
        clocks,
        routing);
  }
}
