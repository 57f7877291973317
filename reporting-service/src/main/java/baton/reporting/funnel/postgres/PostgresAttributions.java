package baton.reporting.funnel.postgres;

import static java.util.stream.Collectors.joining;

import baton.chassis.database.Transactions;
import baton.reporting.attribution.Crediting;
import baton.reporting.attribution.Model.Markov;
import baton.reporting.attribution.RouteBytes;
import baton.reporting.attribution.Terms;
import baton.reporting.attribution.Whence;
import baton.reporting.funnel.Attribution;
import baton.reporting.funnel.Attributions;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Reports;
import baton.reporting.funnel.RouteChanges.Kind;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the routes of the leads asked about, so many at a time, and shares out their credit as they
 * come: what is kept in memory is a sum per key.
 */
@ApplicationScoped
class PostgresAttributions implements Attributions {
  private static final int AT_A_TIME = 2000;

  /** All won deals of years may be asked for. */
  private static final String PATIENT = "SET LOCAL statement_timeout = '60s'";

  /** Where captured leads came from. */
  private static final List<Dimension> WHENCE =
      List.of(Dimension.SOURCE, Dimension.MEDIUM, Dimension.CHANNEL, Dimension.CAMPAIGN);

  private final Transactions transactions;
  private final Reports reports;

  PostgresAttributions(Transactions transactions, Reports reports) {
    this.transactions = transactions;
    this.reports = reports;
  }

  private record Read(Standing standing, Crediting crediting) {}

  @Override
  public Uni<Attribution> answer(Question question, Terms terms) {
    return transactions
        .run(connection -> read(connection, question, terms))
        .call(
            read ->
                terms.model() instanceof Markov
                    ? captured(question, read.crediting)
                    : Uni.createFrom().voidItem())
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(read -> answer(question, terms, read));
  }

  private static Attribution answer(Question question, Terms terms, Read read) {
    if (read.crediting.tooMany()) {
      throw new TooManyKeys();
    }
    return new Attribution(question, terms, read.standing.completeTo(), read.crediting.credits());
  }

  private static Uni<Read> read(SqlConnection connection, Question question, Terms terms) {
    var crediting = new Crediting(terms);
    return Standing.of(connection)
        .call(() -> connection.query(PATIENT).execute())
        .call(
            standing ->
                each(
                    connection,
                    won(question, standing.slot()),
                    question,
                    row ->
                        crediting.won(
                            RouteBytes.won(row.getBuffer("body").getBytes()),
                            row.getInteger("count"))))
        .call(
            standing ->
                terms.model() instanceof Markov
                    ? each(
                        connection,
                        unwon(question, standing.slot()),
                        question,
                        row ->
                            crediting.unwon(
                                RouteBytes.unwon(row.getBuffer("body").getBytes()),
                                row.getLong("count")))
                    : Uni.createFrom().voidItem())
        .map(standing -> new Read(standing, crediting));
  }

  /**
   * Every captured lead, as if it had gone no further. It is read a moment after the routes: who
   * was touched again in between is still counted as captured alone.
   */
  private Uni<Report> captured(Question question, Crediting crediting) {
    var leads =
        new Question(
            Basis.COHORT,
            WhichPasses.ANY,
            question.from(),
            question.to(),
            question.zone(),
            null,
            WHENCE,
            null,
            question.only());
    return reports
        .answer(leads, Numbers.counted())
        .invoke(
            report ->
                report
                    .rows()
                    .forEach(
                        row -> {
                          var counts = row.counts();
                          var key = row.key();
                          crediting.unwon(
                              List.of(new Whence(key.get(0), key.get(1), key.get(2), key.get(3))),
                              counts.reached(Stage.CAPTURED, Basis.COHORT)
                                  - counts.reached(Stage.CAPTURED, How.INFERRED, Basis.COHORT));
                        }));
  }

  /** The rows one after the other, away from the event loop. */
  private static Uni<Void> each(
      SqlConnection connection, String statement, Question question, Consumer<Row> heard) {
    var parameters = Tuple.of(question.first(), question.end());
    Filter.values(question).forEach(parameters::addArrayOfString);
    return connection
        .prepare(statement)
        .chain(
            prepared -> {
              var cursor = prepared.cursor(parameters);
              return Multi.createBy()
                  .repeating()
                  .uni(() -> page(cursor, heard))
                  .whilst(_ -> cursor.hasMore())
                  .collect()
                  .last()
                  .call(() -> cursor.close())
                  .call(() -> prepared.close())
                  .replaceWithVoid();
            });
  }

  private static Uni<Integer> page(Cursor cursor, Consumer<Row> heard) {
    return cursor
        .read(AT_A_TIME)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(
            rows -> {
              rows.forEach(heard);
              return rows.size();
            });
  }

  static String won(Question question, int slot) {
    return "SELECT r.body, r.count" + from(question, slot, Kind.WON);
  }

  static String unwon(Question question, int slot) {
    return "SELECT r.body, sum(r.count)::bigint AS count"
        + from(question, slot, Kind.UNWON)
        + " GROUP BY r.body";
  }

  /**
   * Route by route: where PostgreSQL takes filtered keys for a row or two, as it does until a table
   * that grew fast is analyzed, a join would read all routes once for each of them.
   */
  private static String keys(Question question) {
    return question.only().isEmpty()
        ? ""
        : question.only().keySet().stream()
            .map(dimension -> "k." + dimension.column())
            .collect(
                joining(
                    ", ",
                    " CROSS JOIN LATERAL (SELECT ",
                    " FROM keys AS k WHERE k.id = r.keys OFFSET 0) AS k"));
  }

  private static String from(Question question, int slot, Kind kind) {
    return " FROM route_"
        + slot
        + " r"
        + keys(question)
        + " WHERE r.kind = "
        + kind.ordinal()
        + " AND r.at >= $1 AND r.at < $2"
        + Filter.conditions(question, 3);
  }
}
