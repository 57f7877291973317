package baton.local.command;

import baton.local.client.Rest;
import baton.local.demo.Company;
import baton.local.demo.Play;
import baton.local.demo.Quarter;
import baton.local.stack.Checkout;
import baton.local.stack.Stack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the benchmarks run before they start a stack; the one it starts lives for no one else. */
@Command(
    name = "rehearse",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = {
      "Starts everything in a folder of its own, plays a small company and stops again,",
      "so that each JVM keeps what it learnt beside its jars and later starts are quick at once."
    })
final class RehearseCommand implements Callable<Integer> {
  private static final long SEED = 1;

  @Option(
      names = "--leads",
      paramLabel = "N",
      defaultValue = "300",
      description = "how many leads (default: ${DEFAULT-VALUE})")
  private int leads;

  @Override
  public Integer call() throws IOException {
    var folder = Files.createTempDirectory("baton-rehearsal-");
    try {
      var stack = Stack.rehearsing(Checkout.here(), folder);
      try {
        stack.up(_ -> {});
        return play(stack) ? 0 : 1;
      } finally {
        stack.down(_ -> {});
        stack.learn().ifPresent(learning -> learning.onExit().join());
      }
    } finally {
      remove(folder);
    }
  }

  private boolean play(Stack stack) {
    var clock = InstantSource.system();
    var now = clock.instant();
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (var rest = new Rest(stack.file())) {
      return new Play(rest, clock, nowhere)
          .play(new Company(SEED, leads, Quarter.settledBy(now), now));
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
