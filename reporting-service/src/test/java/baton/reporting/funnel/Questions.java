package baton.reporting.funnel;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Questions made at random, about the lives of {@code Lives}. */
public final class Questions {
  private static final LocalDate SPRING = LocalDate.of(2026, 3, 1);
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/Sao_Paulo",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "Pacific/Kiritimati",
          "America/St_Johns");
  private static final Map<Dimension, List<@Nullable String>> VALUES = values();

  private Questions() {}

  public static Question asked(SplittableRandom random) {
    var basis = random.nextInt(3) == 0 ? Basis.PERIOD : Basis.COHORT;
    var from = random.nextInt(3) == 0 ? null : SPRING.plusDays(random.nextInt(-3, 50));
    var to =
        random.nextInt(3) == 0
            ? null
            : (from == null ? SPRING : from).plusDays(random.nextInt(1, 40));
    var by = new ArrayList<Dimension>();
    for (int groups = random.nextInt(3); groups > 0; groups--) {
      var dimension = Dimension.values()[random.nextInt(Dimension.values().length)];
      if (!by.contains(dimension)) {
        by.add(dimension);
      }
    }
    var only = new HashMap<Dimension, Set<@Nullable String>>();
    for (int filters = random.nextInt(3); filters > 0; filters--) {
      var dimension = List.copyOf(VALUES.keySet()).get(random.nextInt(VALUES.size()));
      var values = new HashSet<@Nullable String>();
      for (int count = random.nextInt(1, 3); count > 0; count--) {
        var all = java.util.Objects.requireNonNull(VALUES.get(dimension));
        values.add(all.get(random.nextInt(all.size())));
      }
      only.put(dimension, values);
    }
    return new Question(
        basis,
        WhichPasses.values()[random.nextInt(3)],
        from,
        to,
        ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
        basis == Basis.COHORT && random.nextInt(3) == 0 ? random.nextInt(30) : null,
        by,
        random.nextInt(3) == 0 ? Period.values()[random.nextInt(4)] : null,
        only);
  }

  private static Map<Dimension, List<@Nullable String>> values() {
    var values = new java.util.TreeMap<Dimension, List<@Nullable String>>();
    values.put(Dimension.SOURCE, java.util.Arrays.asList("google", "webinar", null));
    values.put(Dimension.CAMPAIGN, java.util.Arrays.asList("spring-0", "spring-1", null));
    values.put(Dimension.PERSONA, java.util.Arrays.asList("buyer", "decider", null));
    values.put(Dimension.SELLER, java.util.Arrays.asList("grace", "alan", null));
    values.put(Dimension.COMPANY, java.util.Arrays.asList("acme.example", null));
    values.put(Dimension.COUNTRY, java.util.Arrays.asList("DE", null));
    return values;
  }
}
