package baton.reporting.fold;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Until when everything that Baton learned is counted. */
public interface Watermark {

  /** Empty while nobody has read a partition to its end yet. */
  Uni<Optional<Instant>> completeTo();
}
