package baton.handoff.routing;

import static java.util.stream.Collectors.toMap;

import baton.handoff.routing.Dealt.Nobody;
import baton.handoff.routing.Dealt.Turn;
import baton.handoff.seller.Presence.Away;
import baton.handoff.seller.Presence.Here;
import baton.handoff.seller.Presence.Off;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deals turns so that every seller stays within one turn of his weight's share at every moment, not
 * only in the long run.
 *
 * <p>Each handoff owes every eligible seller a part of a turn, his weight's share. Of the sellers
 * who are owed enough it goes to the one whose next whole turn falls due first (Tijdeman's solution
 * of the chairman assignment problem). Who can't take it is owed nothing meanwhile, and what he was
 * owed before waits for him. Only who is out of office is in arrears, and catches up a few turns a
 * day.
 */
public final class Rotation {
  /** Of those who are due at the same time the first by id is served, whatever sums round to. */
  private static final double ROUNDING = 1e-9;

  /** Arrears are what can be caught up in a working week: older ones are forgotten. */
  private static final int DAYS_OF_ARREARS = 5;

  /** Out of hours those who open within this of the first are served as if they opened with him. */
  private static final Duration OPENING_TOGETHER = Duration.ofHours(1);

  private static final class Member {
    final Candidate seller;
    int room;

    Member(Candidate seller) {
      this.seller = seller;
      this.room = seller.room();
    }

    boolean canTake() {
      return room > 0 && !(seller.presence() instanceof Away);
    }
  }

  private static final class Place {
    final Member member;
    final int givenBack;
    double credit;
    double arrears;
    int caughtUp;
    int catchingUp;

    Place(Member member, Standing standing) {
      this.member = member;
      this.givenBack = standing.givenBack();
      this.credit = standing.credit() + standing.givenBack();
      this.arrears = standing.arrears();
      this.caughtUp = standing.caughtUp();
    }

    double weight() {
      return member.seller.weight();
    }

    boolean eligible(Wanted wanted) {
      return member.canTake() && member.seller.takes(wanted);
    }
  }

  private final TreeMap<String, Member> members;
  private final Map<String, Map<String, Standing>> standings = new HashMap<>();
  private final Map<String, List<Place>> pools = new TreeMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final int catchUpCap;

  /** {@code catchUpCap} is how many turns a seller who was away may catch up in a day. */
  public Rotation(List<Candidate> candidates, List<Standing> standings, int catchUpCap) {
    this.members =
        candidates.stream()
            .collect(toMap(Candidate::sellerId, Member::new, (one, other) -> one, TreeMap::new));
    this.catchUpCap = catchUpCap;
    for (var standing : standings) {
      this.standings
          .computeIfAbsent(standing.team(), team -> new HashMap<>())
          .put(standing.sellerId(), standing);
    }
  }

  /** Learns with whom companies are. */
  public void remember(Map<String, String> companyOwners) {
    owners.putAll(companyOwners);
  }

  /** Gives the next handoff to a seller, or to nobody when nobody is eligible. */
  public Dealt next(Route route) {
    var own = turn(route);
    var dealt = route.observed() ? observed(route, own) : own;
    if (dealt instanceof Turn turn && route.company() != null) {
      owners.put(route.company(), turn.sellerId());
    }
    return dealt;
  }

  /** Whether a handoff would find a seller. */
  public boolean anybody(Wanted wanted) {
    return pool(wanted.team()).stream().anyMatch(place -> place.eligible(wanted));
  }

  /** What every seller is owed now, in the teams that were dealt to. */
  public List<Standing> standings() {
    var now = new ArrayList<Standing>();
    pools.forEach(
        (team, places) ->
            places.forEach(
                place ->
                    now.add(
                        new Standing(
                            team,
                            place.member.seller.sellerId(),
                            place.credit,
                            place.givenBack,
                            place.arrears,
                            place.caughtUp))));
    return now;
  }

  private static void reason(List<String> reasons, long many, String what) {
    if (many > 0) {
      reasons.add(many + " " + what);
    }
  }

