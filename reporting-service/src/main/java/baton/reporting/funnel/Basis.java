package baton.reporting.funnel;

import java.util.Locale;

/** Who is asked about: those captured in the window, or those who entered a stage in it. */
public enum Basis {
  COHORT,
  PERIOD;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
