package baton.lead.dossier;

import baton.chassis.paging.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All leads. Deciding locks those a command is about, and keeps state and events or neither. */
public interface Leads {

  /** Decides captures in their order, in the transaction at hand. */
  Uni<List<Reply>> capture(SqlConnection tx, List<Capture> captures);

  /**
   * Captures those of whom nobody by any of their identities is known, in a transaction of its own;
   * a reply is null where the capture has to be decided with what is known. Nothing is kept of a
   * capture without a reply.
   */
  Uni<List<@Nullable Reply>> welcome(List<Capture> captures);

  /** Moves passes on, in the transaction at hand. */
  Uni<Void> advance(SqlConnection tx, List<Advance> advances);

  /**
   * Edits a lead whose revision matches; null when there is none by this id. An edit that makes it
   * ready opens the pass.
   */
  Uni<@Nullable Lead> edit(
      SqlConnection tx,
      UUID leadId,
      UUID passId,
      @Nullable String ifMatch,
      Function<Lead, Edited> edit,
      Instant at,
      @Nullable String traceparent);

  /** A lead as it is shown: of one that absorbed others, with what they say. */
  Uni<@Nullable Lead> find(UUID leadId);

  /** All that a lead is judged by; null when there is none by this id. */
  Uni<@Nullable Judged> judged(UUID leadId);

  Uni<Page<Lead>> search(Search search);

  /**
   * A lead, its touches after the first, and why its latest pass was opened: null of one that was
   * opened before that was kept.
   */
  record Judged(Lead lead, List<Touch> touches, @Nullable Frozen frozen) {}

  /** What to list; null asks for everything. */
  record Search(
      @Nullable Stage stage,
      @Nullable String source,
      @Nullable String campaign,
      @Nullable String persona,
      @Nullable Instant updatedSince,
      @Nullable String text,
      List<String> cursor,
      int limit) {}
}
