package baton.feedback.crm;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The CRMs that send here. */
public interface Connectors {
  /** As it was set up last. */
  Uni<Optional<Connector>> find(String connectorId);

  /** By their ids. */
  Uni<List<Connector>> list(@Nullable String after, int limit);

  /** Sets it up anew under its next version, which is answered; none where its kind is another. */
  Uni<Optional<Connector>> setUp(Connector connector);
}
