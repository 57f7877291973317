package baton.lead.stream;

import baton.chassis.idempotency.Answer;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.lead.dossier.Capture;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Commits a stream's lines, each for itself: a bad one fails alone. */
public final class CaptureLines implements Lines.Answering {

  /** Reads one line; right only when it added no faults. */
  public interface Reading {
    @Nullable Capture read(byte[] line, Faults faults);
  }

  private final GroupCommit commits;
  private final Told.About about;
  private final Reading reading;

  public CaptureLines(GroupCommit commits, Told.About about, Reading reading) {
    this.commits = commits;
    this.about = about;
    this.reading = reading;
  }

  @Override
  public Uni<byte[]> answer(long number, byte[] line) {
    var faults = new Faults();
    var capture = reading.read(line, faults);
    if (capture == null || faults.any()) {
      return Uni.createFrom().item(Told.problem(number, Problem.invalid(faults.list())));
    }
    return commits
        .commit(capture, null, taken -> about.line(number, taken))
        .map(Answer::body)
        .onFailure()
        .recoverWithItem(failure -> Told.problem(number, problem(failure)));
  }

  @Override
  public byte[] tooLong(long number) {
    return Told.problem(number, Problem.tooLarge("A line is at most 64 KiB."));
  }

  private static Problem problem(Throwable failure) {
    return failure instanceof Problem problem
        ? problem
        : Problem.unavailable(Duration.ofSeconds(1));
  }
}
