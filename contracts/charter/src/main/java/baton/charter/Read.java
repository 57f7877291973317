package baton.charter;

import java.util.List;

/** What became of a document: an agreement to judge by, or everything that is wrong with it. */
public sealed interface Read {
  record Good(Agreement agreement) implements Read {}

  record Faulty(List<Fault> faults) implements Read {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }
}
