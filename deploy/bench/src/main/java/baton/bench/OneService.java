package baton.bench;

import baton.infrastructure.Topics;
import baton.local.stack.Checkout;
import baton.local.stack.Part;
import baton.local.stack.Stack;
import java.nio.file.Path;

/** A stack of one service, with a PostgreSQL and a Kafka of its own. */
final class OneService {
  static final int PARTITIONS = 4;

  private OneService() {}

  /** Ready when this returns; nothing is left running where it fails. */
  static Stack start(Part service, Path folder, int portBase) {
    var stack = Stack.in(Checkout.here(), folder, portBase);
    try {
      stack.start(Part.POSTGRES);
      stack.start(Part.KAFKA);
      new Topics(stack.bootstrapServers()).create(PARTITIONS);
      stack.start(service);
      stack.awaitReady(service);
      return stack;
    } catch (RuntimeException failed) {
      stack.down(_ -> {});
      throw failed;
    }
  }
}
