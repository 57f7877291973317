package baton.reporting.attribution;

import static java.util.Objects.requireNonNull;

import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.infrastructure.telling.Captured;
import baton.infrastructure.telling.Qualified;
import baton.infrastructure.telling.Stepped;
import baton.reporting.journey.Journey;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is told of leads, in few words. */
public final class Told {
  private Told() {}

  public static UUID id(long number) {
    return new UUID(0x7000L, 0x8000000000000000L | number);
  }

  public static LeadCaptured captured(UUID lead, long touch, String channel, Instant at) {
    return captured(lead, touch, new Whence("from " + channel, null, channel, null), at);
  }

  public static LeadCaptured captured(UUID lead, long touch, Whence whence, Instant at) {
    return captured(lead, touch, whence, Map.of(), at);
  }

  public static LeadCaptured captured(
      UUID lead, long touch, Map<String, JsonNode> attributes, Instant at) {
    return captured(lead, touch, new Whence(null, null, "Direct", null), attributes, at);
  }

  private static LeadCaptured captured(
      UUID lead, long touch, Whence whence, Map<String, JsonNode> attributes, Instant at) {
    return Captured.of(lead, at)
        .touch(id(touch))
        .from(whence.source())
        .through(requireNonNull(whence.channel()), whence.medium(), whence.campaign())
        .attributes(attributes)
        .told();
  }

  public static LeadTouched touched(UUID lead, long touch, String channel, Instant at) {
    return new LeadTouched(
        lead, at, 0, id(touch), "visit", null, "from " + channel, null, channel, null, Map.of());
  }

  public static LeadQualified qualified(
      UUID lead, long pass, @Nullable String persona, @Nullable String tier, Instant at) {
    return Qualified.of(lead, at, id(pass)).as(persona, tier).told();
  }

  public static LeadHandoff verified(UUID lead, long pass, Instant at) {
    return step(lead, pass + 500, pass, 1, HandoffStep.QUALIFIED, at, null);
  }

  public static LeadHandoff step(
      UUID lead,
      long handoff,
      long pass,
      long revision,
      HandoffStep step,
      Instant at,
      @Nullable String reason) {
    return Stepped.of(lead, id(handoff), id(pass))
        .revision(revision)
        .with("grace", "north")
        .because(reason)
        .to(step, at);
  }

  public static LeadOutcome outcome(
      UUID lead, long outcome, OutcomeResult result, Instant at, @Nullable String euros) {
    return outcome(lead, id(outcome), result, at, euros);
  }

  public static LeadOutcome outcome(
      UUID lead, UUID outcome, OutcomeResult result, Instant at, @Nullable String euros) {
    return outcome(
        lead, outcome, result, euros == null ? null : new Money(new BigDecimal(euros), "EUR"), at);
  }

  public static LeadOutcome outcome(
      UUID lead, UUID outcome, OutcomeResult result, @Nullable Money amount, Instant at) {
    return outcome(lead, outcome, 1, result, amount, at);
  }

  public static LeadOutcome outcome(
      UUID lead,
      UUID outcome,
      long revision,
      OutcomeResult result,
      @Nullable Money amount,
      Instant at) {
    return new LeadOutcome(
        lead, at, 0, outcome, revision, null, result, amount, null, null, "grace", null, List.of());
  }

  public static Journey journey(List<? extends Event> events) {
    var journey = Journey.UNTRAVELLED;
    for (var event : events) {
      journey = journey.with(event);
    }
    return journey;
  }
}
