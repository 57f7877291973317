package baton.handoff.pass.kafka;

import baton.chassis.charter.Charters;
import baton.chassis.hearing.Heard;
import baton.chassis.hearing.Hearing;
import baton.chassis.problem.Problem;
import baton.contracts.LeadQualified;
import baton.handoff.pass.Handoffs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * An MQL is routed and promised by the charter it is stamped with. Lead-service may have heard of
 * that one a moment earlier: then the MQL waits, and is parked if nobody tells of the charter.
 */
@ApplicationScoped
class QualifiedLeads {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Hearing hearing;
  private final Handoffs handoffs;
  private final Charters charters;
  private final InstantSource clock;
  private final Map<Integer, Instant> awaitedSince = new ConcurrentHashMap<>();

  QualifiedLeads(Hearing hearing, Handoffs handoffs, Charters charters, InstantSource clock) {
    this.hearing = hearing;
    this.handoffs = handoffs;
    this.charters = charters;
    this.clock = clock;
  }

  @Incoming("lead-qualified")
  Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
    return hearing.hear(
        batch,
        LeadQualified.class,
        (tx, heard) -> {
          var qualified = heard.stream().map(Heard::event).toList();
          qualified.forEach(each -> await(each.charterVersion()));
          return handoffs.open(tx, qualified);
        });
  }

  private void await(int version) {
    if (charters.knows(version)) {
      awaitedSince.remove(version);
      return;
    }
    var now = clock.instant();
    var since = awaitedSince.computeIfAbsent(version, _ -> now);
    if (now.isBefore(since.plus(PATIENCE))) {
      throw Problem.unavailable(SOON);
    }
    throw new IllegalStateException("nobody has told of charter version " + version);
  }
}
