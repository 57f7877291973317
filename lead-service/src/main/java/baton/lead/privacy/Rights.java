package baton.lead.privacy;

import baton.chassis.audit.Audit;
import baton.chassis.database.Transactions;
import baton.chassis.problem.Problem;
import baton.chassis.trace.Trace;
import baton.lead.dossier.Lead;
import baton.lead.dossier.PersonalData;
import baton.lead.dossier.Subject;
import baton.lead.dossier.Subjects;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Erases and tells, of all places at once. */
@ApplicationScoped
public class Rights {
  private final Subjects subjects;
  private final Receipts receipts;
  private final List<PersonalData> places;
  private final Transactions transactions;
  private final Audit audit;
  private final InstantSource clock;
  private final Trace trace;

  Rights(
      Subjects subjects,
      Receipts receipts,
      @All List<PersonalData> places,
      Transactions transactions,
      Audit audit,
      InstantSource clock,
      Trace trace) {
    this.subjects = subjects;
    this.receipts = receipts;
    this.places = places;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.trace = trace;
  }

  /** Erases a lead and all that are one with it, once: whoever asks again gets the same receipt. */
  public Uni<Receipt> erase(UUID leadId) {
    return transactions.run(tx -> erase(tx, leadId));
  }

  /** The same in the transaction at hand. */
  public Uni<Receipt> erase(SqlConnection tx, UUID leadId) {
    return subjects
        .lock(tx, leadId)
        .chain(
            person ->
                person.isEmpty()
                    ? receipts.find(tx, leadId).map(receipt -> receipt.orElseThrow(Lead::unknown))
                    : erase(tx, person));
  }

  private Uni<Receipt> erase(SqlConnection tx, List<Subject> person) {
    var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var receiptId = UuidCreator.getTimeOrderedEpochPlus1();
    var removed = new TreeMap<String, Integer>();
    var done = Uni.createFrom().voidItem();
    for (var subject : person) {
      for (var place : places) {
        done =
            done.chain(() -> place.erase(tx, subject))
                .invoke(counts -> counts.forEach((what, n) -> removed.merge(what, n, Integer::sum)))
                .replaceWithVoid();
      }
      done = done.chain(() -> subjects.end(tx, subject, receiptId, at, trace.current()));
    }
    for (var subject : person) {
      var leadId = subject.leadId();
      done =
          done.chain(() -> receipts.keep(tx, new Receipt(receiptId, leadId, at, removed)))
              .chain(
                  () ->
                      audit.note(
                          tx,
                          "lead.erase",
                          leadId.toString(),
                          Map.of("receiptId", receiptId.toString())));
    }
    return done.map(_ -> new Receipt(receiptId, person.getFirst().leadId(), at, removed));
  }

  /** All that is kept of a lead and of all that are one with it, by what it is. */
  public Uni<Map<String, List<?>>> told(UUID leadId) {
    return transactions.run(
        tx ->
            subjects
                .lock(tx, leadId)
                .chain(person -> person.isEmpty() ? absent(tx, leadId) : told(tx, person)));
  }

  private Uni<Map<String, List<?>>> told(SqlConnection tx, List<Subject> person) {
    var told = new LinkedHashMap<String, List<?>>();
    var done = audit.note(tx, "lead.export", person.getFirst().leadId().toString());
    for (var subject : person) {
      for (var place : places) {
        done =
            done.chain(() -> place.tell(tx, subject))
                .invoke(
                    parts -> parts.forEach((what, part) -> told.merge(what, part, Rights::both)))
                .replaceWithVoid();
      }
    }
    return done.replaceWith(told);
  }

  private static List<?> both(List<?> some, List<?> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** Fails with why there is no lead by this id: it was erased, or there never was one. */
  public <T> Uni<T> absent(UUID leadId) {
    return transactions.run(tx -> absent(tx, leadId));
  }

  private <T> Uni<T> absent(SqlConnection tx, UUID leadId) {
    return receipts
        .find(tx, leadId)
        .chain(
            receipt ->
                Uni.createFrom()
                    .failure(
                        receipt
                            .map(
                                kept ->
                                    Problem.gone(
                                        "The lead was erased: receipt " + kept.receiptId()))
                            .orElseGet(Lead::unknown)));
  }
}
