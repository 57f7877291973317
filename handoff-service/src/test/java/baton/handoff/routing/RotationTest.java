package baton.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;

import baton.handoff.routing.Dealt.Nobody;
import baton.handoff.routing.Dealt.Turn;
import baton.handoff.seller.Presence;
import baton.handoff.seller.Presence.Away;
import baton.handoff.seller.Presence.Off;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RotationTest {
  static final int MANY = 100_000;
  static final int NO_LIMIT = Integer.MAX_VALUE;
  static final int CAP = 3;
  static final Presence AWAY = new Away(LocalDate.parse("2026-12-31"));
  static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");

  /** The 99.9 % quantile of chi-square with 19 degrees of freedom. */
  static final double CHI_SQUARE_LIMIT = 43.82;

  @Test
  void equal_sellers_take_turns() {
    var rotation = rotation(seller("ada", 1), seller("grace", 1), seller("joan", 1));

    assertThat(dealt(rotation, 6)).containsExactly("ada", "grace", "joan", "ada", "grace", "joan");
  }

  @Test
  void a_heavy_seller_is_served_in_between_and_not_in_one_go() {
    var rotation = rotation(seller("ada", 3), seller("grace", 1));

    assertThat(dealt(rotation, 8))
        .containsExactly("ada", "ada", "grace", "ada", "ada", "ada", "grace", "ada");
  }

  @Test
  void a_seller_takes_no_more_than_he_has_room_for() {
    var rotation = rotation(seller("ada", 1, 2), seller("grace", 1, 1));

    assertThat(dealt(rotation, 5)).containsExactly("ada", "grace", "ada", null, null);
    assertThat(rotation.next(Route.ANYWHERE))
        .isEqualTo(new Nobody("nobody eligible: every active seller has reached his capacity"));
  }

  @Test
  void without_sellers_there_is_nobody() {
    assertThat(rotation().next(Route.ANYWHERE))
        .isEqualTo(new Nobody("nobody eligible: there is no active seller"));
  }

  @Test
  void who_cannot_take_a_lead_and_why_is_counted() {
    var rotation =
        rotation(
            team("ada", "dach", AWAY),
            new Candidate("grace", "dach", 1, 1, Set.of("FR"), Set.of(), Presence.HERE),
            new Candidate("joan", "dach", 1, 0, Set.of("DE"), Set.of(), Presence.HERE),
            team("mary", "emea", Presence.HERE));

    assertThat(rotation.next(to("dach", "DE", null)))
        .isEqualTo(
            new Nobody(
                "nobody eligible: of 3 active sellers in team dach 1 out of office,"
                    + " 1 for other countries or personas, 1 at capacity"));
  }

  @Test
  void the_reason_says_whose_turn_it_is_and_among_whom() {
    var rotation = rotation(seller("ada", 1.5), seller("grace", 0.5));

    assertThat(rotation.next(Route.ANYWHERE))
        .isEqualTo(
            new Turn(
                "ada",
                null,
                "his turn: owed 0.75 of a turn, next due of 2 eligible sellers (weight 1.5 of 2)"));
  }

  @Test
  void a_rules_team_takes_turns_of_its_own() {
    var rotation =
        rotation(
            team("ada", "dach", Presence.HERE),
            team("grace", "dach", Presence.HERE),
            team("joan", "emea", Presence.HERE));

    assertThat(rotation.next(to("emea", null, null)))
        .isEqualTo(new Turn("joan", "emea", "rule by-hand, team emea: the only eligible seller"));
    assertThat(dealt(rotation, to("dach", null, null), 4))
        .containsExactly("ada", "grace", "ada", "grace");
  }

  @Test
  void countries_and_personas_narrow_who_takes_a_lead_and_what_is_unknown_does_not() {
    var rotation =
        rotation(
            new Candidate("ada", null, 1, NO_LIMIT, Set.of("DE"), Set.of(), Presence.HERE),
            new Candidate(
                "grace", null, 1, NO_LIMIT, Set.of(), Set.of("it-director"), Presence.HERE));

    assertThat(dealt(rotation, to("", "DE", "marketer"), 2)).containsExactly("ada", "ada");
    assertThat(dealt(rotation, to("", "FR", "it-director"), 2)).containsExactly("grace", "grace");
    assertThat(dealt(rotation, to("", "FR", "marketer"), 1)).containsExactly((String) null);
    assertThat(dealt(rotation, to("", null, null), 4)).contains("ada", "grace");
  }

  @Test
  void whose_shift_is_open_comes_first_then_whose_opens_first() {
    var early = new Off(NINE);
    var withHim = new Off(NINE.plusSeconds(1800));
    var late = new Off(NINE.plusSeconds(7200));
    var atNight = rotation(at("ada", late), at("grace", early), at("joan", withHim));
    var byDay = rotation(at("ada", early), at("grace", Presence.HERE));

    assertThat(dealt(atNight, 4)).containsExactly("grace", "joan", "grace", "joan");
    assertThat(dealt(byDay, 2)).containsExactly("grace", "grace");
    assertThat(((Turn) rotation(at("ada", early)).next(Route.ANYWHERE)).why())
        .isEqualTo(
            "the only eligible seller; nobody is in shift, his begins first,"
                + " at 2026-11-20T09:00:00Z");
  }

  @Test
  void a_company_stays_with_its_owner_and_counts_as_his_turn() {
    var rotation = rotation(seller("ada", 1), seller("grace", 1));
    rotation.remember(Map.of("acme.example", "grace"));

    var first = rotation.next(of("acme.example"));

    assertThat(first).isEqualTo(new Turn("grace", null, "stays with the owner of its company"));
    assertThat(dealt(rotation, 3)).containsExactly("ada", "ada", "grace");
  }

  @Test
  void colleagues_who_arrive_together_go_to_one_seller() {
    var rotation = rotation(seller("ada", 1), seller("grace", 1), seller("joan", 1));

    assertThat(dealt(rotation, of("acme.example"), 5)).containsOnly("ada");
  }

  @Test
  void an_owner_who_is_away_or_full_does_not_hold_a_lead_up() {
    var rotation = rotation(at("ada", AWAY), seller("grace", 1));
    rotation.remember(Map.of("acme.example", "ada", "gone.example", "nobody-known"));

    assertThat(dealt(rotation, of("acme.example"), 1)).containsExactly("grace");
    assertThat(dealt(rotation, of("gone.example"), 1)).containsExactly("grace");
  }

  @Test
  void where_the_crm_assigns_its_word_counts_and_batons_own_is_said() {
    var rotation = rotation(seller("ada", 1), seller("grace", 1));

    assertThat(rotation.next(new Route(Wanted.ANYBODY, null, null, true, "grace")))
        .isEqualTo(
            new Turn(
                "grace",
                null,
                "the CRM assigned it; Baton would have given it to ada (his turn: owed 0.50 of a"
                    + " turn, next due of 2 eligible sellers (weight 1 of 2))"));
    assertThat(rotation.next(new Route(Wanted.ANYBODY, null, null, true, null)))
        .isInstanceOf(Nobody.class);
  }

  @Test
  void a_turn_given_back_is_dealt_again_and_no_more() {
    var all = List.of(seller("ada", 1), seller("grace", 1), seller("joan", 1));
    var rotation = new Rotation(all, List.of(new Standing("", "joan", 0, 2, 0, 0)), CAP);

    var turns = count(dealt(rotation, 3 * 100 + 2));

    assertThat(turns).isEqualTo(Map.of("ada", 100, "grace", 100, "joan", 102));
  }

  @Test
  void who_was_away_catches_up_a_few_turns_a_day_and_the_rest_on_the_next() {
    var back = new ArrayList<>(List.of(at("ada", AWAY), seller("grace", 1), seller("joan", 1)));
    var away = new Rotation(back, List.of(), CAP);
    dealt(away, 30);
    back.set(0, seller("ada", 1));

    var first = new Rotation(back, away.standings(), CAP);
    var firstDay = count(dealt(first, 90));
    var second = new Rotation(back, nextDay(first.standings()), CAP);
    var secondDay = count(dealt(second, 90));

    assertThat(firstDay).isEqualTo(Map.of("ada", 32, "grace", 29, "joan", 29));
    assertThat(secondDay).isEqualTo(Map.of("ada", 32, "grace", 29, "joan", 29));
  }

  @Test
  void a_long_absence_ends_without_a_flood() {
    var sellers = List.of(at("ada", AWAY), seller("grace", 1));
    var away = new Rotation(sellers, List.of(), CAP);
    dealt(away, 10_000);

    var standings = away.standings();
    var extra = 0;
    for (var day = 0; day < 20; day++) {
      var rotation =
          new Rotation(List.of(seller("ada", 1), seller("grace", 1)), nextDay(standings), CAP);
      var today = count(dealt(rotation, 100)).getOrDefault("ada", 0) - 50;
      assertThat(today).isLessThanOrEqualTo(CAP);
      extra += today;
      standings = rotation.standings();
    }
    assertThat(extra).isBetween(7, 8);
  }

  @Test
  void without_catching_up_an_absence_is_simply_over() {
    var away = new Rotation(List.of(at("ada", AWAY), seller("grace", 1)), List.of(), 0);
    dealt(away, 100);

    var back = new Rotation(List.of(seller("ada", 1), seller("grace", 1)), away.standings(), 0);

    assertThat(count(dealt(back, 100))).isEqualTo(Map.of("ada", 50, "grace", 50));
  }

  @Test
  void a_new_seller_is_not_flooded() {
    var before = new Rotation(List.of(seller("ada", 1), seller("grace", 1)), List.of(), CAP);
    dealt(before, 1000);

    var with =
        new Rotation(
            List.of(seller("ada", 1), seller("grace", 1), seller("new", 1)),
            before.standings(),
            CAP);

    assertThat(count(dealt(with, 30))).isEqualTo(Map.of("ada", 10, "grace", 10, "new", 10));
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
    var rotation = new Rotation(sellers, List.of(), CAP);
    var taken = new HashMap<String, Integer>();
    for (var handoffs = 1; handoffs <= MANY / 20; handoffs++) {
      taken.merge(next(rotation), 1, Integer::sum);
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
    var all = crowd(random, 3 + random.nextInt(20));

    var furthest = 0.0;
    var dealing = new Dealing(all);
    while (dealing.handoffs < MANY) {
      dealing.deal(present(all, random), 1 + random.nextInt(40));
      furthest = Math.max(furthest, dealing.furthest());
    }

    assertThat(furthest).isLessThan(2);
  }

  /** Random dealing would come near the limit; turns stay far below it. */
  @RepeatedTest(5)
  void a_hundred_thousand_leads_over_changing_sellers_fit_their_weights(RepetitionInfo run) {
    var random = new SplittableRandom(1000 + run.getCurrentRepetition());
    var all = crowd(random, 20);

    var dealing = new Dealing(all);
    while (dealing.handoffs < MANY) {
      dealing.deal(present(all, random), 1 + random.nextInt(400));
    }

    assertThat(dealing.chiSquare()).isLessThan(CHI_SQUARE_LIMIT / 100);
  }

  @Test
  void turns_are_the_same_however_the_handoffs_are_cut_into_batches_and_restarted_between() {
    var sellers = List.of(seller("ada", 3), seller("grace", 2), seller("joan", 1.7));
    var atOnce = dealt(new Rotation(sellers, List.of(), CAP), 10_000);

    var inBatches = new ArrayList<@Nullable String>();
    List<Standing> standings = List.of();
    var random = new SplittableRandom(1);
    while (inBatches.size() < atOnce.size()) {
      var shuffled = new ArrayList<>(sellers);
      Collections.shuffle(shuffled, new java.util.Random(random.nextLong()));
      var rotation = new Rotation(shuffled, standings, CAP);
      var batch = Math.min(1 + random.nextInt(30), atOnce.size() - inBatches.size());
      inBatches.addAll(dealt(rotation, batch));
      standings = rotation.standings();
    }

    assertThat(inBatches).isEqualTo(atOnce);
  }

  /** Deals batch after batch to whoever is there, and counts what each should have had. */
  private static final class Dealing {
    final List<Candidate> all;
    final Map<String, Standing> standings = new TreeMap<>();
    final Map<String, Integer> taken = new HashMap<>();
    final Map<String, Double> share = new HashMap<>();
    int handoffs;

    Dealing(List<Candidate> all) {
      this.all = all;
    }

    void deal(List<Candidate> here, int many) {
      var rotation = new Rotation(here, List.copyOf(standings.values()), CAP);
      var weights = here.stream().mapToDouble(Candidate::weight).sum();
      for (var i = 0; i < many; i++, handoffs++) {
        taken.merge(next(rotation), 1, Integer::sum);
        here.forEach(each -> share.merge(each.sellerId(), each.weight() / weights, Double::sum));
      }
      rotation.standings().forEach(each -> standings.put(each.sellerId(), each));
    }

    double furthest() {
      return all.stream().mapToDouble(seller -> Math.abs(off(seller))).max().orElse(0);
    }

    double chiSquare() {
      return all.stream()
          .filter(seller -> share.containsKey(seller.sellerId()))
          .mapToDouble(
              seller -> off(seller) * off(seller) / share.getOrDefault(seller.sellerId(), 1.0))
          .sum();
    }

    private double off(Candidate seller) {
      var id = seller.sellerId();
      return taken.getOrDefault(id, 0) - share.getOrDefault(id, 0.0);
    }
  }

  private static List<Candidate> crowd(SplittableRandom random, int many) {
    return IntStream.range(0, many).mapToObj(i -> seller("seller-" + i, weight(random))).toList();
  }

  private static List<Candidate> present(List<Candidate> all, SplittableRandom random) {
    var here = all.stream().filter(each -> random.nextInt(4) > 0).toList();
    return here.isEmpty() ? List.of(all.getFirst()) : here;
  }

  private static List<Standing> nextDay(List<Standing> standings) {
    return standings.stream()
        .map(
            each -> new Standing(each.team(), each.sellerId(), each.credit(), 0, each.arrears(), 0))
        .toList();
  }

  private static Rotation rotation(Candidate... sellers) {
    return new Rotation(List.of(sellers), List.of(), CAP);
  }

  private static Route to(String team, @Nullable String country, @Nullable String persona) {
    return new Route(
        new Wanted(team, country, persona), team.isEmpty() ? null : "by-hand", null, false, null);
  }

  private static Route of(String company) {
    return new Route(Wanted.ANYBODY, null, company, false, null);
  }

  private static Candidate seller(String id, double weight) {
    return seller(id, weight, NO_LIMIT);
  }

  private static Candidate seller(String id, double weight, int room) {
    return new Candidate(id, null, weight, room, Set.of(), Set.of(), Presence.HERE);
  }

  private static Candidate team(String id, String team, Presence presence) {
    return new Candidate(id, team, 1, NO_LIMIT, Set.of(), Set.of(), presence);
  }

  private static Candidate at(String id, Presence presence) {
    return new Candidate(id, null, 1, NO_LIMIT, Set.of(), Set.of(), presence);
  }

  private static double weight(SplittableRandom random) {
    return (1 + random.nextInt(50)) / 10.0;
  }

  private static String next(Rotation rotation) {
    return ((Turn) rotation.next(Route.ANYWHERE)).sellerId();
  }

  private static List<@Nullable String> dealt(Rotation rotation, int handoffs) {
    return dealt(rotation, Route.ANYWHERE, handoffs);
  }

  private static List<@Nullable String> dealt(Rotation rotation, Route route, int handoffs) {
    var sellers = new ArrayList<@Nullable String>();
    for (var i = 0; i < handoffs; i++) {
      sellers.add(rotation.next(route) instanceof Turn turn ? turn.sellerId() : null);
    }
    return sellers;
  }

  private static Map<String, Integer> count(List<@Nullable String> sellers) {
    return new HashSet<>(sellers)
        .stream()
            .collect(
                Collectors.toMap(String::valueOf, each -> Collections.frequency(sellers, each)));
  }
}
