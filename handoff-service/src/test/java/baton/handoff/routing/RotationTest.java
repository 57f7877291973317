package baton.handoff.routing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RotationTest {
  static final int MANY = 100_000;
  static final int NO_LIMIT = Integer.MAX_VALUE;

  @Test
  void equal_sellers_take_turns() {
    var rotation = new Rotation(List.of(seller("ada", 1), seller("grace", 1), seller("joan", 1)));

    assertThat(dealt(rotation, 6)).containsExactly("ada", "grace", "joan", "ada", "grace", "joan");
  }

  @Test
  void a_heavy_seller_is_served_in_between_and_not_in_one_go() {
    var rotation = new Rotation(List.of(seller("ada", 3), seller("grace", 1)));

    assertThat(dealt(rotation, 8))
        .containsExactly("ada", "ada", "grace", "ada", "ada", "ada", "grace", "ada");
  }

  @Test
  void a_seller_takes_no_more_than_he_has_room_for() {
    var rotation =
        new Rotation(
            List.of(new Candidate("ada", null, 1, 0, 2), new Candidate("grace", null, 1, 0, 1)));

    assertThat(dealt(rotation, 5)).containsExactly("ada", "grace", "ada", null, null);
    assertThat(rotation.whyNobody())
        .isEqualTo("nobody eligible: every active seller has reached his capacity");
  }

  @Test
  void without_sellers_there_is_nobody() {
    var rotation = new Rotation(List.of());

    assertThat(rotation.next()).isNull();
    assertThat(rotation.whyNobody()).isEqualTo("nobody eligible: there is no active seller");
  }

  @Test
  void the_reason_says_whose_turn_it_is_and_among_whom() {
    var rotation = new Rotation(List.of(seller("ada", 1.5), seller("grace", 0.5)));

    assertThat(rotation.next())
        .isEqualTo(
            new Turn(
                "ada",
                null,
                "his turn: owed 0.75 of a turn, next due of 2 eligible sellers (weight 1.5 of 2)"));
  }

  @RepeatedTest(20)
  void sellers_who_stay_are_within_one_turn_of_their_weight_at_every_moment(RepetitionInfo run) {
    var random = new SplittableRandom(run.getCurrentRepetition());
    var sellers =
        IntStream.range(0, 2 + random.nextInt(20))
            .mapToObj(i -> seller("seller-" + i, weight(random)))
            .toList();
    var weights = sellers.stream().mapToDouble(Candidate::weight).sum();

    var furthest = 0.0;
    var rotation = new Rotation(sellers);
    var taken = new HashMap<String, Integer>();
    for (var handoffs = 1; handoffs <= MANY / 20; handoffs++) {
      var turn = requireNonNull(rotation.next());
      taken.merge(turn.sellerId(), 1, Integer::sum);
      for (var seller : sellers) {
        var share = handoffs * seller.weight() / weights;
        furthest = Math.max(furthest, Math.abs(taken.getOrDefault(seller.sellerId(), 0) - share));
      }
    }

    assertThat(furthest).isLessThan(1);
  }

  /**
   * What a seller is owed is counted over the moments he was eligible. While sellers come and go it
   * can't be kept below one turn for all of them, but it never adds up.
   */
  @RepeatedTest(10)
  void sellers_who_come_and_go_neither_lose_turns_nor_pile_them_up(RepetitionInfo run) {
    var random = new SplittableRandom(run.getCurrentRepetition());
    var credits = new TreeMap<String, Double>();
    var all =
        IntStream.range(0, 3 + random.nextInt(20))
            .mapToObj(i -> seller("seller-" + i, weight(random)))
            .toList();
    var taken = new HashMap<String, Integer>();
    var share = new HashMap<String, Double>();

    var furthest = 0.0;
    for (var handoffs = 0; handoffs < MANY; ) {
      var here = present(all, credits, random);
      var rotation = new Rotation(here);
      var weights = here.stream().mapToDouble(Candidate::weight).sum();
      for (var left = 1 + random.nextInt(40); left > 0; left--, handoffs++) {
        var turn = requireNonNull(rotation.next());
        taken.merge(turn.sellerId(), 1, Integer::sum);
        here.forEach(each -> share.merge(each.sellerId(), each.weight() / weights, Double::sum));
      }
      credits.putAll(rotation.credits());
      for (var seller : all) {
        var had = taken.getOrDefault(seller.sellerId(), 0);
        furthest = Math.max(furthest, Math.abs(had - share.getOrDefault(seller.sellerId(), 0.0)));
      }
    }

    assertThat(furthest).isLessThan(2);
  }

  @Test
  void turns_are_the_same_however_the_handoffs_are_cut_into_batches() {
    var sellers = List.of(seller("ada", 3), seller("grace", 2), seller("joan", 1.7));
    var atOnce = dealt(new Rotation(sellers), 1000);

    var inBatches = new ArrayList<@Nullable String>();
    var credits = new TreeMap<String, Double>();
    var random = new SplittableRandom(1);
    while (inBatches.size() < atOnce.size()) {
      var rotation = new Rotation(sellers.stream().map(each -> owed(each, credits)).toList());
      var batch = Math.min(1 + random.nextInt(30), atOnce.size() - inBatches.size());
      inBatches.addAll(dealt(rotation, batch));
      credits.putAll(rotation.credits());
    }

    assertThat(inBatches).isEqualTo(atOnce);
  }

  private static List<Candidate> present(
      List<Candidate> all, Map<String, Double> credits, SplittableRandom random) {
    var here =
        all.stream()
            .filter(each -> random.nextInt(4) > 0)
            .map(each -> owed(each, credits))
            .toList();
    return here.isEmpty() ? List.of(owed(all.getFirst(), credits)) : here;
  }

  private static Candidate owed(Candidate seller, Map<String, Double> credits) {
    return new Candidate(
        seller.sellerId(),
        seller.team(),
        seller.weight(),
        credits.getOrDefault(seller.sellerId(), 0.0),
        seller.room());
  }

  private static Candidate seller(String id, double weight) {
    return new Candidate(id, null, weight, 0, NO_LIMIT);
  }

  private static double weight(SplittableRandom random) {
    return (1 + random.nextInt(50)) / 10.0;
  }

  private static List<@Nullable String> dealt(Rotation rotation, int handoffs) {
    var sellers = new ArrayList<@Nullable String>();
    for (var i = 0; i < handoffs; i++) {
      var turn = rotation.next();
      sellers.add(turn == null ? null : turn.sellerId());
    }
    return sellers;
  }
}
