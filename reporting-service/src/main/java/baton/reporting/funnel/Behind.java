package baton.reporting.funnel;

import baton.reporting.funnel.Deed.Ended;
import baton.reporting.funnel.Deed.Promised;
import baton.reporting.funnel.Deed.Reached;
import baton.reporting.funnel.Part.Entered;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Part.Standing;
import baton.reporting.journey.Stage;
import java.util.List;
import java.util.Map;

/**
 * Which leads are behind a number: those of whom the question counts this. It asks a lead what the
 * cells ask all of them.
 */
public record Behind(Question question, Deed deed) {

  public boolean counts(Contribution contribution) {
    long count = 0;
    for (Map.Entry<Part, Integer> counted : contribution.parts().entrySet()) {
      if (asks(counted.getKey(), contribution.dimensions())) {
        count += counted.getValue();
      }
    }
    return count > 0;
  }

  private boolean asks(Part part, Dimensions keys) {
    return switch (deed) {
      case Reached(Stage stage) ->
          part instanceof Entered entered
              && entered.stage() == stage
              && question.asks(entered)
              && question.lets(keys);
      case Ended(var ending) ->
          part instanceof Standing standing
              && standing.ending() == ending
              && question.asks(standing)
              && question.lets(keys);
      case Promised promised ->
          part instanceof Noted noted
              && (noted.matter() == Matter.PROMISE || noted.matter() == Matter.OPEN_PROMISE)
              && noted.terms().stream().anyMatch(term -> says(promised, noted.matter(), term))
              && question.asks(noted)
              && question.lets(keys.of(noted));
    };
  }

  private static boolean says(Promised promised, Matter matter, String term) {
    var words = Term.words(term);
    return words.getFirst().equals(promised.clause())
        && (promised.verdict() == null
            || promised.verdict().equals(verdict(promised, matter, words)));
  }

  private static String verdict(Promised promised, Matter matter, List<String> words) {
    if (matter == Matter.PROMISE) {
      return words.get(2);
    }
    return Long.parseLong(words.get(2)) < promised.now().toEpochMilli() ? "breached" : "open";
  }
}
