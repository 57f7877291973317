package baton.infrastructure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM that shares one machine with several others: small, and quick to start once it has
 * rehearsed. What a rehearsal taught it (its classes, loaded and linked; what its methods do) is
 * kept in a file that holds for the same jars, JDK and options: a JVM that finds any of them
 * changed does without it.
 *
 * @param heap as java's -Xmx takes it, {@code 256m}
 * @param learnt where the rehearsal's file is, or will be
 * @param rehearses whether it writes that file when it ends, which takes it some seconds
 */
public record SmallJvm(String heap, Path learnt, boolean rehearses) {
  /** The C library would keep as many free lists as eight times the processors. */
  public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  /** The same whether it rehearses or plays: else what it learnt would not hold. */
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
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.add("-Xmx" + heap);
    if (rehearses) {
      command.add("-XX:AOTCacheOutput=" + learnt);
    } else if (Files.exists(learnt)) {
      command.add("-XX:AOTCache=" + learnt);
    }
    return command;
  }
}
