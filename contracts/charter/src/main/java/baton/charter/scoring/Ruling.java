package baton.charter.scoring;

import baton.charter.Agreement;
import baton.charter.expression.Facts;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a fact makes of a lead: how it stands, and whether it is ready by it.
 *
 * <p>A lead is judged at its facts, as of the latest of them so far and by the charter that
 * governed then: neither age nor a new charter judges it before its next fact. A fact that makes it
 * ready by itself (its source's word, a raised hand) does so as of its own time, however late it is
 * told. What was ready once is ready again only by a fact after the end of that pass.
 *
 * @param by what judged it
 * @param asOf the latest time that it has been judged as of
 * @param saidQualifiedAt since when its source says that the lead is an MQL; null where it doesn't
 */
public record Ruling<S extends Ruling.Sight>(
    S by,
    Judgement now,
    Instant asOf,
    @Nullable Instant saidQualifiedAt,
    @Nullable Ready<S> ready) {

  /** A lead with all that was told of it, as one charter reads it. */
  public interface Sight {
    Agreement agreement();

    /** What rules are asked about as of an instant. */
    Facts asOf(Instant instant, boolean qualified);
  }

  /** It crossed the line, by this charter. */
  public record Ready<S extends Sight>(S by, Judgement judgement) {}

  /** What was told: when it happened, and since when its source says that the lead is an MQL. */
  public record Told(Instant at, @Nullable Instant qualifiedAt) {
    Instant own() {
      return qualifiedAt == null ? at : qualifiedAt;
    }
  }

  /**
   * How the lead stood before.
   *
   * @param asOf the latest time that it was judged as of, else of the latest it did
   * @param open whether a pass of it is open
   * @param endedAt the end of its latest pass; null while that is open, or where there is none
   */
  public record Stood(
      Instant asOf, @Nullable Instant saidQualifiedAt, boolean open, @Nullable Instant endedAt) {

    /** As of this fact too. */
    public Stood told(Told told) {
      return new Stood(
          later(told.at(), asOf), laterKnown(told.qualifiedAt(), saidQualifiedAt), open, endedAt);
    }
  }

  /** The lead as it was told of with this fact, by the charter that governed at an instant. */
  public static <S extends Sight> Ruling<S> of(
      Stood before, Told told, Function<Instant, S> sightAt) {
    var stands = before.told(told);
    var said = stands.saidQualifiedAt();
    var asOf = stands.asOf();
    var since = before.endedAt();
    var sight = sightAt.apply(asOf);
    var now =
        new Judge(sight.agreement())
            .judge(sight.asOf(asOf, said != null && isNew(said, since)), asOf, since);
    var ready =
        before.open() || !(isNew(told.at(), since) || isNew(told.own(), since))
            ? null
            : ready(told, since, new Ready<>(sight, now), sightAt);
    return new Ruling<>(
        sight, now, ready == null ? asOf : later(asOf, ready.judgement().at()), said, ready);
  }

  private static <S extends Sight> @Nullable Ready<S> ready(
      Told told, @Nullable Instant since, Ready<S> now, Function<Instant, S> sightAt) {
    var own = told.own();
    if (!own.equals(now.judgement().at()) && isNew(own, since)) {
      var sight = sightAt.apply(own);
      var judge = new Judge(sight.agreement());
      var facts = sight.asOf(own, told.qualifiedAt() != null);
      var judgement = judge.judge(facts, own, since);
      if (judgement.ready() && judge.atOnce(facts, judgement, own.minusMillis(1))) {
        return new Ready<>(sight, judgement);
      }
    }
    return now.judgement().ready() ? now : null;
  }

  private static boolean isNew(Instant at, @Nullable Instant since) {
    return since == null || at.isAfter(since);
  }

  public static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static @Nullable Instant laterKnown(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other == null ? (one == null ? other : one) : later(one, other);
  }
}
