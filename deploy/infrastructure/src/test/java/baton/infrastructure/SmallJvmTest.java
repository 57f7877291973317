package baton.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallJvmTest {
  @TempDir Path folder;

  @Test
  void a_jvm_that_never_rehearsed_starts_all_the_same() {
    var command = new SmallJvm("64m", folder.resolve("learnt"), false).command();

    assertThat(command).contains("-Xmx64m").noneMatch(option -> option.contains("AOT"));
  }

  @Test
  void a_rehearsal_and_a_start_from_it_differ_by_nothing_else() throws Exception {
    var learnt = Files.writeString(folder.resolve("learnt"), "");

    var rehearsal = new SmallJvm("64m", learnt, true).command();

    var start = new SmallJvm("64m", learnt, false).command();
    assertThat(start).contains("-XX:AOTCache=" + learnt);
    assertThat(rehearsal)
        .isEqualTo(
            start.stream()
                .map(option -> option.replace("-XX:AOTCache=", "-XX:AOTCacheOutput="))
                .toList());
  }
}
