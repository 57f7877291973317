package baton.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.access.ApiKey;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final InstantSource NINE =
      InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z"));

  @TempDir Path folder;

  @Test
  void a_service_recognises_each_role_by_its_key() throws Exception {
    var secrets = Secrets.in(folder, NINE);

    var file = JsonMapper.builder().build().readTree(Secrets.keysFile(folder).toFile());
    var pepper = Base64.getDecoder().decode(file.path("pepper").asText());
    assertThat(file.path("keys"))
        .hasSize(6)
        .allSatisfy(
            entry -> {
              var token = Objects.requireNonNull(secrets.keys().get(entry.path("role").asText()));
              var parsed = Objects.requireNonNull(ApiKey.parse(token));
              assertThat(parsed.keyId()).isEqualTo(entry.path("keyId").asText());
              assertThat(ApiKey.hash(pepper, parsed.secret()))
                  .isEqualTo(entry.path("secretHash").asText());
            });
  }

  @Test
  void a_folder_keeps_its_secrets_and_no_two_folders_share_any() {
    var first = Secrets.in(folder.resolve("a"), NINE);

    assertThat(Secrets.in(folder.resolve("a"), NINE)).isEqualTo(first);
    assertThat(Secrets.in(folder.resolve("b"), NINE).passwords().values())
        .doesNotContainAnyElementsOf(first.passwords().values());
  }

  @Test
  void only_the_owner_may_read_them() throws Exception {
    var made = Secrets.in(folder, NINE);

    var secrets = folder.resolve("secrets");
    assertThat(made.keys()).isNotEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
        .isEqualTo("rwx------");
    for (var file : new String[] {"secrets.json", "keys.json"}) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.resolve(file))))
          .isEqualTo("rw-------");
    }
  }
}
