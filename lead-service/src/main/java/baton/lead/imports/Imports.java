package baton.lead.imports;

import baton.lead.imports.Import.Progress;
import baton.lead.imports.Import.State;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files that were sent. Whoever works on one has it for a minute from the last word of it, so
 * that another goes on with what a crash left.
 */
public interface Imports {
  /**
   * A row that was refused: its cells, or as much of the line as could be read, and why.
   *
   * @param about by what whom it tells of is recognised
   */
  record Reject(long line, List<String> reasons, List<String> cells, Set<UUID> about) {}

  /** What became of a lead when its import was undone: kept where others know it. */
  record Outcome(UUID leadId, boolean retracted) {}

  Uni<Void> open(Import job);

  Uni<Void> keep(UUID importId, int number, byte[] piece);

  /** All of it is here. */
  Uni<Void> received(UUID importId, long bytes);

  /** What was never received whole. */
  Uni<Void> forget(UUID importId);

  Uni<Optional<Import>> find(UUID importId);

  /** The newest first. */
  Uni<List<Import>> list(@Nullable UUID before, int limit);

  /** One to work on, which nobody else gets meanwhile. */
  Uni<Optional<Import>> take(UUID worker);

  /** Leaves it to whoever takes it next. */
  Uni<Void> leave(UUID importId, UUID worker);

  Uni<Optional<byte[]>> piece(UUID importId, int number);

  /** Keeps how far it is; the state it is in now, or none where somebody else works on it. */
  Uni<Optional<State>> progress(
      UUID importId, UUID worker, Progress progress, List<Reject> rejects);

  /** Ends the work on it; false where it is asked for something else meanwhile. */
  Uni<Boolean> finish(UUID importId, UUID worker, State end, @Nullable String problem);

  /** By what those are recognised who were erased since the file came and while it isn't done. */
  Uni<Set<UUID>> erased(UUID importId);

  /** Without whom they tell of: nobody needs that to mend them. */
  Uni<List<Reject>> rejects(UUID importId, long afterLine, int limit);

  /** Asks for it to be undone; as it is then, or none where there is no such, or it isn't here. */
  Uni<Optional<Import>> undo(UUID importId);

  /** Undoes the next leads; whether there may be more. */
  Uni<Boolean> undoNext(Import job, UUID worker, int limit, Instant at);

  /** What became of the leads of an import that is undone, by their ids. */
  Uni<List<Outcome>> undone(UUID importId, @Nullable UUID after, int limit);
}
