package baton.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
  @TempDir Path folder;

  @Test
  void a_process_is_known_again_by_its_id_and_start_and_ended() {
    var pid = Launch.detached(List.of("sleep", "600"), Map.of(), folder.resolve("sleep.log"));
    Running.of(ProcessHandle.of(pid).orElseThrow()).write(folder.resolve("sleep.pid"));
    var running = Running.read(folder.resolve("sleep.pid")).orElseThrow();
    assertThat(running.process()).isPresent();

    running.end(Duration.ofSeconds(10));

    assertThat(running.process()).isEmpty();
  }

  @Test
  void a_stranger_who_got_the_same_id_is_left_alone() {
    var pid = Launch.detached(List.of("sleep", "600"), Map.of(), folder.resolve("sleep.log"));
    var stranger = Running.of(ProcessHandle.of(pid).orElseThrow());
    var stale = new Running(pid, stranger.startedAt().minusSeconds(3600));

    stale.kill();

    assertThat(stale.process()).isEmpty();
    assertThat(stranger.process()).isPresent();
    stranger.kill();
  }

  @Test
  void a_killed_process_is_gone_even_while_nobody_collects_it() throws Exception {
    var child = new ProcessBuilder("sleep", "600").start();
    var running = Running.of(child.toHandle());

    running.kill();

    assertThat(running.process()).isEmpty();
  }
}
