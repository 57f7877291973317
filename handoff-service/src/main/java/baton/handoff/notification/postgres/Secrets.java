package baton.handoff.notification.postgres;

import baton.chassis.seal.Seal;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Subscriptions' secrets as they are kept: sealed, each for its subscription. */
@ApplicationScoped
class Secrets {
  private final Seal seal;

  Secrets(Seal seal) {
    this.seal = seal;
  }

  Buffer closed(UUID subscriptionId, byte[] secret) {
    return Buffer.buffer(seal.close(secret, owner(subscriptionId)));
  }

  byte[] open(UUID subscriptionId, byte[] sealed) {
    return seal.open(sealed, owner(subscriptionId));
  }

  private static String owner(UUID subscriptionId) {
    return "subscription/" + subscriptionId;
  }
}
