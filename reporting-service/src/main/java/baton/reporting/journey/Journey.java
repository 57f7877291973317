package baton.reporting.journey;

import baton.contracts.ErasureKind;
import baton.contracts.Event;
import baton.reporting.journey.Fact.Broken;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Erased;
import baton.reporting.journey.Fact.Merged;
import baton.reporting.journey.Fact.Qualified;
import baton.reporting.journey.Fact.Unmerged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one lead: the facts of its events, of each key the one that outranks the
 * others. Adding events is commutative, associative and idempotent, so journeys form a
 * join-semilattice, and every number derived from one is the same however its events arrived.
 */
public final class Journey {
  /** Nothing is known yet. */
  public static final Journey UNTRAVELLED = new Journey(new Fact[0]);

  private static final int VERSION = 3;

  private final Fact[] facts;

  private Journey(Fact[] facts) {
    this.facts = facts;
  }

  /** The journey with what this event says; the very same one if that says nothing new. */
  public Journey with(Event event) {
    return with(event, WorkingTime.UNKNOWN);
  }

  /** As {@link #with(Event)}, and how far working time had come. */
  public Journey with(Event event, WorkingTime time) {
    var journey = this;
    for (var fact : Fact.of(event, time)) {
      journey = journey.with(fact);
    }
    return journey;
  }

  private Journey with(Fact fact) {
    int place = place(fact.key());
    if (place < 0) {
      int before = -place - 1;
      var more = new Fact[facts.length + 1];
      System.arraycopy(facts, 0, more, 0, before);
      more[before] = fact;
      System.arraycopy(facts, before, more, before + 1, facts.length - before);
      return new Journey(more);
    }
    if (Fact.compare(fact, facts[place]) <= 0) {
      return this;
    }
    var replaced = facts.clone();
    replaced[place] = fact;
    return new Journey(replaced);
  }

  private int place(Fact.Key key) {
    int low = 0;
    int high = facts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = facts[middle].key().compareTo(key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -(low + 1);
  }

  /** What both know together. */
  public Journey join(Journey other) {
    var journey = this;
    for (var fact : other.facts) {
      journey = journey.with(fact);
    }
    return journey;
  }

  /** What these facts say together. */
  static Journey of(Stream<Fact> facts) {
    return facts.reduce(UNTRAVELLED, Journey::with, Journey::join);
  }

  /** As it would be if these facts weren't known, and others were. */
  public Journey had(Predicate<Fact> without, List<? extends Fact> others) {
    return of(Stream.concat(Arrays.stream(facts).filter(without.negate()), others.stream()));
  }

  public List<Fact> facts() {
    return Collections.unmodifiableList(Arrays.asList(facts));
  }

  public boolean untravelled() {
    return facts.length == 0;
  }

  public @Nullable Captured captured() {
    return facts.length > 0 && facts[0] instanceof Captured captured ? captured : null;
  }

  /** Test, spam or an undone import: it leaves every number. */
  public boolean retracted() {
    return place(Fact.Key.of(Erased.KIND, ErasureKind.RETRACTED.ordinal())) >= 0;
  }

  /** Nobody knows any more who it was: it counts as before. */
  public boolean erased() {
    return Arrays.stream(facts)
        .anyMatch(fact -> fact instanceof Erased erased && erased.kind() == ErasureKind.ERASED);
  }

  /** The merges that it was told of and not told to be undone. */
  public List<Merged> merges() {
    List<Merged> merges = List.of();
    for (int i = facts.length - 1; i >= 0 && facts[i].key().kind() >= Merged.KIND; i--) {
      if (facts[i] instanceof Merged merged && holds(merged.mergeId())) {
        merges = merges.isEmpty() ? new ArrayList<>(2) : merges;
        merges.add(merged);
      }
    }
    return merges;
  }

  /** Whether it was told of this merge and not told that it is undone. */
  boolean holds(UUID mergeId) {
    return place(Fact.Key.of(Merged.KIND, mergeId)) >= 0
        && place(Fact.Key.of(Unmerged.KIND, mergeId)) < 0;
  }

  /** The facts but those of merges that are undone, which are as if they had never been. */
  public List<Fact> standing() {
    return Arrays.stream(facts)
        .filter(fact -> !(fact instanceof Unmerged))
        .filter(fact -> !(fact instanceof Merged merged) || holds(merged.mergeId()))
        .toList();
  }

  /** The lead's passes by number, the first first. */
  public List<Pass> passes() {
    return Passes.of(facts);
  }

  /** What sellers did with a pass. */
  public Handling handling(Pass pass) {
    return Handling.of(facts, pass.id());
  }

  /** Who holds the lead, or held it last. */
  public Holder holder(List<Pass> passes) {
    return Holder.of(facts, passes);
  }

  /** Promises that nobody has judged yet. */
  public List<Awaited> awaited() {
    return Awaited.in(facts);
  }

  /** Of each breach the latest word. */
  public List<Broken> breaches() {
    var latest = new TreeMap<UUID, Broken>();
    for (var fact : facts) {
      if (fact instanceof Broken broken) {
        latest.merge(
            broken.breachId(),
            broken,
            (one, other) -> one.revision() > other.revision() ? one : other);
      }
    }
    return List.copyOf(latest.values());
  }

  /** Marketing's first word that the lead is ready. */
  public @Nullable Qualified firstQualified(List<Pass> passes) {
    for (var pass : passes) {
      var qualified = qualified(pass);
      if (qualified != null) {
        return qualified;
      }
    }
    return null;
  }

  /** Marketing's word that this pass began. */
  public @Nullable Qualified qualified(Pass pass) {
    int place = pass.id() == null ? -1 : place(Fact.Key.of(Qualified.KIND, pass.id()));
    return place >= 0 ? (Qualified) facts[place] : null;
  }

  /** The one way to write this journey down. */
  public byte[] bytes() {
    var out = new Written();
    out.raw(VERSION);
    out.number(facts.length);
    for (var fact : facts) {
      FactBytes.write(out, fact);
    }
    return out.bytes();
  }

  public static Journey of(byte[] bytes) {
    var in = new Reading(bytes);
    int version = in.raw();
    if (version < 1 || version > VERSION) {
      throw new IllegalArgumentException("a journey of version " + version + " can't be read");
    }
    var facts = new Fact[in.integer()];
    for (int i = 0; i < facts.length; i++) {
      facts[i] = FactBytes.read(in, version);
    }
    return new Journey(facts);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Journey journey && Arrays.equals(facts, journey.facts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(facts);
  }

  @Override
  public String toString() {
    return new ArrayList<>(List.of(facts)).toString();
  }
}
