package baton.systemtest.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SignalledIT {
  private static final String NAME = "signalled";

  /** Another JVM, so that it can be signalled. */
  static final class Starting {
    private Starting() {}

    public static void main(String[] arguments) {
      LiveStack.start(NAME);
    }
  }

  @Test
  void a_jvm_that_is_told_to_end_while_its_stack_starts_leaves_nothing_behind() throws Exception {
    var starting = starting();
    await().atMost(Duration.ofSeconds(60)).until(() -> !servers().isEmpty());

    starting.destroy();

    assertThat(starting.waitFor(20, TimeUnit.SECONDS)).isTrue();
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(servers()).isEmpty());
  }

  private static Process starting() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Starting.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> servers() {
    return ProcessHandle.allProcesses()
        .filter(process -> LiveStack.serves(process, Path.of("target", "stack-" + NAME)))
        .map(process -> process.pid() + " " + process.info().commandLine().orElse(""))
        .toList();
  }
}
