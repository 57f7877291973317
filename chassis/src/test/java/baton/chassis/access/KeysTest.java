package baton.chassis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import baton.contracts.AccessKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

  private final ApiKey.Minted ada = minted(Role.MARKETING, null, null);
  private final ApiKey.Minted grace = minted(Role.SALES, "grace", NINE.plusSeconds(60));
  private final Path file;

  KeysTest(@TempDir Path folder) throws IOException {
    file = folder.resolve("keys.json");
    write(ada.key(), grace.key());
  }

  @Test
  void a_key_of_the_file_is_known() {
    var keys = at(NINE);

    assertThat(keys.caller(grace.token()))
        .isEqualTo(new Caller(grace.key().keyId(), Role.SALES, "grace", null));
  }

  @Test
  void a_key_of_the_topic_is_known() {
    var keys = at(NINE);
    var linus = minted(Role.REPORT, null, null);

    keys.learn(linus.key());

    assertThat(keys.caller(linus.token()))
        .isEqualTo(new Caller(linus.key().keyId(), Role.REPORT, null, null));
  }

  @Test
  void a_key_holds_until_it_expires() {
    assertThat(at(NINE.plusSeconds(59)).caller(grace.token())).isNotNull();
    assertThat(at(NINE.plusSeconds(60)).caller(grace.token())).isNull();
  }

  @Test
  void what_the_topic_revokes_the_file_does_not_bring_back() {
    var keys = at(NINE);

    keys.learn(revoked(ada.key(), NINE));

    assertThat(keys.caller(ada.token())).isNull();
  }

  @Test
  void the_secret_of_one_key_does_not_prove_another() {
    var keys = at(NINE);
    keys.learn(withHash(grace.key(), ada.key().secretHash()));

    assertThat(keys.caller(grace.token())).isNull();
  }

  @Test
  void a_changed_file_counts() throws IOException {
    var keys = at(NINE);
    keys.caller(ada.token());

    write(grace.key());
    keys.reload();

    assertThat(keys.caller(ada.token())).isNull();
    assertThat(keys.caller(grace.token())).isNotNull();
  }

  @Test
  void a_broken_file_leaves_the_last_one_in_force() throws IOException {
    var keys = at(NINE);
    keys.caller(ada.token());

    Files.writeString(file, "{\"pepper\":");
    keys.reload();

    assertThat(keys.caller(ada.token())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-"})
  void a_file_that_others_may_read_is_refused(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> at(NINE).caller(ada.token()))
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void a_file_that_is_opened_to_others_leaves_the_last_one_in_force() throws IOException {
    var keys = at(NINE);
    keys.caller(ada.token());

    write(grace.key());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    keys.reload();

    assertThat(keys.caller(ada.token())).isNotNull();
  }

  private Keys at(Instant now) {
    return new Keys(file.toString(), InstantSource.fixed(now));
  }

  private static ApiKey.Minted minted(
      Role role, @Nullable String sellerId, @Nullable Instant expiresAt) {
    return ApiKey.mint(
        new SecureRandom(), ApiKeyTest.PEPPER, role, sellerId, null, expiresAt, NINE);
  }

  private static AccessKey revoked(AccessKey key, Instant at) {
    return new AccessKey(key.keyId(), at, 0, key.secretHash(), key.role(), null, null, null, at);
  }

  private static AccessKey withHash(AccessKey key, String hash) {
    return new AccessKey(key.keyId(), NINE, 0, hash, key.role(), null, null, null, null);
  }

  private void write(AccessKey... keys) throws IOException {
    Files.writeString(
        file,
        "{\"pepper\":\"%s\",\"keys\":[%s]}"
            .formatted(
                Base64.getEncoder().encodeToString(ApiKeyTest.PEPPER),
                Arrays.stream(keys).map(KeysTest::entry).collect(Collectors.joining(","))));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String entry(AccessKey key) {
    return "{\"keyId\":\"%s\",\"secretHash\":\"%s\",\"role\":\"%s\",\"sellerId\":%s,\"source\":null,\"expiresAt\":%s}"
        .formatted(
            key.keyId(),
            key.secretHash(),
            key.role(),
            quoted(key.sellerId()),
            quoted(key.expiresAt()));
  }

  private static String quoted(@Nullable Object value) {
    return value == null ? "null" : "\"" + value + "\"";
  }
}
