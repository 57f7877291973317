package baton.lead.connector;

import baton.chassis.database.Transactions;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import baton.lead.connector.Delivery.Element;
import baton.lead.dossier.Capture;
import baton.lead.dossier.Consents;
import baton.lead.dossier.Edited;
import baton.lead.dossier.Evidence;
import baton.lead.dossier.Lead;
import baton.lead.dossier.Leads;
import baton.lead.dossier.Reply.Taken;
import baton.lead.dossier.Subjects;
import baton.lead.dossier.Withdrawal;
import baton.lead.edit.Edits;
import baton.lead.identity.Identity;
import baton.lead.privacy.Rights;
import baton.lead.stream.GroupCommit;
import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Has what elements of deliveries mean, each in a transaction of its own or with others' commits.
 */
@ApplicationScoped
class Effects {
  private static final String WHATEVER = "*";

  private final GroupCommit commits;
  private final Visits visits;
  private final Stitching stitching;
  private final Leads leads;
  private final Subjects subjects;
  private final Consents consents;
  private final Rights rights;
  private final Edits edits;
  private final Transactions transactions;
  private final InstantSource clock;

  Effects(
      GroupCommit commits,
      Visits visits,
      Stitching stitching,
      Leads leads,
      Subjects subjects,
      Consents consents,
      Rights rights,
      Edits edits,
      Transactions transactions,
      InstantSource clock) {
    this.commits = commits;
    this.visits = visits;
    this.stitching = stitching;
    this.leads = leads;
    this.subjects = subjects;
    this.consents = consents;
    this.rights = rights;
    this.edits = edits;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * @param leftOut what couldn't be understood of it
   */
  Uni<Element> capture(Capture capture, List<Fault> leftOut) {
    return refusable(
        commits
            .commit(capture)
            .call(() -> stitching.met(capture))
            .map(taken -> element(taken, leftOut)));
  }

  /** A touch of whoever the visitor is; kept for later where that is nobody yet. */
  Uni<Element> visit(Visit visit, Capture touch, List<Fault> leftOut) {
    return transactions
        .run(tx -> subjects.called(tx, visit.visitor().stream().map(Identity::of).toList()))
        .chain(
            leadId ->
                leadId == null
                    ? visits.keep(visit).replaceWith(new Element("anonymous", null, leftOut))
                    : capture(touch.of(leadId, visit.visitor()), leftOut));
  }

  private static Element element(Taken taken, List<Fault> leftOut) {
    return new Element(taken.outcome().word(), taken.lead().leadId(), leftOut);
  }

  /**
   * Whoever it describes agrees no longer to what it names, or to nothing where it names none; who
   * isn't known yet, from the start.
   */
  Uni<Element> withdraw(Capture said, String source) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var purposes =
        Evidence.consents(said.consents()).stream().map(consent -> consent.purpose()).toList();
    return onWhom(
        said,
        "withdrawn",
        edited(lead -> Edits.withdrawn(lead, purposes, said.at(), source), now),
        tx ->
            consents
                .withdraw(tx, said.identities(), ahead(purposes, said.at(), source), now)
                .replaceWith(Element.of(Element.AHEAD)));
  }

  private static List<Withdrawal> ahead(List<String> purposes, Instant at, String source) {
    return purposes.isEmpty()
        ? List.of(new Withdrawal(null, at, source))
        : purposes.stream().map(purpose -> new Withdrawal(purpose, at, source)).toList();
  }

  /**
   * Whoever it describes has another e-mail address.
   *
   * @param said who they were known as
   */
  Uni<Element> readdress(Capture said, String email) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return onWhom(
        said,
        "changed",
        edited(lead -> edits.readdressed(lead, email, now), now),
        _ -> Uni.createFrom().item(Element.of("unknown")));
  }

  /** Whoever it describes is to be forgotten. */
  Uni<Element> erase(Capture said) {
    return onWhom(
        said,
        "erased",
        (tx, leadId) -> rights.erase(tx, leadId).replaceWithVoid(),
        _ -> Uni.createFrom().item(Element.of("unknown")));
  }

  private BiFunction<SqlConnection, UUID, Uni<Void>> edited(
      Function<Lead, Edited> change, Instant now) {
    var passId = UuidCreator.getTimeOrderedEpoch();
    return (tx, leadId) ->
        leads.edit(tx, leadId, passId, WHATEVER, change, now, null).replaceWithVoid();
  }

  private Uni<Element> onWhom(
      Capture said,
      String outcome,
      BiFunction<SqlConnection, UUID, Uni<Void>> effect,
      Function<SqlConnection, Uni<Element>> ofNobody) {
    return refusable(
        transactions.run(
            tx ->
                subjects
                    .called(tx, said.identities())
                    .chain(
                        leadId ->
                            leadId == null
                                ? ofNobody.apply(tx)
                                : effect
                                    .apply(tx, leadId)
                                    .replaceWith(Element.of(outcome, leadId)))));
  }

  private static Uni<Element> refusable(Uni<Element> effect) {
    return effect
        .onFailure(failure -> failure instanceof Problem && !Problem.isUnavailable(failure))
        .recoverWithItem(failure -> new Element("refused", null, why((Problem) failure)));
  }

  private static List<Fault> why(Problem problem) {
    return problem.errors().isEmpty()
        ? List.of(new Fault("", String.valueOf(problem.getMessage())))
        : problem.errors();
  }
}
