package baton.reporting.funnel;

import baton.contracts.BreachStep;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadTouched;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.contracts.Side;
import baton.infrastructure.telling.Captured;
import baton.infrastructure.telling.Promised;
import baton.infrastructure.telling.Qualified;
import baton.infrastructure.telling.Stepped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One lead's life, told event by event; times are ISO. */
public final class Story {
  private static long ids;

  private final UUID lead = id();
  private final List<Event> events = new ArrayList<>();
  private UUID pass = id();
  private UUID handoff = id();
  private long revision;
  private String seller = "grace";

  private Story() {}

  public static Story captured(String at) {
    return captured(at, "google", null);
  }

  public static Story captured(String at, @Nullable String source, @Nullable String tier) {
    var story = new Story();
    story.events.add(
        Captured.of(story.lead, Instant.parse(at))
            .under(1)
            .touch(id())
            .from(source)
            .as(null, tier)
            .told());
    return story;
  }

  public UUID lead() {
    return lead;
  }

  public List<Event> events() {
    return List.copyOf(events);
  }

  public Story touched(String at) {
    events.add(
        new LeadTouched(
            lead, Instant.parse(at), 1, id(), "visit", null, null, null, "Direct", null, Map.of()));
    return this;
  }

  /** Another pass begins. */
  public Story qualified(String at) {
    return qualified(at, null);
  }

  public Story qualified(String at, @Nullable String score) {
    pass = id();
    handoff = id();
    revision = 0;
    events.add(
        Qualified.of(lead, Instant.parse(at), pass)
            .under(1)
            .scored(score == null ? null : new BigDecimal(score))
            .told());
    return this;
  }

  public Story offered(String at) {
    return step(HandoffStep.OFFERED, at, null);
  }

  /** Offered under a promise. */
  public Story offered(String at, String clause, String due) {
    return step(
        HandoffStep.OFFERED,
        at,
        null,
        List.of(new ClockStep(clause, ClockChange.STARTED, Instant.parse(due))));
  }

  public Story reassigned(String at, String to) {
    seller = to;
    return step(HandoffStep.REASSIGNED, at, null);
  }

  public Story attempted(String at) {
    return step(HandoffStep.ATTEMPTED, at, null);
  }

  public Story connected(String at) {
    return step(HandoffStep.CONNECTED, at, null);
  }

  public Story accepted(String at) {
    return step(HandoffStep.ACCEPTED, at, null);
  }

  public Story deemedAccepted(String at) {
    return step(HandoffStep.DEEMED_ACCEPTED, at, null);
  }

  public Story verified(String at) {
    return step(HandoffStep.QUALIFIED, at, null);
  }

  public Story rejected(String at, @Nullable String reason) {
    return step(HandoffStep.REJECTED, at, reason);
  }

  public Story returned(String at, String reason) {
    return step(HandoffStep.RETURNED, at, reason);
  }

  private Story step(HandoffStep step, String at, @Nullable String reason) {
    return step(step, at, reason, List.of());
  }

  private Story step(HandoffStep step, String at, @Nullable String reason, List<ClockStep> clocks) {
    events.add(
        Stepped.of(lead, handoff, pass)
            .under(1)
            .revision(++revision)
            .with(seller, "north")
            .because(reason)
            .by("phone")
            .clocks(clocks)
            .to(step, Instant.parse(at)));
    return this;
  }

  public Story won(String at, @Nullable String amount, String currency) {
    return became(OutcomeResult.WON, at, amount, currency, null);
  }

  public Story lost(String at, @Nullable String amount, String currency) {
    return became(OutcomeResult.LOST, at, amount, currency, null);
  }

  public Story opportunity(String at, String amount, String currency, String close) {
    return became(OutcomeResult.OPPORTUNITY, at, amount, currency, LocalDate.parse(close));
  }

  private Story became(
      OutcomeResult result,
      String at,
      @Nullable String amount,
      String currency,
      @Nullable LocalDate close) {
    events.add(
        new LeadOutcome(
            lead,
            Instant.parse(at),
            1,
            id(),
            1,
            null,
            result,
            amount == null ? null : new Money(new BigDecimal(amount), currency),
            close,
            null,
            seller,
            null,
            List.of()));
    return this;
  }

  public Story rated(String at, int rating, String... reasons) {
    events.add(
        new LeadFeedback(
            lead,
            Instant.parse(at),
            1,
            id(),
            1,
            pass,
            handoff,
            rating,
            List.of(reasons),
            List.of(),
            List.of(),
            seller));
    return this;
  }

  public Story met(String clause, String started, String due) {
    events.add(promised(clause, started, due).kept(id(), Instant.parse(due)));
    return this;
  }

  public Story breached(String clause, String started, String due) {
    return breached(clause, started, due, false);
  }

  public Story breached(String clause, String started, String due, boolean excused) {
    var breach = id();
    var promised = promised(clause, started, due);
    for (var step :
        excused
            ? List.of(BreachStep.BREACHED, BreachStep.DISPUTED, BreachStep.EXCUSED)
            : List.of(BreachStep.BREACHED)) {
      events.add(promised.broken(breach, step.ordinal() + 1L, step, Instant.parse(due)));
    }
    return this;
  }

  private Promised promised(String clause, String started, String due) {
    return Promised.in(clause, Side.SALES, Instant.parse(started), Instant.parse(due))
        .under(1)
        .of(lead, handoff, pass)
        .by(seller, "north");
  }

  private static synchronized UUID id() {
    return new UUID(0x7000L, 0x8000000000000000L | ++ids);
  }
}
