package baton.handoff.notification;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Where may be sent to. */
public interface Destinations {

  /** Why this address may not be sent to; nothing if it may. */
  Uni<Optional<String>> objection(String url);
}
