package baton.chassis.clock;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What is asked again and again. */
public final class Ticks {
  private Ticks() {}

  /**
   * Asks once per tick, and not while an answer is out: ticks that come meanwhile are left out. A
   * failure ends it, so whoever asks answers for his own.
   */
  public static <T> Cancellable ask(
      Duration every, Supplier<Uni<T>> question, Consumer<T> answered, Consumer<Throwable> ended) {
    return Multi.createFrom()
        .ticks()
        .every(every)
        .onOverflow()
        .drop()
        .onItem()
        .transformToUniAndConcatenate(_ -> question.get())
        .subscribe()
        .with(answered, ended);
  }
}
