package baton.chassis.charter;

import baton.charter.Agreement;
import baton.charter.Read;
import baton.chassis.hearing.WholeTopic;
import baton.contracts.Charter;
import baton.contracts.Vocabulary;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongPredicate;
import org.jboss.logging.Logger;

/**
 * Every signed version that this instance knows, and which of them governs when. Until one is
 * signed it is version 0, Baton's own defaults. Answers from memory.
 */
@ApplicationScoped
public class Charters {
  private static final Logger LOG = Logger.getLogger(Charters.class);

  private final ConcurrentSkipListMap<Integer, Signed> versions = new ConcurrentSkipListMap<>();
  private volatile LongPredicate heard = _ -> false;

  public Charters() {
    versions.put(0, Signed.DEFAULTS);
  }

  /** The newest version that was in force then: what a fact of that time is stamped with. */
  public int versionAt(Instant occurredAt) {
    return at(occurredAt).version();
  }

  public Signed at(Instant occurredAt) {
    for (var signed : versions.descendingMap().values()) {
      if (!signed.effectiveFrom().isAfter(occurredAt)) {
        return signed;
      }
    }
    return Signed.DEFAULTS;
  }

  /**
   * What a version says. A stamp is never newer than what its service knew, but may be newer than
   * what this one does: then the newest known before it stands in, until it is heard.
   */
  public Signed version(int version) {
    return versions.floorEntry(Math.max(0, version)).getValue();
  }

  public Agreement agreement(int version) {
    return version(version).agreement();
  }

  public boolean knows(int version) {
    return versions.containsKey(version);
  }

  /**
   * Whether every version is known that was signed at this moment of {@link System#nanoTime}. Who
   * stamps with a version has learned it: one that is unknown then is none.
   */
  public boolean knowsAllOf(long moment) {
    return heard.test(moment);
  }

  void heardFrom(WholeTopic topic) {
    heard = topic::hasHeardAllOf;
  }

  /** All that are known, by version. */
  public NavigableMap<Integer, Signed> known() {
    return Collections.unmodifiableNavigableMap(versions);
  }

  public Vocabulary vocabulary(int version) {
    return agreement(version).vocabulary();
  }

  public String zone(int version) {
    return agreement(version).calendar().zone().getId();
  }

  void learn(Charter charter) {
    switch (Agreement.of(charter.document())) {
      case Read.Good(var agreement) -> {
        versions.put(charter.version(), Signed.of(charter, agreement));
        LOG.infof("Charter %d governs from %s", charter.version(), charter.effectiveFrom());
      }
      case Read.Faulty(var faults) ->
          LOG.errorf(
              "Charter %d can't be judged by: %s", charter.version(), faults.getFirst().pointer());
    }
  }
}
