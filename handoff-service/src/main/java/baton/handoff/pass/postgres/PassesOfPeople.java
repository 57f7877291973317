package baton.handoff.pass.postgres;

import static java.util.stream.Collectors.groupingBy;

import baton.chassis.kin.People;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Pass;
import baton.handoff.pass.Passes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The passes of whole people, by who keeps what is told of each. */
record PassesOfPeople(People people, Map<UUID, List<Pass>> passes) {
  static PassesOfPeople of(People people, Stream<Pass> passes) {
    return new PassesOfPeople(
        people, passes.collect(groupingBy(pass -> people.survivor(pass.leadId()))));
  }

  static PassesOfPeople of(People people, List<Handoff> handoffs) {
    return of(people, handoffs.stream().map(Handoff::pass));
  }

  /** To which pass of whoever this lead is a fact belongs; null: to none that is known. */
  @Nullable Pass pass(UUID leadId, @Nullable UUID named, Instant at) {
    return Passes.of(passes.getOrDefault(people.survivor(leadId), List.of()), named, at);
  }
}
