package baton.reporting.journey;

import baton.contracts.BreachStep;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.ErasureKind;
import baton.contracts.HandoffStep;
import baton.contracts.Origin;
import baton.contracts.OutcomeResult;
import baton.contracts.SellerStep;
import baton.contracts.Side;
import baton.reporting.journey.Fact.Became;
import baton.reporting.journey.Fact.Broken;
import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Described;
import baton.reporting.journey.Fact.Erased;
import baton.reporting.journey.Fact.Field;
import baton.reporting.journey.Fact.Handed;
import baton.reporting.journey.Fact.Kept;
import baton.reporting.journey.Fact.Marked;
import baton.reporting.journey.Fact.Merged;
import baton.reporting.journey.Fact.Qualified;
import baton.reporting.journey.Fact.Rated;
import baton.reporting.journey.Fact.Stepped;
import baton.reporting.journey.Fact.Touched;
import baton.reporting.journey.Fact.Trait;
import baton.reporting.journey.Fact.Unmerged;
import baton.reporting.journey.Fact.Updated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a fact is written: its kind, then its fields in order. The enums' order is part of the
 * format: contracts only ever append to them.
 */
final class FactBytes {
  private static final Origin[] ORIGINS = Origin.values();
  private static final HandoffStep[] HANDOFF_STEPS = HandoffStep.values();
  private static final OutcomeResult[] RESULTS = OutcomeResult.values();
  private static final SellerStep[] SELLER_STEPS = SellerStep.values();
  private static final BreachStep[] BREACH_STEPS = BreachStep.values();
  private static final ClockChange[] CLOCK_CHANGES = ClockChange.values();
  private static final Side[] SIDES = Side.values();
  private static final ErasureKind[] ERASURES = ErasureKind.values();
  private static final Field[] FIELDS = Field.values();
  private static final Trait[] TRAITS = Trait.values();

  private FactBytes() {}

  static int compare(Fact one, Fact other) {
    return Arrays.compareUnsigned(bytes(one), bytes(other));
  }

  private static byte[] bytes(Fact fact) {
    var out = new Written();
    write(out, fact);
    return out.bytes();
  }

  static void write(Written out, Fact fact) {
    out.number(fact.key().kind());
    out.instant(fact.at());
    out.number(fact.charter());
    switch (fact) {
      case Captured it -> {
        out.uuid(it.touchId());
        out.text(it.kind());
        out.text(it.asset());
        out.text(it.source());
        out.text(it.medium());
        out.text(it.channel());
        out.text(it.campaign());
        out.text(it.landingPage());
        out.text(it.form());
        out.text(it.country());
        out.number(it.origin().ordinal());
        out.text(it.company());
        out.text(it.persona());
        out.text(it.segment());
        out.text(it.tier());
        out.decimal(it.score());
      }
      case Touched it -> {
        out.uuid(it.touchId());
        out.text(it.kind());
        out.text(it.asset());
        out.text(it.source());
        out.text(it.medium());
        out.text(it.channel());
        out.text(it.campaign());
      }
      case Updated it -> {
        out.number(it.field().ordinal());
        out.number(it.revision());
        out.text(it.value());
      }
      case Qualified it -> {
        out.uuid(it.passId());
        out.text(it.why());
        out.text(it.persona());
        out.text(it.segment());
        out.text(it.tier());
        out.integer(it.priority());
        out.decimal(it.score());
      }
      case Handed it -> {
        out.uuid(it.handoffId());
        out.number(it.revision());
        out.uuid(it.passId());
        out.number(it.step().ordinal());
        out.text(it.seller());
        out.text(it.team());
        out.text(it.reason());
        out.text(it.channel());
        out.text(it.result());
        out.number(it.clocks().size());
        for (var step : it.clocks()) {
          out.text(step.clauseId());
          out.number(step.change().ordinal());
          out.maybe(step.dueAt());
        }
        var worked = it.worked();
        out.raw(worked == null ? 0 : 1);
        if (worked != null) {
          out.number(worked.calendar());
          out.number(worked.millis());
        }
      }
      case Became it -> {
        out.uuid(it.outcomeId());
        out.number(it.revision());
        out.maybe(it.passId());
        out.number(it.result().ordinal());
        out.decimal(it.amount());
        out.text(it.currency());
        out.date(it.expectedClose());
        out.text(it.reason());
        out.text(it.seller());
        out.uuids(it.contacts());
      }
      case Rated it -> {
        out.uuid(it.feedbackId());
        out.number(it.revision());
        out.maybe(it.passId());
        out.maybe(it.handoffId());
        out.integer(it.rating());
        out.texts(it.reasons());
        out.texts(it.objections());
        out.texts(it.painPoints());
        out.text(it.seller());
      }
      case Stepped it -> {
        out.uuid(it.stepId());
        out.number(it.revision());
        out.number(it.step().ordinal());
        out.text(it.channel());
        out.text(it.seller());
        out.text(it.reason());
      }
      case Kept it -> {
        out.uuid(it.verdictId());
        out.text(it.clause());
        out.number(it.owedBy().ordinal());
        out.text(it.seller());
        out.text(it.team());
        out.maybe(it.passId());
        out.instant(it.started());
        out.instant(it.due());
        out.instant(it.judged());
      }
      case Broken it -> {
        out.uuid(it.breachId());
        out.number(it.revision());
        out.number(it.step().ordinal());
        out.text(it.clause());
        out.number(it.owedBy().ordinal());
        out.text(it.seller());
        out.text(it.team());
        out.maybe(it.passId());
        out.instant(it.started());
        out.instant(it.due());
        out.instant(it.judged());
        out.text(it.reason());
      }
      case Merged it -> {
        out.uuid(it.mergeId());
        out.uuid(it.survivor());
        out.uuid(it.absorbed());
      }
      case Unmerged it -> {
        out.uuid(it.mergeId());
        out.uuid(it.survivor());
        out.uuid(it.absorbed());
      }
      case Erased it -> {
        out.number(it.kind().ordinal());
        out.uuid(it.receipt());
      }
      case Described it -> {
        out.number(it.revision());
        out.number(it.traits().size());
        it.traits()
            .forEach(
                (trait, value) -> {
                  out.number(trait.ordinal());
                  out.text(value);
                });
        out.texts(it.cleared());
      }
      case Marked it -> {
        out.uuid(it.touchId());
        out.text(it.attributes());
      }
    }
  }

