package baton.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import baton.infrastructure.SmallJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonTest {
  private static final String JAVA_HOME = "java.home";

  @TempDir Path folder;

  @Test
  void what_was_learnt_is_as_old_as_what_it_was_learnt_from() throws Exception {
    var jvm = new SmallJvm("64m", folder.resolve("app.aot"), true);
    var recordedAt = FileTime.from(Instant.parse("2026-11-20T09:00:00Z"));
    Files.setLastModifiedTime(Files.writeString(jvm.recorded(), "recorded"), recordedAt);
    assertThat(jvm.isToLearn()).isTrue();

    var learning = take(new Lesson(jvm, List.of("-jar", "app.jar")));
    learning.onExit().get(30, TimeUnit.SECONDS);

    assertThat(Files.getLastModifiedTime(jvm.learnt())).isEqualTo(recordedAt);
    assertThat(jvm.recorded()).doesNotExist();
    assertThat(jvm.isToLearn()).isFalse();
  }

  /** With a java that only makes the file. */
  private ProcessHandle take(Lesson lesson) throws Exception {
    var java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        for word; do case $word in -XX:AOTCache=*) echo learnt >"${word#*=}" ;; esac; done
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    var home = System.setProperty(JAVA_HOME, folder.resolve("jdk").toString());
    try {
      return Lesson.take(List.of(lesson), folder.resolve("learning.log")).orElseThrow();
    } finally {
      System.setProperty(JAVA_HOME, String.valueOf(home));
    }
  }
}
