package baton.chassis.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import baton.chassis.problem.Problem;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  static final UUID ADA = UUID.fromString("01980f5a-3c00-7000-8000-000000000001");

  @Test
  void a_cursor_gives_its_keys_back() {
    var cursor = Cursor.of(Instant.parse("2026-11-22T09:00:00Z"), ADA, 7);

    assertThat(Cursor.read(cursor)).containsExactly("2026-11-22T09:00:00Z", ADA.toString(), "7");
  }

  @Test
  void no_cursor_is_the_first_page() {
    assertThat(Cursor.read(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "!!", "AAAAAAAA", "AAAAAFsiYSJd", "W10", "bnVsbA"})
  void a_forged_cursor_is_refused(String forged) {
    var problem = catchThrowableOfType(Problem.class, () -> Cursor.read(forged));

    assertThat(problem.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 501, Integer.MAX_VALUE})
  void a_limit_out_of_range_is_refused(int limit) {
    var problem = catchThrowableOfType(Problem.class, () -> Cursor.limit(limit));

    assertThat(problem.status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"none, 428", "' ', 428", "'\"6\"', 412", "'W/\"7\"', 412", "7, 412", "'', 428"})
  void a_change_of_another_revision_is_refused(@Nullable String ifMatch, int status) {
    var problem = catchThrowableOfType(Problem.class, () -> ETags.match(ifMatch, 7));

    assertThat(problem.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"7\"", "*", "\"6\", \"7\""})
  void a_change_of_the_revision_that_was_read_is_taken(String ifMatch) {
    ETags.match(ifMatch, 7);
  }
}
