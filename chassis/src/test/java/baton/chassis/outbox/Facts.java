package baton.chassis.outbox;

import baton.contracts.SalesStep;
import baton.contracts.SellerStep;
import java.time.Instant;
import java.util.UUID;

/** Facts to publish in tests. */
public final class Facts {
  private static final Instant SOME_TIME = Instant.parse("2026-11-22T09:00:00.123Z");

  private Facts() {}

  /** The {@code nth} thing that a seller did with this lead. */
  public static SalesStep fact(UUID lead, long nth) {
    return new SalesStep(
        lead, SOME_TIME, 0, new UUID(7, nth), nth, SellerStep.CONNECTED, null, null, null, null);
  }
}
