package baton.lead.stream;

import baton.chassis.idempotency.Answer;
import baton.chassis.lines.Lines;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.lead.dossier.Capture;
import io.vertx.core.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Commits a stream's lines, each for itself: a bad one fails alone. */
public final class CaptureLines implements Lines.Answering {

  /** Reads one line; right only when it added no faults. */
  public interface Reading {
    @Nullable Capture read(byte[] line, Faults faults);
  }

  private static final Logger LOG = Logger.getLogger(CaptureLines.class);

  private final GroupCommit commits;
  private final Told.About about;
  private final Reading reading;

  public CaptureLines(GroupCommit commits, Told.About about, Reading reading) {
    this.commits = commits;
    this.about = about;
    this.reading = reading;
  }

  @Override
  public Future<byte[]> answer(long number, byte[] line) {
    var faults = new Faults();
    try {
      var capture = reading.read(line, faults);
      if (capture == null || faults.any()) {
        throw Problem.invalid(faults.list());
      }
      return commits
          .commit(capture, null, taken -> about.line(number, taken))
          .map(Answer::body)
          .otherwise(failure -> Lines.problem(number, problem(failure)));
    } catch (RuntimeException failure) {
      return Future.succeededFuture(Lines.problem(number, problem(failure)));
    }
  }

  private static Problem problem(Throwable failure) {
    if (failure instanceof Problem problem) {
      return problem;
    }
    LOG.warnf("A line could not be kept: %s", failure.getClass().getName());
    return Problem.internal();
  }
}
