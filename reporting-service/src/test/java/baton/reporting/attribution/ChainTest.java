package baton.reporting.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChainTest {

  @Test
  void what_always_leads_to_a_win_is_all_of_it() {
    var chain = chain();
    chain.add(List.of("A", "A"), true, 1);
    chain.add(List.of("A"), false, 1);

    assertThat(chain.removalEffects()).isEqualTo(Map.of("A", 1.0));
  }

  @Test
  void who_is_never_on_the_way_to_a_win_takes_nothing_along() {
    var chain = chain();
    chain.add(List.of("A"), true, 3);
    chain.add(List.of("B"), true, 1);
    chain.add(List.of("C"), false, 4);

    assertThat(chain.removalEffects()).isEqualTo(Map.of("A", 0.75, "B", 0.25, "C", 0.0));
  }

  @Test
  void journeys_taken_away_were_never_there() {
    var chain = chain();
    chain.add(List.of("C", "A"), true, 2);
    chain.add(List.of("A", "B"), true, 1);
    chain.add(List.of("C", "A"), true, -2);

    assertThat(chain.removalEffects()).isEqualTo(Map.of("A", 1.0, "B", 1.0));
  }

  @Test
  void it_solves_what_many_walks_come_to() {
    var random = new SplittableRandom(5);
    for (int run = 0; run < 50; run++) {
      var chain = chain();
      var journeys = new ArrayList<Walks.Journey>();
      for (int i = 0; i < 40; i++) {
        var journey =
            new Walks.Journey(
                random.ints(random.nextInt(1, 6), 0, 7).mapToObj(Integer::toString).toList(),
                i == 0 || random.nextInt(3) == 0,
                random.nextInt(1, 5));
        journeys.add(journey);
        chain.add(journey.keys(), journey.won(), journey.times());
      }

      var walked = new Walks(journeys).removalEffects();

      assertThat(chain.removalEffects().keySet()).isEqualTo(walked.keySet());
      chain
          .removalEffects()
          .forEach((key, effect) -> assertThat(effect).isCloseTo(walked.get(key), within(1e-9)));
    }
  }

  private static Chain<String> chain() {
    return new Chain<>();
  }
}
