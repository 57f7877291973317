package baton.chassis.lines;

import baton.chassis.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Takes a stream's lines in together: what arrives while a transaction is under way joins the next
 * one, in order, so that a later line corrects an earlier one. A bad line fails alone.
 *
 * @param <T> what a line says
 * @param <V> what taking it in made of it
 */
public final class Together<T, V> implements Lines.Answering {
  private static final Logger LOG = Logger.getLogger(Together.class);
  private static final int LARGEST = 500;

  /** How a verdict is answered; a Problem that it throws is the line's answer. */
  public interface Reply<V> {
    byte[] to(long number, V verdict);
  }

  private record Line<T>(long number, T told, Promise<byte[]> answer) {}

  private final Function<byte[], T> reading;
  private final Function<List<T>, Uni<List<V>>> taking;
  private final Reply<V> reply;

  private final ArrayDeque<Line<T>> waiting = new ArrayDeque<>();
  private boolean underWay;

  /**
   * @param reading throws a Problem where a line isn't right
   * @param taking in one transaction; answers one verdict for each
   */
  public Together(
      Function<byte[], T> reading, Function<List<T>, Uni<List<V>>> taking, Reply<V> reply) {
    this.reading = reading;
    this.taking = taking;
    this.reply = reply;
  }

  @Override
  public Future<byte[]> answer(long number, byte[] line) {
    try {
      var told = new Line<>(number, reading.apply(line), Promise.<byte[]>promise());
      add(told);
      return told.answer().future();
    } catch (Problem problem) {
      return Future.succeededFuture(Lines.problem(number, problem));
    }
  }

  private void add(Line<T> line) {
    synchronized (waiting) {
      waiting.add(line);
    }
    next();
  }

  private void next() {
    List<Line<T>> lines;
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
    take(lines).subscribe().with(_ -> finished(), _ -> finished());
  }

  private void finished() {
    synchronized (waiting) {
      underWay = false;
    }
    next();
  }

  /** Answers every line, whatever happens; never fails. */
  private Uni<Void> take(List<Line<T>> lines) {
    return taking
        .apply(lines.stream().map(Line::told).toList())
        .invoke(verdicts -> reply(lines, verdicts))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> split(lines, failure));
  }

  /** Until only the line that causes a failure fails. */
  private Uni<Void> split(List<Line<T>> lines, Throwable failure) {
    if (failure instanceof Problem problem) {
      lines.forEach(line -> line.answer().tryComplete(Lines.problem(line.number(), problem)));
      return Uni.createFrom().voidItem();
    }
    if (lines.size() == 1) {
      LOG.warnf("A line could not be kept: %s", failure.getClass().getName());
      return split(lines, Problem.unavailable(Duration.ofSeconds(1)));
    }
    int half = lines.size() / 2;
    return take(lines.subList(0, half)).chain(() -> take(lines.subList(half, lines.size())));
  }

  private void reply(List<Line<T>> lines, List<V> verdicts) {
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      line.answer().tryComplete(reply(line.number(), verdicts.get(i)));
    }
  }

  private byte[] reply(long number, V verdict) {
    try {
      return reply.to(number, verdict);
    } catch (Problem problem) {
      return Lines.problem(number, problem);
    }
  }
}
