package baton.reporting.funnel;

import baton.reporting.journey.Ending;
import baton.reporting.journey.Holder;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a lead counts for. Times are quarters of an hour: {@code cohort} when the lead was
 * captured, {@code at} when this happened; {@code lag} is the days between, as {@link Quarter#lag}
 * has them.
 */
public sealed interface Part {

  /** A stage was reached. */
  record Entered(WhichPasses passes, Stage stage, How how, int cohort, int at, int lag, int charter)
      implements Part {}

  /** Where the lead stands now: the end of its latest pass, null while that is open. */
  record Standing(int cohort, @Nullable Ending ending, int charter) implements Part {}

  /** What is counted by a word: money by its currency, ends by their reason. */
  enum Kind {
    REVENUE,
    REJECTED,
    RETURNED,
    /** By currency. */
    LOST_VALUE,
    /** What deals that are open may bring, by currency and expected close. */
    PIPELINE,
    /** Revenue of passes that marketing made: of those whose MQL is a fact. */
    SOURCED,
    /** How often customers bought. */
    PURCHASES,
    /** What they paid for it, by currency. */
    PURCHASED,
    /** What renewals were worth, by currency. */
    RENEWED,
    /** Leads that a deal was opened for. */
    OPPORTUNITIES
  }

  /** So much of it; an empty label where there is no word. */
  record Tallied(
      WhichPasses passes, Kind kind, String label, int cohort, int at, int lag, BigDecimal amount)
      implements Part {}

  /**
   * What there is to note about a matter: each of its terms counts once. They are kept together
   * where a row is about a lead, and apart where it is about many.
   *
   * @param holder whose it is, where that is another than who holds the lead
   */
  record Noted(
      WhichPasses passes,
      Matter matter,
      List<String> terms,
      int cohort,
      int at,
      int lag,
      int charter,
      @Nullable Holder holder)
      implements Part {
    /** Stands between terms that are kept together, and in none of them. */
    public static final char BETWEEN = '\u001f';

    public Noted {
      terms = List.copyOf(terms);
    }
  }
}
