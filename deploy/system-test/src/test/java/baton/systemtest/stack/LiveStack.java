package baton.systemtest.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import baton.local.stack.BatonFile;
import baton.local.stack.Checkout;
import baton.local.stack.Part;
import baton.local.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stack in a folder of its own, on ports that nobody has. Its logs outlive it. */
public final class LiveStack implements AutoCloseable {
  private static final int PORTS = 7;
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /** Looks without anything to kill: what was just begun may take a while to become a server. */
  private static final int QUIET = 10;

  private static @Nullable LiveStack shared;

  private final Stack stack;
  private final Thread atTheLatest = new Thread(this::end);
  private volatile boolean ending;

  private LiveStack(Stack stack) {
    this.stack = stack;
  }

  /** One for all tests that don't break it; it ends with the JVM. */
  public static synchronized LiveStack shared() {
    var running = shared;
    if (running == null) {
      running = start("shared");
      shared = running;
    }
    return running;
  }

  public static LiveStack start(String name) {
    var data = Path.of("target", "stack-" + name);
    clear(data);
    var live = new LiveStack(Stack.in(Checkout.here(), data, freeBase()));
    Runtime.getRuntime().addShutdownHook(live.atTheLatest);
    live.stack.up(_ -> {});
    return live;
  }

  public Stack stack() {
    return stack;
  }

  public BatonFile file() {
    return stack.file();
  }

  public Rest rest() {
    return new Rest(file());
  }

  /** A second instance of a service beside this stack's. */
  public Twin twin(Part service) {
    return Twin.start(service, file(), stack.data());
  }

  public TopicReader topics() {
    return new TopicReader(stack.bootstrapServers());
  }

  @Override
  public void close() {
    stack.down(_ -> {});
    Runtime.getRuntime().removeShutdownHook(atTheLatest);
    clear(stack.data().resolve("postgres"));
    clear(stack.data().resolve("kafka"));
  }

  /** Starts one part, unless the JVM is ending. */
  public void start(Part part) {
    if (ending) {
      throw new IllegalStateException("ending");
    }
    stack.start(part);
  }

  /**
   * Kills all parts, and what others go on starting meanwhile: a server that doesn't answer yet has
   * no pid file, but it names the data folder in its command line.
   */
  private void end() {
    ending = true;
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var quiet = 0; quiet < QUIET && System.nanoTime() < deadline; quiet++) {
      if (stack.isRunning()) {
        quiet = 0;
        for (var part : Part.values()) {
          stack.kill(part);
        }
      }
      for (var process :
          ProcessHandle.allProcesses().filter(each -> serves(each, stack.data())).toList()) {
        quiet = 0;
        process.destroyForcibly();
      }
      pause();
    }
  }

  /** Whether it is a server on this data, ready or not. */
  static boolean serves(ProcessHandle process, Path data) {
    try {
      return process.info().command().filter(LiveStack::isServer).isPresent()
          && process.pid() != ProcessHandle.current().pid()
          && Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), ISO_8859_1)
              .contains(data.toAbsolutePath().normalize() + "/");
    } catch (IOException goneOrElsewhere) {
      return false;
    }
  }

  private static boolean isServer(String command) {
    return command.endsWith("/java")
        || command.endsWith("/postgres")
        || command.endsWith("/initdb");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freeBase() {
    for (var tries = 0; tries < 100; tries++) {
      var base = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (allFree(base)) {
        return base;
      }
    }
    throw new IllegalStateException("no " + PORTS + " free ports in a row");
  }

  private static boolean allFree(int base) {
    for (var port = base + 1; port <= base + PORTS; port++) {
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }

  private static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var walk = Files.walk(folder)) {
      for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
