package baton.lead.dossier;

import baton.charter.scoring.Judge;
import baton.charter.scoring.Judgement;
import baton.chassis.charter.Signed;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a fact makes of a lead: how it stands, and whether it is ready by it.
 *
 * <p>A lead is judged at its facts, as of the latest of them so far and by the charter that
 * governed then: neither age nor a new charter judges it before its next fact. A fact that makes it
 * ready by itself (its source's word, a raised hand) does so as of its own time, however late it is
 * told. What was ready once is ready again only by a fact after the end of that pass.
 */
record Ruling(
    Signed charter, Dossier dossier, Judgement now, Standing standing, @Nullable Ready ready) {

  /** It crossed the line, by this charter. */
  record Ready(Signed charter, Judgement judgement, Dossier dossier) {}

  /** What was told: when it happened, and since when its source says that the lead is an MQL. */
  record Fact(Instant at, @Nullable Instant qualifiedAt) {
    Instant own() {
      return qualifiedAt == null ? at : qualifiedAt;
    }
  }

  static Ruling of(Lead lead, List<Touch> touches, Fact fact, Function<Instant, Signed> charterAt) {
    var before = lead.standing();
    var said = laterKnown(fact.qualifiedAt(), before == null ? null : before.saidQualifiedAt());
    var asOf = later(fact.at(), before == null ? latest(lead, touches) : before.asOf());
    var since = lead.pass() == null ? null : lead.pass().endedAt();
    var charter = charterAt.apply(asOf);
    var dossier = Dossier.of(charter.agreement(), lead, touches);
    var facts = dossier.asOf(asOf, said != null && isNew(said, since));
    var now = new Judge(charter.agreement()).judge(facts, asOf, since);
    var ready =
        lead.hasOpenPass() || !(isNew(fact.at(), since) || isNew(fact.own(), since))
            ? null
            : ready(lead, touches, fact, since, new Ready(charter, now, dossier), charterAt);
    return new Ruling(
        charter,
        dossier,
        now,
        Standing.of(now, ready == null ? asOf : later(asOf, ready.judgement().at()), said),
        ready);
  }

  private static @Nullable Ready ready(
      Lead lead,
      List<Touch> touches,
      Fact fact,
      @Nullable Instant since,
      Ready now,
      Function<Instant, Signed> charterAt) {
    var own = fact.own();
    if (!own.equals(now.judgement().at()) && isNew(own, since)) {
      var charter = charterAt.apply(own);
      var judge = new Judge(charter.agreement());
      var dossier = Dossier.of(charter.agreement(), lead, touches);
      var facts = dossier.asOf(own, fact.qualifiedAt() != null);
      var judgement = judge.judge(facts, own, since);
      if (judgement.ready() && judge.atOnce(facts, judgement, own.minusMillis(1))) {
        return new Ready(charter, judgement, dossier);
      }
    }
    return now.judgement().ready() ? now : null;
  }

  private static Instant latest(Lead lead, List<Touch> touches) {
    return touches.stream().map(Touch::at).reduce(lead.first().at(), Ruling::later);
  }

  private static boolean isNew(Instant at, @Nullable Instant since) {
    return since == null || at.isAfter(since);
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static @Nullable Instant laterKnown(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other == null ? (one == null ? other : one) : later(one, other);
  }
}
