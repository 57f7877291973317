package baton.chassis.kin;

import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.kin.Groups.Merged;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private static final UUID ADA = new UUID(0, 1);
  private static final UUID TWIN = new UUID(0, 2);
  private static final UUID THIRD = new UUID(0, 3);
  private static final UUID OTHER = new UUID(0, 4);

  @Test
  void a_chain_counts_under_its_end() {
    var survivors =
        Groups.survivors(
            List.of(ADA, TWIN, THIRD, OTHER),
            List.of(merged(1, TWIN, THIRD), merged(2, ADA, TWIN)));

    assertThat(survivors).isEqualTo(Map.of(ADA, ADA, TWIN, ADA, THIRD, ADA));
  }

  @Test
  void who_is_absorbed_twice_counts_under_the_later() {
    var survivors =
        Groups.survivors(
            List.of(ADA, TWIN, OTHER), List.of(merged(2, OTHER, TWIN), merged(1, ADA, TWIN)));

    assertThat(survivors).isEqualTo(Map.of(TWIN, OTHER, OTHER, OTHER));
  }

  @Test
  void in_a_circle_everybody_counts_alone() {
    var survivors =
        Groups.survivors(List.of(ADA, TWIN), List.of(merged(1, ADA, TWIN), merged(2, TWIN, ADA)));

    assertThat(survivors).isEmpty();
  }

  private static Merged merged(int id, UUID survivor, UUID absorbed) {
    return new Merged(new UUID(9, id), survivor, absorbed);
  }
}
