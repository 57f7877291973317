package baton.charter.expression;

/**
 * Where in a charter a rule stands. A rule can only read what is decided before it, so that no
 * definition leans on itself.
 */
public enum Place {
  /** Tiers: the lead, its company, its touches. */
  TIER,
  /** Personas: the company's tier too. */
  PERSONA,
  /** Points and exclusions: the lead's persona too. */
  SCORING,
  /** Readiness: the score too. */
  READINESS,
  /** Routing and promises, judged by what {@code lead-qualified} says and nothing else. */
  HANDOFF
}
