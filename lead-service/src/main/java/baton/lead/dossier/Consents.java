package baton.lead.dossier;

import baton.lead.identity.Identity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What leads agreed to and withdrew, with the evidence. */
public interface Consents {
  /** In the order in which it was said. */
  Uni<List<Agreed>> of(UUID leadId);

  /**
   * Keeps what somebody withdraws whom nobody knows, by digests alone: it holds for who appears by
   * one of these identities.
   */
  Uni<Void> withdraw(
      SqlConnection tx, List<Identity> identities, List<Withdrawal> withdrawals, Instant heardAt);

  /** Forgets what was withdrawn so by people who haven't appeared since; how many words of it. */
  Uni<Integer> forget(Instant heardBefore);
}
