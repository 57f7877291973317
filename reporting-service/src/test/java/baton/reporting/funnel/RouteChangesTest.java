package baton.reporting.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Event;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Lives;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RouteChangesTest {

  @Test
  void changes_add_up_to_the_same_however_events_arrive_and_batches_are_cut() {
    var random = new SplittableRandom(23);
    for (int run = 0; run < 200; run++) {
      var lives = List.of(Lives.of(random), Lives.of(random), Lives.of(random));

      assertThat(folded(lives, random)).isEqualTo(folded(lives, random));
    }
  }

  private static Map<RouteChanges.Place, Integer> folded(
      List<List<Event>> lives, SplittableRandom random) {
    var changes = new RouteChanges();
    for (var life : lives) {
      var journey = Journey.UNTRAVELLED;
      var batched = journey;
      for (var event : Lives.retold(life, random)) {
        journey = journey.with(event);
        if (random.nextInt(3) == 0) {
          replace(changes, batched, journey);
          batched = journey;
        }
      }
      replace(changes, batched, journey);
    }
    var counts = new TreeMap<RouteChanges.Place, Integer>();
    changes.changes().forEach((place, change) -> counts.put(place, change.count()));
    return counts;
  }

  private static void replace(RouteChanges changes, Journey before, Journey after) {
    changes.replace(
        before, Contribution.of(before).dimensions(), after, Contribution.of(after).dimensions());
  }
}
