package baton.reporting.funnel.rest;

import baton.contracts.Side;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Promises;
import baton.reporting.verdict.Promised;
import baton.reporting.verdict.Verdicts.Due;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A promise about periods or requests; delivered and promised where it is one of a number. */
record OfNoLead(
    Promised promised,
    @Nullable String period,
    Promises promises,
    @Nullable Long delivered,
    @Nullable Long committed) {
  static OfNoLead of(Promised promised, @Nullable String period, List<Due> dues) {
    return new OfNoLead(
        promised,
        period,
        Promises.sum(
            dues.stream()
                .map(due -> new Promises(due.met(), due.broken(), due.excused(), 0, Map.of()))
                .toList()),
        null,
        null);
  }

  /** A side's promises about the leads counted, and the others with them. */
  static Promises owedBy(Side side, Counts counts, Instant now, List<OfNoLead> others) {
    return Promises.sum(
        Stream.concat(
                Stream.of(Promises.sum(counts, now, clause -> clause.owedBy().equals(side.word()))),
                others.stream()
                    .filter(each -> each.promised().owedBy() == side)
                    .map(OfNoLead::promises))
            .toList());
  }

  OfNoLead delivering(long much, long of) {
    return new OfNoLead(promised, period, promises, much, of);
  }
}
