package baton.lead.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowIdsTest {
  private static final UUID IMPORT = UUID.fromString("0198b2c0-0000-7abc-8def-0123456789ab");

  @Test
  void ids_are_of_version_7_and_of_the_imports_time_and_lie_in_row_order() {
    var ids = new RowIds(IMPORT);

    var leads = LongStream.of(1, 2, 1L << 20, (1L << 32) - 1).mapToObj(ids::lead).toList();

    assertThat(leads).allMatch(id -> id.version() == 7 && id.variant() == 2);
    assertThat(leads.stream().map(UUID::toString))
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(id -> id.startsWith("0198b2c0-0000-7") && id.endsWith(ids.ending()));
  }

  @Test
  void a_row_makes_three_ids_between_the_first_and_the_last() {
    var ids = new RowIds(IMPORT);
    var sorted = new TreeSet<String>();

    for (var id : new UUID[] {ids.lead(7), ids.touch(7), ids.pass(7), ids.first(), ids.last()}) {
      sorted.add(id.toString());
    }

    assertThat(sorted).hasSize(5);
    assertThat(sorted.first()).isEqualTo(ids.first().toString());
    assertThat(sorted.last()).isEqualTo(ids.last().toString());
  }

  @Test
  void an_id_of_somebody_else_in_the_same_millisecond_is_not_its_own() {
    var ids = new RowIds(UuidCreator.getTimeOrderedEpoch());

    assertThat(ids.has(UuidCreator.getTimeOrderedEpoch())).isFalse();
    assertThat(ids.has(ids.lead(12))).isTrue();
  }
}
