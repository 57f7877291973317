package baton.systemtest.fault;

import baton.local.stack.Part;
import baton.systemtest.stack.LiveStack;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Kills with -9, never waiting for what it killed before to be whole again; each part is brought
 * back a moment later, as a supervisor of processes would, also when it died of another's death.
 */
final class Storm {
  private static final Duration READY = Duration.ofMinutes(3);

  private final LiveStack live;
  private final SplittableRandom random;
  private final Map<Part, CompletableFuture<Void>> comingBack = new EnumMap<>(Part.class);
  private final Map<Target, Integer> hits = new EnumMap<>(Target.class);
  private final Troubles troubles = new Troubles();

  Storm(LiveStack live, SplittableRandom random) {
    this.live = live;
    this.random = random;
  }

  /**
   * Each target once in every round, in a new order. Half of the kills meet a stack that is whole
   * and at work, the others the ruins of the kill before. Ends when all is ready again.
   */
  Map<Target, Integer> rage(int kills) {
    var round = new ArrayDeque<Target>();
    for (var kill = 1; kill <= kills; ) {
      if (round.isEmpty()) {
        round.addAll(shuffled());
      }
      var target = round.removeFirst();
      if (hit(target)) {
        System.out.printf("kill %d of %d: %s%n", kill, kills, target);
        hits.merge(target, 1, Integer::sum);
        kill++;
      } else {
        round.addLast(target);
      }
      pause(500 + random.nextInt(2_500));
      bringBackTheFallen();
      if (random.nextBoolean()) {
        calm();
        pause(1_000 + random.nextInt(3_000));
      }
    }
    calm();
    return hits;
  }

  Troubles troubles() {
    return troubles;
  }

  private boolean hit(Target target) {
    troubles.begin();
    if (target == Target.RELAY_CONNECTION) {
      return RelayConnections.terminate(live.file()) > 0;
    }
    if (target.parts().stream().anyMatch(this::isDown)) {
      return false;
    }
    for (var part : target.parts()) {
      if (part != target.parts().getFirst()) {
        pause(1_000 + random.nextInt(1_000));
      }
      live.stack().kill(part);
    }
    target.parts().forEach(part -> bringBack(part, random.nextInt(2_000)));
    return true;
  }

  private void bringBackTheFallen() {
    for (var part : Part.values()) {
      if (!isComingBack(part) && !live.stack().isRunning(part)) {
        System.out.printf("%s ended by itself%n", part);
        bringBack(part, 0);
      }
    }
  }

  private void bringBack(Part part, int afterMillis) {
    comingBack.put(
        part,
        CompletableFuture.runAsync(
            () -> {
              pause(afterMillis);
              live.start(part);
            },
            Thread::startVirtualThread));
  }

  private boolean isDown(Part part) {
    return isComingBack(part) || !live.stack().isRunning(part);
  }

  private boolean isComingBack(Part part) {
    var back = comingBack.get(part);
    return back != null && !back.isDone();
  }

  private void calm() {
    var deadline = System.nanoTime() + READY.toNanos();
    while (true) {
      comingBack.values().forEach(back -> back.exceptionally(_ -> null).join());
      bringBackTheFallen();
      if (comingBack.values().stream().allMatch(CompletableFuture::isDone) && allReady()) {
        troubles.end();
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not whole again: " + unready());
      }
      pause(500);
    }
  }

  private boolean allReady() {
    return unready().isEmpty();
  }

  private Set<Part> unready() {
    var unready = EnumSet.noneOf(Part.class);
    for (var state : live.stack().states()) {
      if (!state.ready()) {
        unready.add(state.part());
      }
    }
    return unready;
  }

  private List<Target> shuffled() {
    var targets = new ArrayList<>(List.of(Target.values()));
    Collections.shuffle(targets, new Random(random.nextLong()));
    return targets;
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
