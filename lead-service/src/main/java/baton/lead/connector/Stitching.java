package baton.lead.connector;

import baton.chassis.access.Caller;
import baton.chassis.access.Role;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.lead.connector.Visits.Met;
import baton.lead.connector.Visits.Place;
import baton.lead.dossier.Capture;
import baton.lead.identity.Identity;
import baton.lead.stream.GroupCommit;
import baton.lead.tool.Into;
import baton.lead.touch.Commands;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Makes touches of visits once somebody is known by an id of the visitor's: at once where a tool's
 * delivery names it, and on a slow round through them all whoever else does. A visit that is told
 * twice is the same touch.
 */
@ApplicationScoped
class Stitching {
  private static final Logger LOG = Logger.getLogger(Stitching.class);
  private static final long LOOK_MILLIS = 5_000;

  private final Visits visits;
  private final Commands commands;
  private final GroupCommit commits;
  private final Vertx vertx;
  private final Rounds rounds = new Rounds("Visits", this::round);
  private volatile Place looked = Place.BEGIN;
  private long timer;

  Stitching(Visits visits, Commands commands, GroupCommit commits, Vertx vertx) {
    this.visits = visits;
    this.commands = commands;
    this.commits = commits;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent started) {
    timer = vertx.setPeriodic(LOOK_MILLIS, _ -> rounds.look());
  }

  void stop(@Observes ShutdownEvent stopping) {
    vertx.cancelTimer(timer);
  }

  private Uni<Boolean> round() {
    return visits
        .look(looked)
        .call(found -> stitch(found.met()))
        .invoke(found -> looked = found.next() == null ? Place.BEGIN : found.next())
        .map(_ -> false);
  }

  /** Whoever this is may have been a visitor; what can't be done now is done on a round. */
  Uni<Void> met(Capture capture) {
    var ids = capture.facts().externalIds();
    return ids.isEmpty()
        ? Uni.createFrom().voidItem()
        : visits
            .of(ids.stream().map(Identity::of).map(Identity::key).toList())
            .chain(this::stitch)
            .onFailure()
            .invoke(
                failure ->
                    LOG.debugf("Visits can't be read now: %s", failure.getClass().getSimpleName()))
            .onFailure()
            .recoverWithNull();
  }

  private Uni<Void> stitch(List<Met> met) {
    return Multi.createFrom()
        .iterable(met)
        .onItem()
        .transformToUniAndConcatenate(one -> stitch(one.visit(), one.leadId()))
        .onItem()
        .ignoreAsUni();
  }

  /** What no lead takes is no lead's: it was erased meanwhile, or nobody can read it any more. */
  private Uni<Void> stitch(Visit visit, UUID leadId) {
    var faults = new Faults();
    var caller = new Caller("connector:" + visit.connectorId(), Role.CAPTURE, null, null);
    var touch = commands.capture(Into.VISIT, visit.touch(), caller, faults);
    return touch == null || faults.any()
        ? visits.forget(visit)
        : commits
            .commit(touch.toldAs(visit.toldAs()).of(leadId, visit.visitor()))
            .replaceWithVoid()
            .onFailure(failure -> !Problem.isUnavailable(failure))
            .recoverWithNull()
            .chain(() -> visits.forget(visit));
  }
}
