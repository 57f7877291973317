package baton.lead.connector;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What visitors did whom nobody knows yet: for a while, and of each only so much. */
public interface Visits {
  /** A visit of somebody who is known by now. */
  record Met(Visit visit, UUID leadId) {}

  /** Where a look at them all went on to; null where it came to their end. */
  record Looked(List<Met> met, @Nullable Place next) {}

  /** Between visits, in the order of a look. */
  record Place(UUID visitor, UUID toldAs) {
    public static final Place BEGIN = new Place(new UUID(0, 0), new UUID(0, 0));
  }

  /** Keeps one; the same again changes nothing. */
  Uni<Void> keep(Visit visit);

  /** Those of whom somebody is known, by what is kept under these ids. */
  Uni<List<Met>> of(List<UUID> visitors);

  /** Those of whom somebody is known, among the next few. */
  Uni<Looked> look(Place after);

  Uni<Void> forget(Visit visit);
}
