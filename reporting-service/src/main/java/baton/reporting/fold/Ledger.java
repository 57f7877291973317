package baton.reporting.fold;

import baton.reporting.journey.Journey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where journeys, cells and offsets are kept in step. Every call waits for the database: it belongs
 * on the fold's own threads.
 */
public interface Ledger {

  /** Which generation is read, and which is being built. */
  record State(
      int live, int liveRules, @Nullable Integer building, @Nullable Integer buildingRules) {}

  /** A partition as it was last left. */
  record Standing(long version, @Nullable Instant completeTo, Map<String, Long> next) {}

  /** Everything that Baton learned until then is counted in that version of the partition. */
  record Mark(int partition, long version, Instant completeTo) {}

  /** What became of a batch. */
  sealed interface Kept {
    /** It counts; these journeys know more now. */
    record Counted(Map<UUID, Journey> journeys) implements Kept {}

    /** Nothing of it counts: another was here since this one last looked. */
    record Overtaken() implements Kept {}
  }

  /** A batch that the database refuses for what is in it, and would refuse again. */
  final class Unkeepable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unkeepable(String why) {
      super(why, null, false, false);
    }
  }

  State state();

  /**
   * Where these partitions stand; one that is new begins here, at the first offset.
   *
   * @param partitions how many there are in all: those that nobody reads yet are incomplete, not
   *     unknown
   */
  SortedMap<Integer, Standing> standing(
      int generation, int partitions, Map<Integer, Set<String>> topics);

  /**
   * Folds the batch into the journeys and moves the offsets, all or nothing.
   *
   * @param remembered journeys of these partitions that need not be read again
   */
  Kept keep(Batch batch, Map<UUID, Journey> remembered);

  /** Says until when partitions are complete, where not overtaken. */
  void complete(int generation, List<Mark> marks);

  /** How far the generation being built has come, in records of those that live. */
  record Progress(State state, long folded, long of, Instant since) {}

  Progress progress();

  /** Begins to build the next generation; false if one is being built. */
  boolean rebuild(int rules);

  /** Makes the generation that is being built the one that is read, if it has come as far. */
  boolean flip(int building);
}
