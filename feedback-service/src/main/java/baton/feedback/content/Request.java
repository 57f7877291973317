package baton.feedback.content;

import baton.contracts.ContentRequest;
import baton.contracts.RequestStep;
import baton.contracts.Side;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sales wants material about, and how far it got.
 *
 * <pre>
 * requested ──▶ accepted ──▶ delivered ──▶ confirmed
 *     │ └──────────│────────────▲
 *     └────────────┴──▶ declined
 * </pre>
 *
 * @param note what sales wrote, and {@code reply} what marketing answered: both stay here
 */
public record Request(
    UUID requestId,
    long revision,
    RequestStep state,
    Instant since,
    int charterVersion,
    Instant requestedAt,
    @Nullable String objection,
    @Nullable String painPoint,
    @Nullable String persona,
    @Nullable String note,
    @Nullable String reply,
    @Nullable String sellerId) {

  /**
   * A step somebody takes; without a reply of his own the last one stands.
   *
   * @param isDated whether he said when; else it is the moment at which he was heard
   */
  public record Answer(
      RequestStep step, @Nullable String reply, Instant at, boolean isDated, int charterVersion) {}

  /** What an answer makes of a request. */
  public sealed interface Verdict {
    record Moved(Request request) implements Verdict {}

    record Refused(String why, RequestStep state) implements Verdict {}

    /** Nothing is answered before it is asked. */
    record TooEarly(Instant since) implements Verdict {}
  }

  /** Which side takes a step. */
  public static Side takenBy(RequestStep step) {
    return switch (step) {
      case REQUESTED, CONFIRMED -> Side.SALES;
      case ACCEPTED, DELIVERED, DECLINED -> Side.MARKETING;
    };
  }

  public Verdict answered(Answer answer) {
    if (!next().contains(answer.step())) {
      return new Verdict.Refused(
          "a request that is %s can't become %s".formatted(state.word(), answer.step().word()),
          state);
    }
    var isEarly = answer.at().isBefore(since);
    if (isEarly && answer.isDated()) {
      return new Verdict.TooEarly(since);
    }
    return new Verdict.Moved(
        new Request(
            requestId,
            revision + 1,
            answer.step(),
            isEarly ? since : answer.at(),
            isEarly ? charterVersion : answer.charterVersion(),
            requestedAt,
            objection,
            painPoint,
            persona,
            note,
            answer.reply() == null ? reply : answer.reply(),
            sellerId));
  }

  private Set<RequestStep> next() {
    return switch (state) {
      case REQUESTED ->
          EnumSet.of(RequestStep.ACCEPTED, RequestStep.DELIVERED, RequestStep.DECLINED);
      case ACCEPTED -> EnumSet.of(RequestStep.DELIVERED, RequestStep.DECLINED);
      case DELIVERED -> EnumSet.of(RequestStep.CONFIRMED);
      case CONFIRMED, DECLINED -> Set.of();
    };
  }

  /** What is published of its last step. */
  public ContentRequest fact() {
    return new ContentRequest(
        requestId, since, charterVersion, revision, state, objection, painPoint, persona);
  }
}
