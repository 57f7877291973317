package baton.feedback.outcome;

import org.jspecify.annotations.Nullable;

/** Who tells: a seller speaks for himself, everybody else ({@code sellerId} null) for any. */
public record Teller(@Nullable String sellerId) {
  public static final Teller FOR_ANY = new Teller(null);

  /** Whether an outcome is one the teller may see and correct. */
  public boolean knows(Told told) {
    return sellerId == null || sellerId.equals(told.sellerId());
  }
}
