package baton.local.progress;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** One long step of known length. */
public final class Progress implements AutoCloseable {
  private static final int PARTS = 4;

  private final String step;
  private final long of;
  private final PrintStream out;
  private final long started = System.nanoTime();
  private final AtomicLong done = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable ProgressBar bar;

  public Progress(String step, long of, PrintStream out) {
    this.step = step;
    this.of = of;
    this.out = out;
    var console = System.console();
    this.bar =
        console != null && console.isTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(String.format("%-22s", step))
                .setInitialMax(of)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(200)
                .setMaxRenderedLength(100)
                .showSpeed()
                .build()
            : null;
  }

  public void step() {
    step(1);
  }

  public void step(long more) {
    var now = done.addAndGet(more);
    if (bar != null) {
      bar.stepTo(Math.min(now, of));
    } else if (now < of && now * PARTS / of != (now - more) * PARTS / of) {
      say(now);
    }
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (bar != null) {
      bar.close();
    } else {
      say(done.get());
    }
  }

  private void say(long now) {
    out.printf(
        "%s: %,d of %,d, %d s%n", step, now, of, (System.nanoTime() - started) / 1_000_000_000);
  }
}
