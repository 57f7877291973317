package baton.lead.stream;

import baton.chassis.idempotency.Answer;
import baton.lead.dossier.Reply.Outcome;
import baton.lead.dossier.Reply.Taken;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a sender is told of a capture or touch, as the lead stood by it; {@code line} and {@code
 * status} stand in a stream's answers only.
 */
public record Told(
    @Nullable Long line,
    @Nullable Integer status,
    @Nullable UUID touchId,
    UUID leadId,
    String outcome,
    String stage,
    @Nullable BigDecimal score,
    @Nullable String persona) {
  private static final int CREATED = 201;
  private static final int OK = 200;

  /** How captures are told, and how touches are. */
  public enum About {
    LEAD,
    TOUCH;

    /** A new lead is created by a capture, a new touch by a touch. */
    public int status(Taken taken) {
      return taken.outcome() == Outcome.CAPTURED
              || (this == TOUCH && taken.outcome() == Outcome.RECOGNISED)
          ? CREATED
          : OK;
    }

    public Told told(Taken taken) {
      return told(null, null, taken);
    }

    private Told told(@Nullable Long line, @Nullable Integer status, Taken taken) {
      var standing = taken.lead().standing();
      return new Told(
          line,
          status,
          this == TOUCH ? taken.touchId() : null,
          taken.lead().leadId(),
          taken.outcome().word(),
          taken.lead().stage().word(),
          standing == null ? null : standing.score(),
          standing == null ? null : standing.persona());
    }

    Answer line(long number, Taken taken) {
      return Answer.json(status(taken), told(number, status(taken), taken));
    }
  }
}
