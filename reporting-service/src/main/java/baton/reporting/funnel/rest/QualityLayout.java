package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.JSON;
import static baton.reporting.funnel.rest.ReportJson.ratio;

import baton.reporting.funnel.Answered;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Matter;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Term;
import baton.reporting.journey.Ending;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeMap;

/** What sales thought of leads, why it turned them down, and what became of which scores. */
final class QualityLayout implements Layout {
  /** A score in words, the unknown last. */
  private static final Comparator<String> BANDS =
      Comparator.comparing((String band) -> band.isEmpty())
          .thenComparing(band -> band.isEmpty() ? 0L : Long.parseLong(band));

  @Override
  public Numbers numbers() {
    return new Numbers(
        false, Set.of(Kind.RETURNED), Set.of(Matter.RATING, Matter.DECISION, Matter.PASS), false);
  }

  @Override
  public ObjectNode total(Counts counts, Question question) {
    var row = JSON.objectNode();
    ratings(row, counts);
    rejected(row, Answered.of(counts));
    var returned = counts.tallied(Kind.RETURNED);
    var node = row.putObject("returned");
    node.put("count", returned.values().stream().mapToLong(Number::longValue).sum());
    ReportJson.counts(node, "reasons", "reason", returned);
    bands(row, counts);
    return row;
  }

  private static void ratings(ObjectNode row, Counts counts) {
    var ratings = new TreeMap<String, Long>();
    var reasons = new TreeMap<String, Long>();
    counts
        .noted(Matter.RATING)
        .forEach(
            (term, count) -> {
              var words = Term.words(term);
              (words.getFirst().equals("rating") ? ratings : reasons).put(words.get(1), count);
            });
    long many = ratings.values().stream().mapToLong(Long::longValue).sum();
    long points =
        ratings.entrySet().stream()
            .mapToLong(rating -> Long.parseLong(rating.getKey()) * rating.getValue())
            .sum();
    var node = row.putObject("ratings").put("count", many).put("mean", ratio(points, many));
    ReportJson.counts(node, "given", "rating", ratings);
    ReportJson.counts(node, "reasons", "reason", reasons);
  }

  /** Of those explicitly decided. */
  static void rejected(ObjectNode row, Answered answered) {
    var node = row.putObject("rejected");
    node.put("count", answered.rejected());
    node.put("rate", ratio(answered.rejected(), answered.decided()));
    var list = node.putArray("reasons");
    answered
        .reasons()
        .forEach(
            (reason, count) ->
                list.addObject()
                    .put("reason", reason.isEmpty() ? null : reason)
                    .put("count", count)
                    .put("rate", ratio(count, answered.decided())));
  }

  private static void bands(ObjectNode row, Counts counts) {
    var bands = new TreeMap<String, TreeMap<String, Long>>(BANDS);
    counts
        .noted(Matter.PASS)
        .forEach(
            (term, count) -> {
              var words = Term.words(term);
              if (words.getFirst().equals("band")) {
                var band = bands.computeIfAbsent(words.get(1), _ -> new TreeMap<>());
                band.merge(words.get(2), count, Long::sum);
                if (!words.get(3).isEmpty()) {
                  band.merge("sql", count, Long::sum);
                }
              }
            });
    var list = row.putArray("bands");
    bands.forEach(
        (band, counted) -> {
          long open = counted.getOrDefault("open", 0L);
          long ended = 0;
          for (var ending : Ending.values()) {
            ended += counted.getOrDefault(ending.word(), 0L);
          }
          long all = open + ended;
          var node = list.addObject();
          node.put("band", band.isEmpty() ? null : band);
          node.put("count", all);
          node.put("sql", counted.getOrDefault("sql", 0L));
          node.put("sqlRate", ratio(counted.getOrDefault("sql", 0L), all));
          for (var ending : Ending.values()) {
            node.put(ending.word(), counted.getOrDefault(ending.word(), 0L));
          }
          node.put("open", open);
          node.put("wonRate", ratio(counted.getOrDefault("won", 0L), all));
        });
  }
}
