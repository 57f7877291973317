package baton.reporting.scoreboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * One HTML document that needs nothing else. Its own style and script are let through by their
 * hashes, so that nothing that gets onto the page by another way is carried out.
 *
 * @param contentSecurityPolicy what a browser may do for the page: itself, and ask this service
 */
public record Scoreboard(String page, String contentSecurityPolicy) {
  private static final String FILE = "scoreboard.html";

  public static Scoreboard read() {
    try (var file = Objects.requireNonNull(Scoreboard.class.getResourceAsStream(FILE))) {
      var page = new String(file.readAllBytes(), UTF_8);
      return new Scoreboard(
          page,
          "default-src 'none'; style-src '%s'; script-src '%s'; connect-src 'self'; img-src data:;"
                  .formatted(hash(page, "style"), hash(page, "script"))
              + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String hash(String page, String element) {
    var begin = "<" + element + ">";
    var own = page.substring(page.indexOf(begin) + begin.length(), page.indexOf("</" + element));
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(own.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
