package baton.infrastructure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM that shares one machine with several others: small, and quick to start once it has learnt.
 * What one run taught it (its classes, loaded and linked; what its methods do) is recorded when
 * that run ends in order, and made into a file that holds for the same jars, JDK and options: a JVM
 * that finds any of them changed does without it.
 *
 * @param heap as java's -Xmx takes it, {@code 256m}
 * @param learnt where the file is, or will be
 * @param records whether a run without that file records what the file is made of
 */
public record SmallJvm(String heap, Path learnt, boolean records) {
  /** The C library would keep as many free lists as eight times the processors. */
  public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  /** The same whether it records or plays: else what it learnt would not hold. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xms32m",
          "-XX:+UseSerialGC",
          // Little lives long: half of the heap for what doesn't, so that it is cleared less often.
          "-XX:NewRatio=1",
          "-XX:+UseCompactObjectHeaders",
          // What it learnt stays where it was made for: moved, every page would be this JVM's own.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:ReservedCodeCacheSize=96m",
          // The compilers' scratch goes back to the system.
          "-XX:TrimNativeHeapInterval=10000",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "-Xlog:aot*=error,cds*=error",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** The command as far as its options go; the class path and what to run come after it. */
  public List<String> command() {
    var command = options();
    if (Files.exists(learnt)) {
      command.add("-XX:AOTCache=" + learnt);
    } else if (isToLearn()) {
      command.add("-XX:AOTMode=record");
      command.add("-XX:AOTConfiguration=" + recorded());
    }
    return command;
  }

  /** Whether a run records what the file is made of, which isn't there yet. */
  public boolean isToLearn() {
    return records && !Files.exists(learnt);
  }

  /** What a run recorded, until the file is made of it. */
  public Path recorded() {
    return learnt.resolveSibling(learnt.getFileName() + ".recorded");
  }

  /** The command that makes the file; it runs nothing of what comes after its options. */
  public List<String> learning(Path file) {
    var command = options();
    command.add("-XX:AOTMode=create");
    command.add("-XX:AOTConfiguration=" + recorded());
    command.add("-XX:AOTCache=" + file);
    return command;
  }

  private List<String> options() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.add("-Xmx" + heap);
    return command;
  }
}