  private Nobody nobody(Route route) {
    var team = route.wanted().team();
    var of = team.isEmpty() ? "" : " in team " + team;
    var places = pool(team);
    if (places.isEmpty()) {
      return new Nobody("nobody eligible: there is no active seller" + of);
    }
    var others = places.stream().filter(each -> !each.member.seller.takes(route.wanted())).count();
    var away =
        places.stream()
            .filter(each -> each.member.seller.takes(route.wanted()))
            .filter(each -> each.member.seller.presence() instanceof Away)
            .count();
    if (others == 0 && away == 0) {
      return new Nobody("nobody eligible: every active seller" + of + " has reached his capacity");
    }
    var reasons = new ArrayList<String>();
    reason(reasons, away, "out of office");
    reason(reasons, others, "for other countries or personas");
    reason(reasons, places.size() - away - others, "at capacity");
    return new Nobody(
        "nobody eligible: of "
            + places.size()
            + " active seller"
            + (places.size() == 1 ? "" : "s")
            + of
            + " "
            + String.join(", ", reasons));
  }

  private List<Place> pool(String team) {
    return pools.computeIfAbsent(team, this::gather);
  }

  /** A turn given back to one is taken from all, so that together they are owed what they were. */
  private List<Place> gather(String team) {
    var known = standings.getOrDefault(team, Map.of());
    var places = new ArrayList<Place>();
    for (var member : members.values()) {
      if (team.isEmpty() || team.equals(member.seller.team())) {
        var id = member.seller.sellerId();
        places.add(new Place(member, known.getOrDefault(id, new Standing(team, id, 0, 0, 0, 0))));
      }
    }
    var givenBack = places.stream().mapToInt(place -> place.givenBack).sum();
    if (givenBack > 0) {
      owe(places, weights(places), -givenBack);
    }
    return places;
  }

  private Dealt turn(Route route) {
    var wanted = route.wanted();
    var places = pool(wanted.team());
    var owner = owner(route.company());
    if (owner != null && places.stream().noneMatch(place -> place.member == owner)) {
      owner.room--;
      return new Turn(owner.seller.sellerId(), owner.seller.team(), ownersWords(route));
    }
    var able = places.stream().filter(place -> place.eligible(wanted)).toList();
    var eligible = owner == null ? inShift(able) : new ArrayList<>(able);
    if (owner != null && eligible.stream().noneMatch(place -> place.member == owner)) {
      eligible.add(
          places.stream().filter(place -> place.member == owner).findFirst().orElseThrow());
    }
    if (eligible.isEmpty()) {
      return nobody(route);
    }
    fallBehind(places, eligible, wanted);
    var weights = weights(eligible);
    if (owner == null) {
      catchUp(eligible, weights);
    }
    owe(eligible, weights, 1);
    var due =
        owner == null
            ? soonestDue(eligible, weights)
            : eligible.stream().filter(place -> place.member == owner).findFirst().orElseThrow();
    var why = owner == null ? why(route, due, eligible.size(), weights) : ownersWords(route);
    due.credit -= 1;
    due.member.room--;
    return new Turn(due.member.seller.sellerId(), due.member.seller.team(), why);
  }

  private @Nullable Member owner(@Nullable String company) {
    var id = company == null ? null : owners.get(company);
    var member = id == null ? null : members.get(id);
    return member != null && member.canTake() ? member : null;
  }

  /** Those in shift; where nobody is, those whose shift opens first. */
  private static List<Place> inShift(List<Place> able) {
    var here =
        able.stream().filter(place -> place.member.seller.presence() instanceof Here).toList();
    if (!here.isEmpty()) {
      return here;
    }
    var first = able.stream().map(Rotation::opening).min(Comparator.naturalOrder()).orElse(null);
    if (first == null) {
      return List.of();
    }
    var last = first.plus(OPENING_TOGETHER);
    return able.stream().filter(place -> !opening(place).isAfter(last)).toList();
  }

