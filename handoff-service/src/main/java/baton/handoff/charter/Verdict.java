package baton.handoff.charter;

import baton.contracts.Signature;

/** What became of a signature. */
public sealed interface Verdict {

  /** It was given; {@code version} is how the charter stands with it. */
  record Signed(Version version, Signature signature) implements Verdict {}

  /** The side had signed before; nothing changed. */
  record Standing(Version version) implements Verdict {}

  /** Not this signatory's to give. */
  record Forbidden(String why) implements Verdict {}

  /** Not possible as the charter stands. */
  record Refused(String why, State state) implements Verdict {}
}
