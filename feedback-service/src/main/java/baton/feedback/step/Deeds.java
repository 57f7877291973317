package baton.feedback.step;

import org.jspecify.annotations.Nullable;

/** Reads what is sent into what was done, or says everything that is wrong with it. */
public interface Deeds {
  /**
   * @param sellerId who tells; null speaks for any
   */
  Deed read(byte[] command, @Nullable String sellerId);
}