  private static Instant opening(Place place) {
    return place.member.seller.presence() instanceof Off(var opensAt) ? opensAt : Instant.MIN;
  }

  private void fallBehind(List<Place> places, List<Place> eligible, Wanted wanted) {
    if (catchUpCap == 0) {
      return;
    }
    var away =
        places.stream()
            .filter(place -> place.member.seller.presence() instanceof Away)
            .filter(place -> place.member.seller.takes(wanted))
            .toList();
    if (away.isEmpty()) {
      return;
    }
    var weights = weights(eligible) + weights(away);
    var most = (double) catchUpCap * DAYS_OF_ARREARS;
    for (var place : away) {
      place.arrears = Math.min(most, place.arrears + place.weight() / weights);
    }
  }

  private void catchUp(List<Place> eligible, double weights) {
    for (var place : eligible) {
      if (eligible.size() > 1
          && place.arrears >= 1 - ROUNDING
          && place.caughtUp < catchUpCap
          && place.catchingUp == 0) {
        owe(eligible, weights, -1);
        place.credit += 1;
        place.arrears = Math.max(0, place.arrears - 1);
        place.caughtUp++;
        place.catchingUp = 1;
        return;
      }
    }
  }

  private static void owe(Collection<Place> places, double weights, double turns) {
    for (var place : places) {
      place.credit += turns * place.weight() / weights;
    }
  }

  private static double weights(Collection<Place> places) {
    var sum = 0.0;
    for (var place : places) {
      sum += place.weight();
    }
    return sum;
  }

  private static Place soonestDue(List<Place> eligible, double weights) {
    var slack = eligible.size() == 1 ? 0 : 1.0 / (2.0 * eligible.size() - 2);
    Place soonest = null;
    var soonestDeadline = Double.POSITIVE_INFINITY;
    Place mostOwed = eligible.getFirst();
    for (var place : eligible) {
      if (place.credit > mostOwed.credit + ROUNDING) {
        mostOwed = place;
      }
      var deadline = (1 - slack - place.credit) * weights / place.weight();
      if (place.credit >= slack - ROUNDING && deadline < soonestDeadline - ROUNDING) {
        soonest = place;
        soonestDeadline = deadline;
      }
    }
    return soonest == null ? mostOwed : soonest;
  }

  /** The CRM's word counts; what Baton would have done is said beside it. */
  private Dealt observed(Route route, Dealt own) {
    var owner = route.owner() == null ? null : members.get(route.owner());
    var instead =
        switch (own) {
          case Turn(var seller, _, var why) ->
              "Baton would have given it to " + seller + " (" + why + ")";
          case Nobody(var why) -> "Baton would have given it to nobody (" + why + ")";
        };
    return owner == null
        ? new Nobody("the CRM assigns, and named no active seller; " + instead)
        : new Turn(owner.seller.sellerId(), owner.seller.team(), "the CRM assigned it; " + instead);
  }

  private static String ownersWords(Route route) {
    return by(route) + "stays with the owner of its company";
  }

  private String why(Route route, Place due, int among, double weights) {
    var off = due.member.seller.presence() instanceof Off(var opensAt) ? opensAt : null;
    var words = by(route);
    if (due.catchingUp > 0) {
      due.catchingUp = 0;
      words +=
          "catches up after his absence, turn %d of at most %d today"
              .formatted(due.caughtUp, catchUpCap);
    } else if (among == 1) {
      words += "the only eligible seller";
    } else {
      words +=
          String.format(
              Locale.ROOT,
              "his turn: owed %.2f of a turn, next due of %d eligible sellers (weight %s of %s)",
              due.credit,
              among,
              plain(due.weight()),
              plain(weights));
    }
    return off == null ? words : words + "; nobody is in shift, his begins first, at " + off;
  }

  private static String by(Route route) {
    return route.rule() == null
        ? ""
        : "rule " + route.rule() + ", team " + route.wanted().team() + ": ";
  }

  private static String plain(double weight) {
    return BigDecimal.valueOf(weight)
        .setScale(3, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
