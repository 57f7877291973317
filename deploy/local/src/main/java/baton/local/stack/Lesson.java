package baton.local.stack;

import baton.infrastructure.SmallJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one run of a JVM recorded and the next ones start from.
 *
 * @param classPath as its options say it
 */
record Lesson(SmallJvm jvm, List<String> classPath) {

  /**
   * Takes those that were recorded, one after the other, out of the way of all other work. A file
   * appears when it is whole, as old as what it was made of, which goes.
   */
  static Optional<ProcessHandle> take(List<Lesson> lessons, Path log) {
    var script =
        lessons.stream()
            .filter(lesson -> Files.exists(lesson.jvm().recorded()))
            .map(Lesson::script)
            .collect(Collectors.joining("\n"));
    return script.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(Launch.detached(List.of("bash", "-c", script), Map.of(), log));
  }

  private String script() {
    var fresh = jvm.learnt().resolveSibling(jvm.learnt().getFileName() + ".new");
    var command = new ArrayList<>(jvm.learning(fresh));
    command.addAll(classPath);
    return "nice -n 19 %s && touch -r %s %s && mv -f %s %s; rm -f %s"
        .formatted(
            command.stream().map(Lesson::quoted).collect(Collectors.joining(" ")),
            quoted(jvm.recorded().toString()),
            quoted(fresh.toString()),
            quoted(fresh.toString()),
            quoted(jvm.learnt().toString()),
            quoted(jvm.recorded().toString()));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
