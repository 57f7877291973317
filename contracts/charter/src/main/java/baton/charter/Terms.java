package baton.charter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a charter says, key by key, with its defaults filled in. */
public record Terms(
    String name,
    @Nullable Instant effectiveFrom,
    @Nullable Currency reportingCurrency,
    Map<Currency, BigDecimal> rates,
    int fiscalYearStart,
    @Nullable Review review,
    Signatories signatories,
    Map<String, WorkingTime> calendars,
    List<StageOwner> stages,
    Words vocabulary,
    List<Tier> tiers,
    List<Persona> personas,
    Scoring scoring,
    Routing routing,
    List<Clause> sales,
    List<Clause> marketing,
    List<Goal> goals,
    @Nullable Meeting meeting,
    List<Task> process) {
  /** The calendar that counts where nothing else is said. */
  public static final String DEFAULT_CALENDAR = "default";

  public Terms {
    rates = Ordered.map(rates);
    calendars = Ordered.map(calendars);
    stages = List.copyOf(stages);
    tiers = List.copyOf(tiers);
    personas = List.copyOf(personas);
    sales = List.copyOf(sales);
    marketing = List.copyOf(marketing);
    goals = List.copyOf(goals);
    process = List.copyOf(process);
  }
}
