package baton.local.command;

import baton.local.stack.Part;
import baton.local.stack.Stack;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stack that lives as long as the command that started it, whichever way that ends. */
final class Foreground {
  private static final long LOOK_SECONDS = 2;

  private Foreground() {}

  static int run(Stack stack, PrintStream out, Runnable work) {
    var mine = new AtomicBoolean(!stack.isRunning());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (mine.get() && stack.isRunning()) {
                    out.println();
                    stack.down(out::println);
                    Learning.begin(stack, out);
                  }
                },
                "stack-down"));
    work.run();
    out.println();
    out.println("Ctrl-C stops it; the data stays.");
    watch(stack, out);
    return 0;
  }

  /** Returns when somebody else has ended the stack. */
  private static void watch(Stack stack, PrintStream out) {
    var gone = EnumSet.noneOf(Part.class);
    try {
      while (stack.isRunning()) {
        for (var state : stack.states()) {
          if (!state.running() && gone.add(state.part())) {
            out.println(state.part().word() + " has ended; its log is " + stack.log(state.part()));
          }
        }
        TimeUnit.SECONDS.sleep(LOOK_SECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
