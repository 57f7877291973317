package baton.chassis.charter;

import baton.contracts.Vocabulary;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Which charter governs. Until one is signed it is version 0, Baton's own defaults. */
@ApplicationScoped
public class Charters {
  static final int DEFAULT_VERSION = 0;

  public int versionAt(Instant occurredAt) {
    return DEFAULT_VERSION;
  }

  public Vocabulary vocabulary(int version) {
    return Vocabulary.DEFAULT;
  }

  public String zone(int version) {
    return "UTC";
  }
}
