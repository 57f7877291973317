package baton.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say that can't do what they were asked: one line, and no stack trace. */
class CommandsTest {
  @TempDir Path folder;

  private record Said(int status, String text) {}

  @Test
  void up_names_the_port_that_another_program_has_and_a_base_that_is_free() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var said = baton("up", "--port-base", Integer.toString(other.getLocalPort() - 1));

      assertThat(said.status()).isOne();
      assertThat(said.text())
          .contains("baton: another program listens on 127.0.0.1 port " + other.getLocalPort())
          .containsPattern("--port-base \\d+\n$");
    }
  }

  @Test
  void up_refuses_a_base_beyond_all_ports() {
    var said = baton("up", "--port-base", "65530");

    assertThat(said).isEqualTo(new Said(1, "baton: --port-base goes from 0 to 65528\n"));
  }

  @Test
  void a_folder_that_can_not_be_made_is_said_in_the_words_of_the_system() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "");

    var said = batonIn(file.resolve("data"), "up");

    assertThat(said.status()).isOne();
    assertThat(said.text()).startsWith("baton: ").contains(file.toString()).hasLineCount(1);
  }

  @Test
  void a_funnel_of_a_stack_that_never_was_says_how_to_start_one() {
    var said = baton("funnel");

    assertThat(said)
        .isEqualTo(
            new Said(
                1,
                "baton: no stack was started in " + folder + ": ./baton up --detach starts one\n"));
  }

  private Said baton(String... words) {
    return batonIn(folder, words);
  }

  private static Said batonIn(Path data, String... words) {
    var text = new ByteArrayOutputStream();
    var out = new PrintStream(text, true, StandardCharsets.UTF_8);
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    var status = Commands.line(out, out).execute(all.toArray(String[]::new));
    return new Said(status, text.toString(StandardCharsets.UTF_8));
  }
}
