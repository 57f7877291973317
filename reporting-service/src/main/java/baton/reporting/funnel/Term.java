package baton.reporting.funnel;

import baton.reporting.journey.Word;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A term of a note: words in one text. The first word says what it is about. */
public final class Term {
  private static final char BETWEEN = '\u001e';
  private static final int LONGEST = 100;

  private Term() {}

  /** An absent word is an empty one. */
  static String of(@Nullable String... words) {
    return Arrays.stream(words)
        .map(Term::word)
        .collect(Collectors.joining(String.valueOf(BETWEEN)));
  }

  public static List<String> words(String term) {
    return List.of(term.split(String.valueOf(BETWEEN), -1));
  }

  private static String word(@Nullable String word) {
    var storable = Word.storable(word);
    if (storable == null) {
      return "";
    }
    int end = Math.min(LONGEST, storable.length());
    if (end < storable.length() && Character.isHighSurrogate(storable.charAt(end - 1))) {
      end--;
    }
    return storable.substring(0, end).replace(BETWEEN, ' ').replace(Part.Noted.BETWEEN, ' ');
  }
}