  /**
   * @param version the first one knew of no clocks and no working time
   */
  static Fact read(Reading in, int version) {
    int kind = in.integer();
    var at = in.instant();
    int charter = in.integer();
    return switch (kind) {
      case Captured.KIND ->
          new Captured(
              at,
              charter,
              in.uuid(),
              word(in),
              in.text(),
              in.text(),
              in.text(),
              word(in),
              in.text(),
              in.text(),
              in.text(),
              in.text(),
              ORIGINS[in.integer()],
              in.text(),
              in.text(),
              in.text(),
              in.text(),
              in.decimal());
      case Touched.KIND ->
          new Touched(
              at, charter, in.uuid(), word(in), in.text(), in.text(), in.text(), word(in),
              in.text());
      case Updated.KIND -> new Updated(at, charter, FIELDS[in.integer()], in.number(), in.text());
      case Qualified.KIND ->
          new Qualified(
              at,
              charter,
              in.uuid(),
              word(in),
              in.text(),
              in.text(),
              in.text(),
              in.maybeInteger(),
              in.decimal());
      case Handed.KIND ->
          new Handed(
              at,
              charter,
              in.uuid(),
              in.number(),
              in.uuid(),
              HANDOFF_STEPS[in.integer()],
              in.text(),
              in.text(),
              in.text(),
              in.text(),
              in.text(),
              version == 1 ? List.of() : clocks(in),
              version == 1 ? null : worked(in));
      case Became.KIND ->
          new Became(
              at,
              charter,
              in.uuid(),
              in.number(),
              in.maybeUuid(),
              RESULTS[in.integer()],
              in.decimal(),
              in.text(),
              in.date(),
              in.text(),
              in.text(),
              in.uuids());
      case Rated.KIND ->
          new Rated(
              at,
              charter,
              in.uuid(),
              in.number(),
              in.maybeUuid(),
              in.maybeUuid(),
              in.maybeInteger(),
              in.texts(),
              in.texts(),
              in.texts(),
              in.text());
      case Stepped.KIND ->
          new Stepped(
              at,
              charter,
              in.uuid(),
              in.number(),
              SELLER_STEPS[in.integer()],
              in.text(),
              in.text(),
              in.text());
      case Kept.KIND ->
          new Kept(
              at,
              charter,
              in.uuid(),
              word(in),
              SIDES[in.integer()],
              in.text(),
              in.text(),
              in.maybeUuid(),
              in.instant(),
              in.instant(),
              in.instant());
      case Broken.KIND ->
          new Broken(
              at,
              charter,
              in.uuid(),
              in.number(),
              BREACH_STEPS[in.integer()],
              word(in),
              SIDES[in.integer()],
              in.text(),
              in.text(),
              in.maybeUuid(),
              in.instant(),
              in.instant(),
              in.instant(),
              in.text());
      case Merged.KIND -> new Merged(at, charter, in.uuid(), in.uuid(), in.uuid());
      case Unmerged.KIND -> new Unmerged(at, charter, in.uuid(), in.uuid(), in.uuid());
      case Erased.KIND -> new Erased(at, charter, ERASURES[in.integer()], in.uuid());
      case Described.KIND -> new Described(at, charter, in.number(), traits(in), in.texts());
      case Marked.KIND -> new Marked(at, charter, in.uuid(), word(in));
      default -> throw new IllegalArgumentException("no fact is of kind " + kind);
    };
  }

  private static List<ClockStep> clocks(Reading in) {
    int count = in.integer();
    var clocks = new ArrayList<ClockStep>(count);
    for (int i = 0; i < count; i++) {
      clocks.add(new ClockStep(word(in), CLOCK_CHANGES[in.integer()], in.maybeInstant()));
    }
    return clocks;
  }

  private static Map<Trait, String> traits(Reading in) {
    int count = in.integer();
    var traits = new EnumMap<Trait, String>(Trait.class);
    for (int i = 0; i < count; i++) {
      traits.put(TRAITS[in.integer()], word(in));
    }
    return traits;
  }

  private static @Nullable Worked worked(Reading in) {
    return in.raw() == 0 ? null : new Worked(in.integer(), in.number());
  }

  private static String word(Reading in) {
    return Objects.requireNonNullElse(in.text(), "");
  }
}
