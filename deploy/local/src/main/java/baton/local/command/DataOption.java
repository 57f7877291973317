package baton.local.command;

import baton.local.stack.BatonFile;
import baton.local.stack.Checkout;
import baton.local.stack.Stack;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack a command speaks of: the one in this data folder. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the stack's data folder (default: .baton in the checkout)")
  @Nullable Path data;

  Path folder() {
    var folder = data == null ? Checkout.here().root().resolve(".baton") : data;
    return folder.toAbsolutePath().normalize();
  }

  /** The stack to speak with: one that runs. */
  BatonFile stack() {
    var file =
        BatonFile.in(folder())
            .orElseThrow(
                () ->
                    new Refusal(
                        "no stack was started in "
                            + folder()
                            + ": ./baton up --detach starts one"));
    if (Stack.found(Checkout.here(), folder()).filter(Stack::isRunning).isEmpty()) {
      throw new Refusal(
          "the stack in " + folder() + " is not running: ./baton up --detach starts it");
    }
    return file;
  }
}
