package baton.feedback.outcome.rest;

import baton.chassis.access.Caller;
import baton.chassis.database.Transactions;
import baton.chassis.json.AnswerJson;
import baton.chassis.lines.Lines;
import baton.chassis.problem.Problem;
import baton.feedback.outcome.Outcome;
import baton.feedback.outcome.Outcomes;
import baton.feedback.outcome.Told;
import baton.feedback.outcome.Verdict;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Takes a stream's outcomes in together: what arrives while a transaction is under way joins the
 * next one, in order, so that a later line corrects an earlier one. A bad line fails alone.
 */
final class OutcomeLines implements Lines.Answering {
  private static final Logger LOG = Logger.getLogger(OutcomeLines.class);
  private static final int LARGEST = 500;

  private record Line(long number, Told told, Promise<byte[]> answer) {}

  private record LineAnswer(long line, int status, @JsonUnwrapped OutcomeAnswer outcome) {}

  private final Tellings tellings;
  private final Outcomes outcomes;
  private final Transactions transactions;
  private final Caller caller;

  private final ArrayDeque<Line> waiting = new ArrayDeque<>();
  private boolean underWay;

  OutcomeLines(Tellings tellings, Outcomes outcomes, Transactions transactions, Caller caller) {
    this.tellings = tellings;
    this.outcomes = outcomes;
    this.transactions = transactions;
    this.caller = caller;
  }

  @Override
  public Future<byte[]> answer(long number, byte[] line) {
    try {
      var told = new Line(number, tellings.read(line, caller), Promise.promise());
      add(told);
      return told.answer().future();
    } catch (Problem problem) {
      return Future.succeededFuture(Lines.problem(number, problem));
    }
  }

  private void add(Line line) {
    synchronized (waiting) {
      waiting.add(line);
    }
    next();
  }

  private void next() {
    List<Line> lines;
    synchronized (waiting) {
      if (underWay || waiting.isEmpty()) {
        return;
      }
      underWay = true;
      lines = new ArrayList<>(Math.min(LARGEST, waiting.size()));
      while (lines.size() < LARGEST && !waiting.isEmpty()) {
        lines.add(waiting.remove());
      }
    }
    tell(lines).subscribe().with(_ -> finished(), _ -> finished());
  }

  private void finished() {
    synchronized (waiting) {
      underWay = false;
    }
    next();
  }

  /** Answers every line, whatever happens; never fails. */
  private Uni<Void> tell(List<Line> lines) {
    var tellings = lines.stream().map(Line::told).toList();
    return transactions
        .run(tx -> outcomes.tell(tx, tellings, Tellings.teller(caller)))
        .invoke(verdicts -> reply(lines, verdicts))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> split(lines, failure));
  }

  /** Until only the line that causes a failure fails. */
  private Uni<Void> split(List<Line> lines, Throwable failure) {
    if (failure instanceof Problem problem) {
      lines.forEach(line -> line.answer().tryComplete(Lines.problem(line.number(), problem)));
      return Uni.createFrom().voidItem();
    }
    if (lines.size() == 1) {
      LOG.warnf("An outcome could not be kept: %s", failure.getClass().getName());
      return split(lines, Problem.unavailable(Duration.ofSeconds(1)));
    }
    int half = lines.size() / 2;
    return tell(lines.subList(0, half)).chain(() -> tell(lines.subList(half, lines.size())));
  }

  private static void reply(List<Line> lines, List<Verdict> verdicts) {
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      line.answer().tryComplete(reply(line.number(), verdicts.get(i)));
    }
  }

  private static byte[] reply(long number, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Kept kept -> reply(number, kept.isNew() ? 201 : 200, kept.outcome());
      case Verdict.Unchanged(var outcome) -> reply(number, 200, outcome);
      case Verdict.NotYours() -> Lines.problem(number, OutcomeResource.notYours());
    };
  }

  private static byte[] reply(long number, int status, Outcome outcome) {
    return AnswerJson.bytes(new LineAnswer(number, status, OutcomeAnswer.of(outcome)));
  }
}
