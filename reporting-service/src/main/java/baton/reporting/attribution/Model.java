package baton.reporting.attribution;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How credit is shared out among touches. */
public sealed interface Model {
  /** Of a touch's weight, unless another is asked for. */
  Duration USUAL_HALF_LIFE = Duration.ofDays(7);

  /** Its name in a request and an answer. */
  String word();

  /** All names, in the order in which reports list them. */
  static List<String> words() {
    return Stream.concat(
            Arrays.stream(Placed.values()).map(Placed::word),
            Stream.of(TimeDecay.WORD, Markov.WORD))
        .toList();
  }

  static Optional<Model> named(String word, Duration halfLife) {
    return switch (word) {
      case TimeDecay.WORD -> Optional.of(new TimeDecay(halfLife));
      case Markov.WORD -> Optional.of(new Markov());
      default ->
          Arrays.stream(Placed.values())
              .filter(model -> model.word().equals(word))
              .<Model>map(model -> model)
              .findFirst();
    };
  }

  /** A model that looks at one path at a time. */
  sealed interface Weighing extends Model {
    /** How much each touch weighs against the others; the path has touches, and one weighs. */
    long[] weights(Path path);
  }

  /**
   * Models that look at the place of a touch. Milestones have weights of their own, the touches
   * between share one; what isn't there weighs nothing, so that the rest is left in proportion.
   */
  enum Placed implements Weighing {
    FIRST {
      @Override
      public long[] weights(Path path) {
        return shared(path, 1, 0, 0);
      }
    },
    LAST {
      @Override
      public long[] weights(Path path) {
        return shared(path, 1, 0, last(path));
      }
    },
    LAST_NON_DIRECT {
      @Override
      public long[] weights(Path path) {
        int last = last(path);
        while (last > 0 && path.touches().get(last).whence().direct()) {
          last--;
        }
        boolean onlyDirect = path.touches().get(last).whence().direct();
        return shared(path, 1, 0, onlyDirect ? last(path) : last);
      }
    },
    LINEAR {
      @Override
      public long[] weights(Path path) {
        return shared(path, 0, 1);
      }
    },
    U_50_50 {
      @Override
      public long[] weights(Path path) {
        return shared(path, 50, 0, 0, path.creation());
      }
    },
    POSITION_40_20_40 {
      @Override
      public long[] weights(Path path) {
        return shared(path, 40, 20, 0, last(path));
      }
    },
    W_SHAPED {
      @Override
      public long[] weights(Path path) {
        return shared(path, 30, 10, 0, path.creation(), path.opportunity());
      }
    },
    FULL_PATH {
      @Override
      public long[] weights(Path path) {
        return shared(path, 225, 100, 0, path.creation(), path.opportunity(), last(path));
      }
    };

    @Override
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int last(Path path) {
      return path.touches().size() - 1;
    }

    /**
     * @param milestone the weight of each milestone
     * @param between the weight of all touches together that are none
     */
    private static long[] shared(
        Path path, long milestone, long between, @Nullable Integer... milestones) {
      var weights = new long[path.touches().size()];
      for (var place : milestones) {
        if (place != null) {
          weights[place] += milestone;
        }
      }
      long others = Arrays.stream(weights).filter(weight -> weight == 0).count();
      if (between > 0 && others > 0) {
        for (int i = 0; i < weights.length; i++) {
          weights[i] = weights[i] == 0 ? between : weights[i] * others;
        }
      }
      return weights;
    }
  }

  /** A touch one half-life older weighs half as much. */
  record TimeDecay(Duration halfLife) implements Weighing {
    static final String WORD = "time-decay";

    /** The youngest touch's. A million of them still add up. */
    private static final double MOST = 1L << 40;

    @Override
    public String word() {
      return WORD;
    }

    @Override
    public long[] weights(Path path) {
      var youngest = path.touches().getLast().at();
      return path.touches().stream()
          .mapToDouble(touch -> Duration.between(touch.at(), youngest).toMillis())
          .mapToLong(age -> Math.round(MOST * StrictMath.pow(2, -age / halfLife.toMillis())))
          .toArray();
    }
  }

  /** A channel is owed what would be lost without it, over all paths that won and that didn't. */
  record Markov() implements Model {
    static final String WORD = "markov";

    @Override
    public String word() {
      return WORD;
    }
  }
}
