package baton.reporting.fold.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AbreastTest {
  private static final TopicPartition CAPTURED = new TopicPartition("lead-captured", 0);
  private static final TopicPartition TOUCHED = new TopicPartition("lead-touched", 0);
  private static final TopicPartition OTHER = new TopicPartition("lead-captured", 1);
  private static final List<TopicPartition> ALL = List.of(CAPTURED, TOUCHED, OTHER);

  private final Abreast abreast = new Abreast();

  @Test
  void what_is_ahead_waits_for_a_topic_that_goes_on() {
    hear(CAPTURED, 1, 2, 3, 4);
    hear(TOUCHED, 1, 2);

    var taken = abreast.take(ALL, TOUCHED::equals);

    assertThat(taken).hasSize(4).allMatch(record -> record.timestamp() <= 2);
    assertThat(abreast.size()).isEqualTo(2);
    assertThat(abreast.none(TOUCHED)).isTrue();
    assertThat(abreast.none(CAPTURED)).isFalse();
  }

  @Test
  void nothing_is_taken_before_a_topic_that_goes_on_has_said_something() {
    hear(CAPTURED, 1, 2);
    hear(OTHER, 3);

    var taken = abreast.take(ALL, TOUCHED::equals);

    assertThat(taken).extracting(ConsumerRecord::partition).containsExactly(1);
  }

  @Test
  void nothing_waits_for_topics_at_their_end() {
    hear(CAPTURED, 1, 2, 3);
    hear(TOUCHED, 1);

    var taken = abreast.take(ALL, _ -> false);

    assertThat(taken).hasSize(4);
    assertThat(abreast.bytes()).isZero();
  }

  @Test
  void a_topic_keeps_its_order_where_its_times_do_not() {
    hear(CAPTURED, 5, 1, 6);
    hear(TOUCHED, 2, 4);

    var taken = abreast.take(ALL, TOUCHED::equals);

    assertThat(taken).extracting(ConsumerRecord::topic).containsOnly(TOUCHED.topic());
    assertThat(abreast.takeAll()).extracting(ConsumerRecord::timestamp).containsExactly(5L, 1L, 6L);
  }

  private void hear(TopicPartition topic, long... times) {
    for (long time : times) {
      abreast.add(
          new ConsumerRecord<>(
              topic.topic(),
              topic.partition(),
              time,
              time,
              TimestampType.CREATE_TIME,
              0,
              8,
              new byte[0],
              new byte[8],
              new RecordHeaders(),
              Optional.empty()));
    }
  }
}
