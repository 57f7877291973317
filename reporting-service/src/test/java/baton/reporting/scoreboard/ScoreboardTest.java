package baton.reporting.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
  private static final Scoreboard SCOREBOARD = Scoreboard.read();

  @Test
  void a_browser_may_do_nothing_for_it_but_show_it_and_ask_this_service() {
    assertThat(SCOREBOARD.contentSecurityPolicy())
        .startsWith("default-src 'none';")
        .contains("connect-src 'self';", "form-action 'none';", "frame-ancestors 'none'")
        .containsPattern("script-src 'sha256-[A-Za-z0-9+/]{43}=';")
        .containsPattern("style-src 'sha256-[A-Za-z0-9+/]{43}=';")
        .doesNotContain("unsafe", "*");
  }

  @Test
  void it_has_one_style_and_one_script_and_nothing_that_these_do_not_let_through() {
    assertThat(found("<style")).hasSize(1);
    assertThat(found("<script")).hasSize(1);
    assertThat(found("\\s(style|on[a-z]+)=\"")).isEmpty();
  }

  @Test
  void it_needs_nothing_from_elsewhere() {
    assertThat(found("(src|href)=\"(?!data:,\")[^\"]*\"")).isEmpty();
    assertThat(found("https?://|url\\(|@import")).isEmpty();
  }

  @Test
  void what_it_is_told_never_becomes_markup() {
    assertThat(found("innerHTML|outerHTML|insertAdjacent|document\\.write|\\beval\\b")).isEmpty();
  }

  private static Stream<String> found(String pattern) {
    return Pattern.compile(pattern).matcher(SCOREBOARD.page()).results().map(MatchResult::group);
  }
}
