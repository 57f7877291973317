package baton.local;

import static org.assertj.core.api.Assertions.assertThat;

import baton.local.stack.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code baton} script, up to the point where it hands over to Maven or java. */
class ScriptTest {
  private static final String USUAL_PATH = "/usr/bin:/bin";

  @TempDir Path folder;

  private record Said(int status, String text) {}

  @Test
  void without_a_word_it_explains_itself_and_needs_no_jdk() throws Exception {
    var said = baton(Map.of("BATON_JDKS", ""), folder);

    assertThat(said.status()).isZero();
    assertThat(said.text()).contains("./baton demo", "./baton up", "./baton test");
  }

  @Test
  void where_only_an_older_jdk_is_it_says_in_one_sentence_what_to_install() throws Exception {
    var old = jdk("17", "17.0.12");

    var said =
        baton(
            Map.of(
                "JAVA_HOME", old.toString(),
                "PATH", old.resolve("bin") + ":" + USUAL_PATH,
                "BATON_JDKS", old.toString()),
            checkout(),
            "test");

    assertThat(said)
        .isEqualTo(
            new Said(
                1,
                "baton: no JDK 25 or newer found: install one (for example Temurin 25 from"
                    + " https://adoptium.net) or set JAVA_HOME to it.\n"));
  }

  @Test
  void a_newer_jdk_elsewhere_goes_before_an_older_java_home() throws Exception {
    var old = jdk("17", "17.0.12");
    var young = jdk("26", "26");

    var said =
        baton(
            Map.of(
                "JAVA_HOME", old.toString(),
                "PATH", old.resolve("bin") + ":" + USUAL_PATH,
                "BATON_JDKS", old + ":" + young),
            checkout(),
            "test");

    assertThat(said).isEqualTo(new Said(0, "maven on " + young + ": -B -ntp verify\n"));
  }

  @Test
  void a_runtime_without_a_compiler_does_not_count() throws Exception {
    var runtime = jdk("25", "25.0.1");
    Files.delete(runtime.resolve("bin/javac"));

    var said = baton(Map.of("BATON_JDKS", runtime.toString()), checkout(), "test");

    assertThat(said.status()).isOne();
    assertThat(said.text()).contains("no JDK 25");
  }

  @Test
  void a_build_that_fails_names_its_log() throws Exception {
    var young = jdk("25", "25.0.1");
    var checkout = checkout();
    executable(checkout.resolve("mvnw"), "echo '[ERROR] it broke'; exit 1");

    var said = baton(Map.of("BATON_JDKS", young.toString()), checkout, "status");

    assertThat(said.status()).isOne();
    assertThat(said.text())
        .contains("[ERROR] it broke")
        .endsWith("baton: the build failed; its log is " + checkout + "/target/build.log\n");
  }

  /** A folder with the real script and a Maven that only says where it runs. */
  private Path checkout() throws IOException {
    var checkout = Files.createDirectories(folder.resolve("checkout"));
    Files.copy(
        Checkout.here().root().resolve("baton"),
        checkout.resolve("baton"),
        StandardCopyOption.COPY_ATTRIBUTES);
    executable(checkout.resolve("mvnw"), "echo \"maven on $JAVA_HOME: $*\"");
    return checkout;
  }

  private Path jdk(String name, String version) throws IOException {
    var jdk = folder.resolve("jdk-" + name);
    Files.createDirectories(jdk.resolve("bin"));
    executable(jdk.resolve("bin/java"), "exit 1");
    executable(jdk.resolve("bin/javac"), "exit 1");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Said baton(Map<String, String> environment, Path folder, String... arguments)
      throws IOException, InterruptedException {
    var script =
        Files.exists(folder.resolve("baton"))
            ? folder.resolve("baton")
            : Checkout.here().root().resolve("baton");
    var command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    var whole = new HashMap<>(Map.of("PATH", USUAL_PATH, "HOME", folder.toString()));
    whole.putAll(environment);
    builder.environment().putAll(whole);
    var process = builder.start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), text);
  }
}
