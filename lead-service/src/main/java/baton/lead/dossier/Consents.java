package baton.lead.dossier;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** What leads agreed to and withdrew, with the evidence. */
public interface Consents {
  /** In the order in which it was said. */
  Uni<List<Agreed>> of(UUID leadId);
}
