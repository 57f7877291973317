package baton.reporting.funnel;

import baton.reporting.journey.Ending;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a cell counts: of the leads captured then, how many reached a stage, how many of these by
 * inference only (or deemed), and where they stand; and how many entered a stage then, whenever
 * captured.
 */
public enum Column {
  CAPTURED,
  MQL,
  SAL,
  SQL,
  WON,
  CAPTURED_INFERRED,
  MQL_INFERRED,
  SAL_INFERRED,
  SQL_INFERRED,
  SAL_DEEMED,
  NOW_WON,
  NOW_LOST,
  NOW_REJECTED,
  NOW_RETURNED,
  NOW_DISQUALIFIED,
  NOW_OPEN,
  ENTERED_MQL,
  ENTERED_SAL,
  ENTERED_SQL,
  ENTERED_WON,
  ENTERED_MQL_INFERRED,
  ENTERED_SAL_INFERRED,
  ENTERED_SQL_INFERRED,
  ENTERED_SAL_DEEMED;

  /** Its name in the database. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many reached this stage; the captured enter when they are captured. */
  public static Column of(Stage stage, boolean entered) {
    return switch (stage) {
      case CAPTURED -> CAPTURED;
      case MQL -> entered ? ENTERED_MQL : MQL;
      case SAL -> entered ? ENTERED_SAL : SAL;
      case SQL -> entered ? ENTERED_SQL : SQL;
      case WON -> entered ? ENTERED_WON : WON;
    };
  }

  /** How many of these did so in another way than by a fact; null where nothing is to be told. */
  public static @Nullable Column of(Stage stage, How how, boolean entered) {
    return switch (how) {
      case EXPLICIT -> null;
      case DEEMED -> entered ? ENTERED_SAL_DEEMED : SAL_DEEMED;
      case INFERRED ->
          switch (stage) {
            case CAPTURED -> CAPTURED_INFERRED;
            case MQL -> entered ? ENTERED_MQL_INFERRED : MQL_INFERRED;
            case SAL -> entered ? ENTERED_SAL_INFERRED : SAL_INFERRED;
            case SQL -> entered ? ENTERED_SQL_INFERRED : SQL_INFERRED;
            case WON -> null;
          };
    };
  }

  public static Column now(@Nullable Ending ending) {
    return switch (ending) {
      case null -> NOW_OPEN;
      case WON -> NOW_WON;
      case LOST -> NOW_LOST;
      case REJECTED -> NOW_REJECTED;
      case RETURNED -> NOW_RETURNED;
      case DISQUALIFIED -> NOW_DISQUALIFIED;
    };
  }
}
