package baton.chassis.command;

import baton.chassis.problem.Faults;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Reads a command's JSON into its record, strictly, and names everything that is wrong with it. */
@ApplicationScoped
public class CommandReader {

  /** Throws a Problem: 400 when it isn't readable JSON, 422 with every bad field. */
  public <T> T read(byte[] body, Class<T> type) {
    throw new UnsupportedOperationException();
  }

  /** Adds what is wrong to {@code faults}; null when the body can't be read at all. */
  public <T> @Nullable T read(byte[] body, Class<T> type, Faults faults) {
    throw new UnsupportedOperationException();
  }
}
