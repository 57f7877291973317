package baton.reporting.funnel;

/** Of a lead that made several passes, which are counted. */
public enum WhichPasses {
  /** The lead once, if any of its passes got there. */
  ANY,
  /** Its first pass only. */
  FIRST,
  /** Every pass. */
  ALL
}
