package baton.reporting.fold;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Event;
import baton.contracts.LeadMerged;
import baton.contracts.LeadUnmerged;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Deltas;
import baton.reporting.funnel.Deltas.Cell;
import baton.reporting.funnel.Deltas.Note;
import baton.reporting.funnel.Deltas.Tally;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Touched;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Lives;
import baton.reporting.journey.WorkingTime;
import baton.reporting.restatement.Restating;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private static final Instant NINE = Instant.parse("2026-03-31T09:00:00Z");
  private static final int PARTITIONS = 3;
  private static final int STORIES = 250;

  /** Leads that live, and are merged and parted; {@code parted} undoes every merge left. */
  private record Story(List<Event> lived, List<Event> told, List<Event> parted) {

    List<Event> tellingOfMerges() {
      return concat(lived, told);
    }

    List<Event> tellingOfAll() {
      return concat(tellingOfMerges(), parted);
    }

    private static List<Event> concat(List<Event> one, List<Event> other) {
      var all = new ArrayList<>(one);
      all.addAll(other);
      return all;
    }
  }

  /** What the database holds. */
  private static final class Kept {
    private final Map<UUID, Journey> journeys = new HashMap<>();
    private final Map<Cell, int[]> cells = new HashMap<>();
    private final Map<Tally, BigDecimal> tallies = new HashMap<>();
    private final Map<Note, Integer> notes = new HashMap<>();

    void keep(Map<Integer, Map<UUID, List<Event>>> told) {
      var known = new HashMap<>(journeys);
      known
          .keySet()
          .retainAll(told.values().stream().flatMap(leads -> leads.keySet().stream()).toList());
      var folding = new Folding(told, known, WorkingTime.UNKNOWN, Restating.nothing());
      while (folding.others().stream().anyMatch(lead -> !folding.knows(lead))) {
        folding.know(folding.others(), journeys);
      }
      var folded = folding.folded();
      journeys.putAll(folded.begun());
      journeys.putAll(folded.extended());
      folded.deltas().values().forEach(this::add);
    }

    private void add(Deltas deltas) {
      deltas
          .cells()
          .forEach(
              (cell, counts) -> {
                var sums = cells.computeIfAbsent(cell, _ -> new int[counts.length]);
                Arrays.setAll(sums, column -> sums[column] + counts[column]);
              });
      deltas
          .tallies()
          .forEach((tally, amount) -> tallies.merge(tally, amount.entered(), BigDecimal::add));
      deltas.notes().forEach((note, times) -> notes.merge(note, times.entered(), Integer::sum));
    }

    /** All that a report can see. */
    Map<Object, Object> seen() {
      var seen = new HashMap<Object, Object>();
      cells.forEach(
          (cell, counts) -> {
            if (Arrays.stream(counts).anyMatch(count -> count != 0)) {
              seen.put(cell, Arrays.stream(counts).boxed().toList());
            }
          });
      tallies.forEach(
          (tally, amount) -> {
            if (amount.signum() != 0) {
              seen.put(tally, amount.stripTrailingZeros());
            }
          });
      notes.forEach(
          (note, times) -> {
            if (times != 0) {
              seen.put(note, times);
            }
          });
      return seen;
    }

    Map<UUID, String> bytes() {
      var bytes = new TreeMap<UUID, String>();
      journeys.forEach(
          (lead, journey) -> bytes.put(lead, HexFormat.of().formatHex(journey.bytes())));
      return bytes;
    }
  }

  @Test
  void merges_come_out_the_same_however_they_are_told_and_batches_are_cut() {
    for (int seed = 0; seed < STORIES; seed++) {
      var random = new SplittableRandom(seed);
      var story = story(random);

      var once = folded(story.tellingOfMerges(), random);
      var again = folded(story.tellingOfMerges(), random);

      assertThat(again.bytes()).as("story %d", seed).isEqualTo(once.bytes());
      assertThat(again.seen()).as("story %d", seed).isEqualTo(once.seen());
      assertThat(once.seen()).as("story %d", seed).isEqualTo(counted(once.journeys));
    }
  }

  @Test
  void what_was_parted_counts_as_if_it_had_never_been_one() {
    for (int seed = 0; seed < STORIES; seed++) {
      var random = new SplittableRandom(seed);
      var story = story(random);

      var before = folded(story.lived(), random);
      var after = folded(story.tellingOfAll(), random);

      assertThat(after.seen()).as("story %d", seed).isEqualTo(before.seen());
      before.journeys.forEach(
          (lead, journey) ->
              assertThat(Objects.requireNonNull(after.journeys.get(lead)).standing())
                  .isEqualTo(journey.standing()));
    }
  }

  @Test
  void one_who_was_merged_came_when_the_first_of_them_came_and_touched_when_the_others_did() {
    var random = new SplittableRandom(8);
    var lives = List.of(Lives.of(random), Lives.of(random));
    var events = new ArrayList<Event>(lives.getFirst());
    events.addAll(lives.getLast());
    var survivor = lead(lives.getFirst().getFirst());
    var absorbed = lead(lives.getLast().getFirst());
    events.addAll(merged(Lives.id(random), survivor, absorbed));

    var journeys = folded(events, random).journeys;

    var whole = Group.of(absorbed, journeys);
    assertThat(whole.survivor()).isEqualTo(survivor);
    var captures =
        Stream.of(survivor, absorbed)
            .map(lead -> Objects.requireNonNull(journeys.get(lead)).captured())
            .map(Objects::requireNonNull)
            .sorted(Comparator.comparing(Captured::at))
            .toList();
    assertThat(whole.journey().captured()).isEqualTo(captures.getFirst());
    assertThat(whole.journey().facts())
        .filteredOn(Touched.class::isInstance)
        .extracting(fact -> ((Touched) fact).touchId())
        .contains(captures.getLast().touchId());
  }

  private static Kept folded(List<Event> events, SplittableRandom random) {
    var kept = new Kept();
    var batch = new TreeMap<Integer, Map<UUID, List<Event>>>();
    for (var event : Lives.retold(events, random)) {
      var lead = lead(event);
      batch
          .computeIfAbsent(Math.floorMod(lead.hashCode(), PARTITIONS), _ -> new LinkedHashMap<>())
          .computeIfAbsent(lead, _ -> new ArrayList<>())
          .add(event);
      if (random.nextInt(4) == 0) {
        kept.keep(batch);
        batch.clear();
      }
    }
    kept.keep(batch);
    return kept;
  }

  /** Counted anew, group by group. */
  private static Map<Object, Object> counted(Map<UUID, Journey> journeys) {
    var kept = new Kept();
    var deltas = new Deltas();
    Group.all(journeys.keySet(), journeys)
        .forEach(group -> deltas.replace(Contribution.NONE, Contribution.of(group.journey())));
    kept.add(deltas.settled());
    return kept.seen();
  }

  /** A few leads of whom any may absorb any other, and merges undone in any order. */
  private static Story story(SplittableRandom random) {
    var leads = new ArrayList<UUID>();
    var lived = new ArrayList<Event>();
    for (int count = 2 + random.nextInt(4); count > 0; count--) {
      var life = Lives.of(random);
      leads.add(life.isEmpty() ? Lives.id(random) : lead(life.getFirst()));
      lived.addAll(life);
    }
    var told = new ArrayList<Event>();
    var standing = new LinkedHashMap<UUID, LeadMerged>();
    for (int steps = 1 + random.nextInt(6); steps > 0; steps--) {
      var absorbed = leads.get(random.nextInt(leads.size()));
      var survivor = leads.get(random.nextInt(leads.size()));
      var free =
          standing.values().stream().noneMatch(merge -> merge.absorbed().equals(absorbed))
              && !into(absorbed, standing, survivor);
      if (free) {
        var events = merged(Lives.id(random), survivor, absorbed);
        standing.put(events.getFirst().mergeId(), events.getFirst());
        told.addAll(events);
      } else if (!standing.isEmpty() && random.nextBoolean()) {
        var undone = new ArrayList<>(standing.values()).get(random.nextInt(standing.size()));
        standing.remove(undone.mergeId());
        told.addAll(unmerged(undone));
      }
    }
    return new Story(
        lived,
        told,
        standing.values().stream()
            .flatMap(merge -> unmerged(merge).stream())
            .map(Event.class::cast)
            .toList());
  }

  private static UUID lead(Event event) {
    return UUID.fromString(event.key());
  }

  /** Whether the survivor is, or went into, the absorbed. */
  private static boolean into(
      UUID absorbed, Map<UUID, LeadMerged> standing, @Nullable UUID survivor) {
    Set<UUID> seen = new HashSet<>();
    for (var at = survivor; at != null && seen.add(at); ) {
      if (at.equals(absorbed)) {
        return true;
      }
      var here = at;
      at =
          standing.values().stream()
              .filter(merge -> merge.absorbed().equals(here))
              .map(LeadMerged::survivor)
              .findFirst()
              .orElse(null);
    }
    return false;
  }

  private static List<LeadMerged> merged(UUID mergeId, UUID survivor, UUID absorbed) {
    return List.of(
        new LeadMerged(survivor, NINE, 0, mergeId, survivor, absorbed),
        new LeadMerged(absorbed, NINE, 0, mergeId, survivor, absorbed));
  }

  private static List<LeadUnmerged> unmerged(LeadMerged merge) {
    var mergeId = merge.mergeId();
    return List.of(
        new LeadUnmerged(merge.survivor(), NINE, 0, mergeId, merge.survivor(), merge.absorbed()),
        new LeadUnmerged(merge.absorbed(), NINE, 0, mergeId, merge.survivor(), merge.absorbed()));
  }
}
