package baton.reporting.journey;

import static baton.reporting.journey.Journey.UNTRAVELLED;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Event;
import baton.contracts.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JourneyTest {
  private static final int LIVES = 3000;

  @Test
  void a_journey_is_the_same_however_its_events_arrive() {
    for (int seed = 0; seed < LIVES; seed++) {
      var random = new SplittableRandom(seed);
      var events = Lives.contradicting(random);
      var told = travelled(events);

      for (int telling = 0; telling < 4; telling++) {
        assertThat(travelled(Lives.retold(events, random)).bytes())
            .as("life %d", seed)
            .isEqualTo(told.bytes());
      }
    }
  }

  @Test
  void every_order_of_a_few_events_tells_the_same_journey() {
    for (int seed = 0; seed < 40; seed++) {
      var events = Lives.contradicting(new SplittableRandom(seed));
      var few = events.subList(0, Math.min(6, events.size()));
      var told = travelled(few).bytes();

      permuted(
          new ArrayList<>(few), 0, order -> assertThat(travelled(order).bytes()).isEqualTo(told));
    }
  }

  @Test
  void a_journey_is_the_same_wherever_batches_are_cut_and_whichever_topic_comes_first() {
    for (int seed = 0; seed < LIVES; seed++) {
      var random = new SplittableRandom(seed);
      var events = Lives.contradicting(random);
      var byTopic = events.stream().collect(Collectors.groupingBy(Topic::of)).values();

      var journey = UNTRAVELLED;
      for (var event : interleaved(byTopic, random)) {
        journey = random.nextInt(3) == 0 ? Journey.of(journey.bytes()) : journey;
        journey = journey.with(event);
      }

      assertThat(journey.bytes()).isEqualTo(travelled(events).bytes());
    }
  }

  @Test
  void journeys_join_in_any_order_and_any_number_of_times() {
    for (int seed = 0; seed < LIVES; seed++) {
      var random = new SplittableRandom(seed);
      var events = Lives.contradicting(random);
      var one = travelled(events.stream().filter(_ -> random.nextBoolean()).toList());
      var two = travelled(events.stream().filter(_ -> random.nextBoolean()).toList());
      var three = travelled(events.stream().filter(_ -> random.nextBoolean()).toList());

      var joined = one.join(two).join(three);

      assertThat(joined)
          .isEqualTo(three.join(two).join(one))
          .isEqualTo(one.join(two.join(three)))
          .isEqualTo(joined.join(joined).join(two));
    }
  }

  @Test
  void what_was_written_reads_back() {
    for (int seed = 0; seed < LIVES; seed++) {
      var journey = travelled(Lives.contradicting(new SplittableRandom(seed)));

      assertThat(Journey.of(journey.bytes())).isEqualTo(journey);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void an_event_heard_again_leaves_the_very_same_journey(int seed) {
    var events = Lives.of(new SplittableRandom(seed));
    var journey = travelled(events);

    for (var event : events) {
      assertThat(journey.with(event)).isSameAs(journey);
    }
  }

  private static Journey travelled(List<Event> events) {
    var journey = UNTRAVELLED;
    for (var event : events) {
      journey = journey.with(event);
    }
    return journey;
  }

  /** Each topic in its own order, the topics mixed. */
  private static List<Event> interleaved(Collection<List<Event>> topics, SplittableRandom random) {
    var left = topics.stream().map(ArrayList::new).collect(Collectors.toCollection(ArrayList::new));
    var mixed = new ArrayList<Event>();
    while (!left.isEmpty()) {
      var topic = left.get(random.nextInt(left.size()));
      mixed.add(topic.removeFirst());
      left.removeIf(List::isEmpty);
    }
    return mixed;
  }

  private static void permuted(
      List<Event> events, int from, java.util.function.Consumer<List<Event>> each) {
    if (from >= events.size()) {
      each.accept(events);
    }
    for (int i = from; i < events.size(); i++) {
      java.util.Collections.swap(events, from, i);
      permuted(events, from + 1, each);
      java.util.Collections.swap(events, from, i);
    }
  }
}
