package baton.chassis.audit;

import baton.chassis.trace.Trace;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** The log of administrative acts, for those who write through Hibernate Reactive. */
@ApplicationScoped
public class SessionAudit {
  private static final String NOTE =
      """
      INSERT INTO audit (at, caller, role, act, subject, details, traceparent)
      VALUES (cast(cast(:at AS text) AS timestamptz), :caller, :role, :act, :subject, :details,
        nullif(cast(:traceparent AS text), ''))
      """;

  private final Trace trace;
  private final InstantSource clock;

  SessionAudit(Trace trace, InstantSource clock) {
    this.trace = trace;
    this.clock = clock;
  }

  /** As {@link Audit#note}, in the session's transaction. */
  public Uni<Void> note(
      Mutiny.Session session, String act, String subject, Map<String, ?> details) {
    var actor = Actor.ofThisWork();
    var traceparent = trace.current();
    return session
        .createNativeMutationQuery(NOTE)
        .setParameter("at", clock.instant().toString())
        .setParameter("caller", actor.caller())
        .setParameter("role", actor.role())
        .setParameter("act", act)
        .setParameter("subject", subject)
        .setParameter("details", Audit.json(details))
        .setParameter("traceparent", traceparent == null ? "" : traceparent)
        .executeUpdate()
        .replaceWithVoid();
  }
}
