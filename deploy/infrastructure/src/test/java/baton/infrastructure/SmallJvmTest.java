package baton.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallJvmTest {
  @TempDir Path folder;

  @Test
  void a_jvm_that_never_learnt_starts_all_the_same() {
    var command = new SmallJvm("64m", folder.resolve("learnt"), false).command();

    assertThat(command).contains("-Xmx64m").noneMatch(option -> option.contains("AOT"));
  }

  @Test
  void a_run_that_records_and_a_start_from_it_differ_by_nothing_else() throws Exception {
    var jvm = new SmallJvm("64m", folder.resolve("learnt"), true);

    var recording = jvm.command();

    var learning = jvm.learning(jvm.learnt());
    var start = new SmallJvm("64m", Files.writeString(jvm.learnt(), ""), true).command();
    assertThat(recording).contains("-XX:AOTMode=record");
    assertThat(start).contains("-XX:AOTCache=" + jvm.learnt());
    assertThat(without(recording)).isEqualTo(without(start)).isEqualTo(without(learning));
  }

  private static List<String> without(List<String> command) {
    return command.stream().filter(option -> !option.startsWith("-XX:AOT")).toList();
  }
}
