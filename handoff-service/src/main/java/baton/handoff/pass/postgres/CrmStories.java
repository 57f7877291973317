package baton.handoff.pass.postgres;

import baton.charter.Routing.Mode;
import baton.chassis.charter.Charters;
import baton.chassis.kin.People;
import baton.contracts.LeadHandoff;
import baton.handoff.pass.Handoff;
import baton.handoff.pass.Verdict.Moved;
import baton.handoff.pass.Weaving;
import baton.handoff.pass.Weaving.Reported;
import baton.handoff.pass.postgres.CrmSteps.OfLead;
import baton.handoff.pass.postgres.CrmSteps.Said;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The stories of handoffs as their CRM has them. */
@ApplicationScoped
class CrmStories {
  private final CrmSteps crm;
  private final Writing writing;
  private final Moments moments;
  private final Charters charters;

  CrmStories(CrmSteps crm, Writing writing, Moments moments, Charters charters) {
    this.crm = crm;
    this.writing = writing;
    this.moments = moments;
    this.charters = charters;
  }

  /** Tells the stories of these people's handoffs anew, with all that their CRM says. */
  Uni<Void> tell(SqlConnection tx, People people) {
    return crm.of(tx, people.leads()).chain(steps -> weave(tx, people, steps));
  }

  private Uni<Void> weave(SqlConnection tx, People people, List<OfLead> steps) {
    return steps.isEmpty()
        ? Uni.createFrom().voidItem()
        : StoredHandoffs.heldOf(tx, people)
            .chain(
                handoffs ->
                    handoffs.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : crm.own(tx, handoffs)
                            .chain(own -> weave(tx, people, handoffs, own, steps)));
  }

  private Uni<Void> weave(
      SqlConnection tx,
      People people,
      List<Handoff> handoffs,
      Map<UUID, List<LeadHandoff>> own,
      List<OfLead> steps) {
    var passes = PassesOfPeople.of(people, handoffs);
    var belonging = new LinkedHashMap<UUID, List<Reported>>();
    var gone = new LinkedHashMap<UUID, List<Reported>>();
    for (var each : steps) {
      var step = each.step();
      var pass = passes.pass(each.leadId(), null, step.at());
      if (pass == null) {
        continue;
      }
      var moved = each.handoffId() != null && !each.handoffId().equals(pass.handoffId());
      if (moved) {
        gone.computeIfAbsent(each.handoffId(), _ -> new ArrayList<>()).add(step);
      }
      belonging
          .computeIfAbsent(pass.handoffId(), _ -> new ArrayList<>())
          .add(moved ? step.unsaid() : step);
    }
    var moved = new ArrayList<Moved>();
    var changed = new ArrayList<Handoff>();
    var origins = new LinkedHashMap<LeadHandoff, UUID>();
    var said = new ArrayList<Said>();
    for (var handoff : handoffs) {
      var pass = handoff.pass();
      var woven =
          Weaving.of(
              handoff,
              own.getOrDefault(pass.handoffId(), List.of()),
              belonging.getOrDefault(pass.handoffId(), List.of()),
              gone.getOrDefault(pass.handoffId(), List.of()),
              charters.agreement(pass.charterVersion()).terms().routing().mode() == Mode.OBSERVE,
              moments::at);
      woven.taken().forEach((step, taken) -> said.add(new Said(step, pass.handoffId(), taken)));
      if (woven.moved() != null) {
        moved.add(woven.moved());
        origins.putAll(woven.origins());
        if (woven.moved().handoff().state() != handoff.state()
            || !Objects.equals(woven.moved().handoff().offer(), handoff.offer())) {
          changed.add(woven.moved().handoff());
        }
      }
    }
    return writing.write(tx, moved, changed, Map.of(), origins).chain(() -> crm.said(tx, said));
  }
}
