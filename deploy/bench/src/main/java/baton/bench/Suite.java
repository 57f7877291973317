package baton.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./baton bench}: runs what is asked for and prints a table. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Baton beside what else would do its work, on this machine.",
      "Each figure is a median of runs reference, ours, reference; the ratio is what counts."
    })
public final class Suite implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Which benchmarks; all when none is named.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--json", description = "One line of JSON per benchmark instead of a table.")
  private boolean json;

  @Option(
      names = "--repetitions",
      defaultValue = "5",
      description = "How often reference, ours, reference is run (default: ${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(names = "--brief", description = "A tenth of the work: shows that it runs, no more.")
  private boolean brief;

  @Option(names = "--anyway", description = "Measure on a busy machine too.")
  private boolean anyway;

  @Option(names = "--list", description = "What there is.")
  private boolean list;

  public static void main(String[] arguments) {
    // Unless told otherwise this log manager lets everything through, and producers write much.
    LogContext.getLogContext().getLogger("").setLevel(Level.WARN);
    System.exit(new CommandLine(new Suite()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var all =
        ServiceLoader.load(Bench.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Bench::name))
            .toList();
    if (list) {
      all.forEach(bench -> System.out.printf("%-10s %s%n", bench.name(), bench.about()));
      return 0;
    }
    var chosen = names.isEmpty() ? all : names.stream().map(name -> named(name, all)).toList();
    var load = Machine.load();
    if (Machine.tooBusy(load) && !anyway) {
      System.err.printf(
          Locale.ROOT,
          "This machine is busy: %.0f %% of its processors are in use. Nothing measured now would"
              + " mean anything; wait, or say --anyway.%n",
          load * 100);
      return 3;
    }
    System.err.println(Machine.describe());
    var missed = false;
    for (var bench : chosen) {
      for (var row : run(bench)) {
        print(row);
        missed |= !row.met();
      }
    }
    return missed ? 1 : 0;
  }

  private List<Row> run(Bench bench) throws Exception {
    var folder = Files.createTempDirectory("baton-bench-");
    try {
      return bench.run(
          new Setting(repetitions, brief, folder, news -> System.err.println("  " + news)));
    } finally {
      remove(folder);
    }
  }

  private void print(Row row) throws Exception {
    if (json) {
      System.out.println(
          JsonMapper.builder()
              .defaultPropertyInclusion(
                  JsonInclude.Value.construct(
                      JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
              .build()
              .writeValueAsString(row));
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%-18s %s %6.2f × (target %.2f)   ours %,12.1f  reference %12s  %-10s p50 %8s  p99 %8s  CPU %8s µs%n",
        row.name(),
        row.met() ? "✓" : "✗",
        row.ratio(),
        row.target(),
        row.ours(),
        text(row.reference()),
        row.unit(),
        text(row.p50()),
        text(row.p99()),
        text(row.cpuMicrosPerOp()));
  }

  private static String text(@Nullable Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%,.1f", value);
  }

  private static Bench named(String name, List<Bench> all) {
    return all.stream()
        .filter(bench -> bench.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no benchmark "
                        + name
                        + "; there are "
                        + all.stream().map(Bench::name).toList()));
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
