package baton.local.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which leads, and of what time. */
final class WindowOptions {
  @Option(names = "--from", paramLabel = "DATE", description = "first day, as 2026-07-01")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DATE", description = "the day after the last one")
  private @Nullable String to;

  @Option(names = "--zone", paramLabel = "ZONE", description = "what a day is, as Europe/Berlin")
  private @Nullable String zone;

  @Option(
      names = "--basis",
      paramLabel = "BASIS",
      description = "cohort: leads captured in the time; period: what happened in the time")
  private @Nullable String basis;

  @Option(
      names = "--only",
      paramLabel = "DIMENSION=VALUE",
      description = "only these leads, as --only source=google")
  private Map<String, String> only = Map.of();

  void ask(Map<String, @Nullable String> query) {
    query.put("from", from);
    query.put("to", to);
    query.put("zone", zone);
    query.put("basis", basis);
    query.putAll(only);
  }
}
