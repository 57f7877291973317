package baton.charter.clause;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that a side did about a handoff or a request; a channel where it was an attempt. */
public record Deed(Kind kind, Instant at, @Nullable String channel) {
  public enum Kind {
    ASSIGNED,
    ACCEPTED,
    REJECTED,
    ATTEMPTED,
    CONNECTED,
    QUALIFIED,
    RETURNED,
    OUTCOME,
    RATED,
    REASONED,
    DELIVERED,
    DECLINED,
    CLOSED;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static Deed of(Kind kind, Instant at) {
    return new Deed(kind, at, null);
  }

  public static Deed attempt(String channel, Instant at) {
    return new Deed(Kind.ATTEMPTED, at, channel);
  }

  String words() {
    return channel == null ? kind.word() : kind.word() + " by " + channel;
  }
}
