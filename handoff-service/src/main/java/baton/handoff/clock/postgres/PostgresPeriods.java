package baton.handoff.clock.postgres;

import static baton.chassis.database.Columns.column;
import static baton.handoff.clock.postgres.PromiseRow.stream;
import static baton.handoff.clock.postgres.PromiseRow.utc;

import baton.charter.Clause;
import baton.charter.clause.PeriodClock;
import baton.charter.clause.Stretch;
import baton.charter.clause.Tally;
import baton.charter.clause.Verdict;
import baton.charter.expression.Facts;
import baton.chassis.charter.Charters;
import baton.chassis.charter.Signed;
import baton.contracts.LeadQualified;
import baton.handoff.clock.Periods;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PostgresPeriods implements Periods {
  private static final Logger LOG = Logger.getLogger(PostgresPeriods.class);

  /** How many periods of a clause are made up for after an absence. */
  private static final int MADE_UP_FOR = 62;

  /** How far the clock that ids are made by may be from PostgreSQL's. */
  private static final Duration SKEW = Duration.ofDays(1);

  private static final String BEGIN =
      """
      INSERT INTO period_clock (clause_id, charter_version, first_day, due_at)
      SELECT * FROM unnest($1::text[], $2::int[], $3::date[], $4::timestamptz[])
      ON CONFLICT DO NOTHING
      """;

  private static final String COUNT =
      """
      INSERT INTO period_clock AS p (clause_id, charter_version, first_day, due_at, counted, out_of)
      SELECT * FROM unnest($1::text[], $2::int[], $3::date[], $4::timestamptz[], $5::bigint[],
        $6::bigint[])
      ON CONFLICT (clause_id, charter_version, first_day) DO UPDATE SET
        counted = p.counted + excluded.counted, out_of = p.out_of + excluded.out_of
      """;

  /** Transactions that count end after ten seconds: none comes too late to be counted. */
  private static final String OVER =
      """
      SELECT *, clock_timestamp() AS now FROM period_clock
      WHERE state = 'running' AND stuck IS NULL
        AND due_at <= (SELECT clock_timestamp() - interval '15 seconds')
      ORDER BY due_at LIMIT 200 FOR UPDATE SKIP LOCKED
      """;

  private static final String GOING_ON =
      """
      SELECT *, clock_timestamp() AS now FROM period_clock
      WHERE state = 'running' AND due_at > (SELECT clock_timestamp())
      ORDER BY clause_id, first_day
      """;

  private static final String JUDGED =
      """
      UPDATE period_clock SET state = $4, judged_at = $5
      WHERE clause_id = $1 AND charter_version = $2 AND first_day = $3
      """;

  private static final String STUCK =
      """
      UPDATE period_clock SET stuck = $4
      WHERE clause_id = $1 AND charter_version = $2 AND first_day = $3
      """;

  private static final String DECIDED =
      """
      SELECT count(*) FILTER (WHERE step = 'rejected' AND reason = ANY($3)) AS rejected,
        count(*) AS decided
      FROM handoff_step
      WHERE step IN ('accepted', 'deemed-accepted', 'rejected')
        AND occurred_at >= $1 AND occurred_at < $2
      """;

  private static final String KEPT =
      """
      SELECT
        (SELECT count(*) FROM clock WHERE clause_id = $1 AND state = 'met'
           AND judged_at >= $2 AND judged_at < $3) AS met,
        (SELECT count(*) FROM breach WHERE clause_id = $1 AND state <> 'excused'
           AND breach_id >= $4 AND breach_id < $5
           AND judged_at >= $2 AND judged_at < $3) AS broken
      """;

  private record Over(
      PeriodClock clock, Tally tally, Verdict verdict, List<String> evidence, Instant at)
      implements PostgresTidings.Over {
    static Over judged(PeriodClock clock, Tally tally, Instant at) {
      var verdict = clock.judged(tally, at);
      return new Over(clock, tally, verdict, clock.evidence(tally, verdict), at);
    }

    @Override
    public Clause clause() {
      return clock.clause();
    }

    @Override
    public int charterVersion() {
      return clock.charterVersion();
    }

    @Override
    public UUID subject() {
      return UUID.nameUUIDFromBytes(
          (clause().id() + "/" + charterVersion() + "/" + clock.stretch())
              .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Instant startedAt() {
      return clock.stretch().starts();
    }

    @Override
    public Instant dueAt() {
      return clock.due();
    }
  }

  private final Charters charters;
  private final PostgresTidings tidings;

  PostgresPeriods(Charters charters, PostgresTidings tidings) {
    this.charters = charters;
    this.tidings = tidings;
  }

  @Override
  public Uni<Void> count(SqlConnection tx, Collection<LeadQualified> handedOver, Instant at) {
    var promised =
        handedOver.stream().filter(mql -> mql.charterVersion() > 0).map(Facts::of).toList();
    var clocks =
        promised.isEmpty()
            ? List.<PeriodClock>of()
            : charters.known().values().stream()
                .flatMap(signed -> at(signed, at).stream())
                .filter(clock -> !(clock.clause() instanceof Clause.RejectionRate))
                .sorted(Comparator.comparing(clock -> clock.clause().id()))
                .toList();
    return clocks.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(COUNT)
            .execute(
                Tuple.of(
                    column(clocks, clock -> clock.clause().id(), String[]::new),
                    column(clocks, PeriodClock::charterVersion, Integer[]::new),
                    column(clocks, clock -> clock.stretch().from(), LocalDate[]::new),
                    column(clocks, clock -> utc(clock.due()), OffsetDateTime[]::new),
                    column(
                        clocks,
                        clock ->
                            promised.stream().filter(mql -> counts(clock.clause(), mql)).count(),
                        Long[]::new),
                    column(clocks, _ -> (long) promised.size(), Long[]::new)))
            .replaceWithVoid();
  }

  private static boolean counts(Clause.Periodic clause, Facts mql) {
    return switch (clause) {
      case Clause.Mqls _ -> true;
      case Clause.Share share -> share.of().holds(mql);
      case Clause.Fields fields -> fields.fields().stream().allMatch(mql::knows);
      case Clause.RejectionRate _ -> false;
    };
  }

  @Override
  public Uni<Void> judge(SqlConnection tx) {
    return PostgresTime.now(tx)
        .chain(now -> begin(tx, now))
        .chain(() -> tx.query(OVER).execute())
        .chain(
            rows ->
                Multi.createFrom()
                    .iterable(stream(rows).toList())
                    .onItem()
                    .transformToUniAndConcatenate(row -> judged(tx, row))
                    .collect()
                    .asList())
        .chain(over -> tidings.tell(tx, over.stream().flatMap(Optional::stream).toList()));
  }

  @Override
  public Uni<List<Standing>> current(SqlConnection tx) {
    return tx.query(GOING_ON)
        .execute()
        .chain(
            rows ->
                Multi.createFrom()
                    .iterable(stream(rows).toList())
                    .onItem()
                    .transformToUniAndConcatenate(
                        row -> {
                          var clock = clock(row);
                          return clock == null
                              ? Uni.createFrom().item(Optional.<Standing>empty())
                              : tally(tx, clock, row)
                                  .map(
                                      tally ->
                                          Optional.of(
                                              new Standing(clock, tally, PostgresTime.now(row))));
                        })
                    .collect()
                    .asList())
        .map(all -> all.stream().flatMap(Optional::stream).toList());
  }

  private Uni<Void> begin(SqlConnection tx, Instant now) {
    var begun =
        charters.known().values().stream().flatMap(each -> since(each, now).stream()).toList();
    return begun.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.preparedQuery(BEGIN)
            .execute(
                Tuple.of(
                    column(begun, clock -> clock.clause().id(), String[]::new),
                    column(begun, PeriodClock::charterVersion, Integer[]::new),
                    column(begun, clock -> clock.stretch().from(), LocalDate[]::new),
                    column(begun, clock -> utc(clock.due()), OffsetDateTime[]::new)))
            .replaceWithVoid();
  }

  /** The periods around an instant that belong to this version. */
  private List<PeriodClock> at(Signed signed, Instant at) {
    return promises(signed).stream()
        .map(clause -> clock(signed, clause, at))
        .filter(clock -> charters.versionAt(clock.stretch().starts()) == signed.version())
        .toList();
  }

  private List<PeriodClock> since(Signed signed, Instant now) {
    var begun = new ArrayList<PeriodClock>();
    for (var clause : promises(signed)) {
      var clock = clock(signed, clause, now);
      for (var n = 0;
          n < MADE_UP_FOR && !clock.stretch().starts().isBefore(signed.effectiveFrom());
          n++) {
        if (charters.versionAt(clock.stretch().starts()) == signed.version()) {
          begun.add(clock);
        }
        clock = clock(signed, clause, clock.stretch().starts().minusMillis(1));
      }
    }
    return begun;
  }

  private static List<Clause.Periodic> promises(Signed signed) {
    return signed.version() == 0
        ? List.of()
        : signed.agreement().terms().marketing().stream()
            .filter(Clause.Periodic.class::isInstance)
            .map(Clause.Periodic.class::cast)
            .toList();
  }

  private static PeriodClock clock(Signed signed, Clause.Periodic clause, Instant at) {
    var charter = signed.agreement();
    return new PeriodClock(
        clause,
        signed.version(),
        Stretch.around(
            at, clause.per(), charter.calendar().zone(), charter.terms().fiscalYearStart()),
        charter.calendar());
  }

  /** Null while this instance hasn't heard of the charter. */
  private @Nullable PeriodClock clock(Row row) {
    var version = row.getInteger("charter_version");
    if (!charters.knows(version)) {
      return null;
    }
    var signed = charters.version(version);
    return signed.agreement().clause(row.getString("clause_id")) instanceof Clause.Periodic clause
        ? clock(
            signed,
            clause,
            row.getLocalDate("first_day")
                .atStartOfDay(signed.agreement().calendar().zone())
                .toInstant())
        : null;
  }

  private Uni<Tally> tally(SqlConnection tx, PeriodClock clock, Row row) {
    if (!(clock.clause() instanceof Clause.RejectionRate rate)) {
      return Uni.createFrom()
          .item(
              clock.clause() instanceof Clause.Mqls
                  ? Tally.of(row.getLong("counted"))
                  : Tally.of(row.getLong("counted"), row.getLong("out_of")));
    }
    var from = utc(clock.stretch().starts());
    var to = utc(clock.stretch().ends());
    var suspension = rate.suspendedBy();
    return tx.preparedQuery(DECIDED)
        .execute(Tuple.of(from, to, rate.counts().toArray(String[]::new)))
        .map(rows -> rows.iterator().next())
        .chain(
            decided ->
                (suspension == null
                        ? Uni.createFrom().<Tally.@Nullable Kept>nullItem()
                        : tx.preparedQuery(KEPT)
                            .execute(
                                Tuple.of(
                                    suspension.clause(),
                                    from,
                                    to,
                                    idOf(clock.stretch().starts().minus(SKEW)),
                                    idOf(clock.stretch().ends().plus(SKEW))))
                            .map(rows -> rows.iterator().next())
                            .map(
                                kept ->
                                    new Tally.Kept(kept.getLong("met"), kept.getLong("broken"))))
                    .map(
                        kept ->
                            new Tally(
                                decided.getLong("rejected"), decided.getLong("decided"), kept)));
  }

  private Uni<Optional<Over>> judged(SqlConnection tx, Row row) {
    var at = PostgresTime.now(row);
    return Uni.createFrom()
        .item(() -> Optional.ofNullable(clock(row)))
        .chain(
            clock ->
                clock.isEmpty()
                    ? Uni.createFrom().item(Optional.<Over>empty())
                    : tally(tx, clock.get(), row)
                        .map(tally -> Optional.of(Over.judged(clock.get(), tally, at)))
                        .call(over -> keep(tx, row, JUDGED, over.get().state().word(), utc(at))))
        .onFailure(PostgresPeriods::isUnjudgeable)
        .recoverWithUni(why -> stuck(tx, row, why));
  }

  /** It says nothing of the others; what the database fails at it fails at for all. */
  private static boolean isUnjudgeable(Throwable failure) {
    return failure instanceof RuntimeException && !(failure instanceof DatabaseException);
  }

  private static Uni<Optional<Over>> stuck(SqlConnection tx, Row row, Throwable why) {
    LOG.errorf(
        why, "%s of %s can't be judged", row.getString("clause_id"), row.getLocalDate("first_day"));
    return keep(tx, row, STUCK, why.toString()).replaceWith(Optional.empty());
  }

  private static Uni<Void> keep(
      SqlConnection tx, Row row, String statement, @Nullable Object... what) {
    var values =
        Tuple.of(
            row.getString("clause_id"),
            row.getInteger("charter_version"),
            row.getLocalDate("first_day"));
    for (var value : what) {
      values.addValue(value);
    }
    return tx.preparedQuery(statement).execute(values).replaceWithVoid();
  }

  /** No breach that was found at that instant or later has a lower id. */
  private static UUID idOf(Instant instant) {
    return new UUID(instant.toEpochMilli() << 16, 0);
  }
}
