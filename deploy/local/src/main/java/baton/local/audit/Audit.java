package baton.local.audit;

import baton.local.load.Line;
import baton.local.load.Made;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads leads, then deals, a row at a time, and keeps of each person some sixty bytes: rows that
 * share an id, an e-mail address or a phone number are one.
 */
public final class Audit {
  private static final long UNKNOWN = Long.MIN_VALUE;
  private static final int FEWEST = 1 << 10;
  private static final int MOST_REASONS = 20;
  private static final String OTHERS = "other reasons";
  private static final Set<String> GAINED =
      Set.of("true", "yes", "1", "customer", "success", "purchased", "renewed", "signed");
  private static final Set<String> MISSED =
      Set.of("false", "no", "0", "disqualified", "rejected", "abandoned", "churned");

  /** By what a deal was found to be a lead's, or a lead to be there already. */
  public enum By {
    ID,
    EMAIL,
    PHONE
  }

  /** What became of a deal. */
  public enum Result {
    WON,
    LOST,
    OPEN
  }

  private final Keys people = new Keys();
  private final Keys deals = new Keys();
  private final List<String> sources = new ArrayList<>();
  private final Map<String, Integer> sourceNumbers = new HashMap<>();
  private final Map<By, Long> repeatedLeads = new EnumMap<>(By.class);
  private final Map<By, Long> matched = new EnumMap<>(By.class);
  private final Map<Result, Long> results = new EnumMap<>(Result.class);
  private final Map<Result, Long> unmatched = new EnumMap<>(Result.class);
  private final Map<String, BigDecimal> wonAmounts = new TreeMap<>();
  private final Map<String, BigDecimal> unmatchedAmounts = new TreeMap<>();
  private final Map<String, Long> unreadLeads = new LinkedHashMap<>();
  private final Map<String, Long> unreadDeals = new LinkedHashMap<>();

  private int size;
  private int[] sourceOf = new int[FEWEST];
  private int[] filledOf = new int[FEWEST];
  private long[] cameAt = new long[FEWEST];
  private long[] triedAt = new long[FEWEST];
  private long[] wonAt = new long[FEWEST];
  private boolean[] isWon = new boolean[FEWEST];
  private long leadRows;
  private long nameless;
  private long dealRows;
  private long repeatedDeals;
  private long furtherDeals;
  private long unreadableAmounts;

  public void lead(Line line) {
    leadRows++;
    switch (line.made()) {
      case Made.Refused(var reason) -> unread(unreadLeads, reason);
      case Made.Command(var lead) -> lead(lead);
    }
  }

  private void lead(ObjectNode lead) {
    var names = names(lead, lead.path("externalIds"));
    var known = known(names);
    int person = known == null ? add() : known.person();
    if (known != null) {
      repeatedLeads.merge(known.by(), 1L, Long::sum);
    } else if (names.isEmpty()) {
      nameless++;
    }
    names.forEach(name -> people.put(name.text(), person));
    sourceOf[person] = sourceOf[person] < 0 ? source(text(lead, "source")) : sourceOf[person];
    cameAt[person] = earlier(cameAt[person], moment(lead.path("occurredAt")));
    triedAt[person] =
        earlier(triedAt[person], moment(lead.path("attributes").path(Wanted.OUTREACH)));
    for (var field : Field.values()) {
      filledOf[person] |= lead.at(field.pointer()).isMissingNode() ? 0 : 1 << field.ordinal();
    }
  }

  public void deal(Line line) {
    dealRows++;
    switch (line.made()) {
      case Made.Refused(var reason) -> unread(unreadDeals, reason);
      case Made.Command(var deal) -> deal(deal);
    }
  }

  private void deal(ObjectNode deal) {
    var own = id(deal.path("externalId"));
    if (own != null && deals.get(own) != Keys.NONE) {
      repeatedDeals++;
      return;
    }
    if (own != null) {
      deals.put(own, 0);
    }
    var result = result(deal);
    results.merge(result, 1L, Long::sum);
    var given = text(deal.path("amount"), "amount");
    var amount = given == null ? null : Amount.read(given, text(deal.path("amount"), "currency"));
    unreadableAmounts += given != null && amount == null ? 1 : 0;
    if (amount != null && result == Result.WON) {
      wonAmounts.merge(amount.currency(), amount.value(), BigDecimal::add);
    }
    var known = known(names(deal, deal.path("leadExternalId")));
    if (known == null) {
      unmatched.merge(result, 1L, Long::sum);
      if (amount != null && result == Result.WON) {
        unmatchedAmounts.merge(amount.currency(), amount.value(), BigDecimal::add);
      }
      return;
    }
    matched.merge(known.by(), 1L, Long::sum);
    if (result == Result.WON) {
      furtherDeals += isWon[known.person()] ? 1 : 0;
      isWon[known.person()] = true;
      wonAt[known.person()] = earlier(wonAt[known.person()], moment(deal.path("occurredAt")));
    }
  }

  /** Without a word for it every deal is a customer: that is what lists of customers are. */
  private static Result result(JsonNode deal) {
    var said = deal.path("result").asText("won").strip().toLowerCase(Locale.ROOT);
    if (said.contains("lost") || MISSED.contains(said)) {
      return Result.LOST;
    }
    return said.contains("won") || GAINED.contains(said) ? Result.WON : Result.OPEN;
  }

  private record Name(By by, String text) {}

  private record Known(int person, By by) {}

  private @Nullable Known known(List<Name> names) {
    for (var name : names) {
      int person = people.get(name.text());
      if (person != Keys.NONE) {
        return new Known(person, name.by());
      }
    }
    return null;
  }

  /** In the order in which they are believed. */
  private static List<Name> names(JsonNode row, JsonNode ids) {
    var names = new ArrayList<Name>();
    for (var each : ids.isArray() ? ids : List.of(ids)) {
      var id = id(each);
      if (id != null) {
        names.add(new Name(By.ID, "id\n" + id));
      }
    }
    var email = text(row.path("contact"), "email");
    if (email != null && email.indexOf('@') > 0) {
      names.add(new Name(By.EMAIL, "email\n" + email.strip().toLowerCase(Locale.ROOT)));
    }
    var phone = text(row.path("contact"), "phone");
    var digits = phone == null ? "" : phone.replaceAll("[^0-9]", "").replaceFirst("^0+", "");
    if (!digits.isEmpty()) {
      names.add(new Name(By.PHONE, "phone\n" + digits));
    }
    return names;
  }

  private static @Nullable String id(JsonNode id) {
    return id.path("id").isMissingNode()
        ? null
        : id.path("system").asText() + '\n' + id.path("id").asText().strip();
  }

  private static @Nullable String text(JsonNode of, String field) {
    var value = of.path(field);
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  private static long moment(JsonNode value) {
    try {
      return value.isTextual() ? Instant.parse(value.asText()).toEpochMilli() : UNKNOWN;
    } catch (DateTimeException other) {
      return UNKNOWN;
    }
  }

  private static long earlier(long one, long other) {
    if (one == UNKNOWN || other == UNKNOWN) {
      return one == UNKNOWN ? other : one;
    }
    return Math.min(one, other);
  }

  private int source(@Nullable String name) {
    return name == null
        ? -1
        : sourceNumbers.computeIfAbsent(
            name.strip(),
            added -> {
              sources.add(added);
              return sources.size() - 1;
            });
  }

  private int add() {
    if (size == sourceOf.length) {
      int more = size * 2;
      sourceOf = Arrays.copyOf(sourceOf, more);
      filledOf = Arrays.copyOf(filledOf, more);
      cameAt = Arrays.copyOf(cameAt, more);
      triedAt = Arrays.copyOf(triedAt, more);
      wonAt = Arrays.copyOf(wonAt, more);
      isWon = Arrays.copyOf(isWon, more);
    }
    sourceOf[size] = -1;
    cameAt[size] = UNKNOWN;
    triedAt[size] = UNKNOWN;
    wonAt[size] = UNKNOWN;
    return size++;
  }

  private static void unread(Map<String, Long> reasons, String reason) {
    reasons.merge(
        reasons.containsKey(reason) || reasons.size() < MOST_REASONS ? reason : OTHERS,
        1L,
        Long::sum);
  }

  /** What was found. */
  public Findings findings() {
    var bySource = new TreeMap<String, Findings.Tally>();
    var all = new Tallying();
    var of = new HashMap<Integer, Tallying>();
    for (int person = 0; person < size; person++) {
      all.add(person);
      of.computeIfAbsent(sourceOf[person], _ -> new Tallying()).add(person);
    }
    of.forEach(
        (source, tallying) ->
            bySource.put(source < 0 ? Findings.NO_SOURCE : sources.get(source), tallying.tally()));
    var filled = new EnumMap<Field, Long>(Field.class);
    for (var field : Field.values()) {
      filled.put(field, filled(1 << field.ordinal()));
    }
    return new Findings(
        leadRows,
        all.tally(),
        bySource,
        new Findings.Repeated(repeatedLeads, nameless, repeatedDeals, furtherDeals),
        new Findings.Deals(
            dealRows, results, matched, unmatched, wonAmounts, unmatchedAmounts, unreadableAmounts),
        filled,
        filled(Field.PROMISED),
        unreadLeads,
        unreadDeals);
  }

  /** How many people have all of these fields. */
  private long filled(int fields) {
    long count = 0;
    for (int person = 0; person < size; person++) {
      count += (filledOf[person] & fields) == fields ? 1 : 0;
    }
    return count;
  }

  /** Adds people up. */
  private final class Tallying {
    private long leads;
    private long won;
    private long untriedWon;
    private long early;
    private long wonEarly;
    private final Spans tried = new Spans();
    private final Spans cycle = new Spans();
    private final long[] ofSpeed = new long[Findings.Speed.values().length];
    private final long[] wonOfSpeed = new long[Findings.Speed.values().length];

    void add(int person) {
      leads++;
      won += isWon[person] ? 1 : 0;
      var speed = Findings.Speed.NEVER;
      if (triedAt[person] == UNKNOWN) {
        untriedWon += isWon[person] ? 1 : 0;
      } else if (cameAt[person] != UNKNOWN) {
        long took = triedAt[person] - cameAt[person];
        tried.add(took);
        early += took < 0 ? 1 : 0;
        speed = Findings.Speed.of(took);
      } else {
        speed = Findings.Speed.UNDATED;
      }
      ofSpeed[speed.ordinal()]++;
      wonOfSpeed[speed.ordinal()] += isWon[person] ? 1 : 0;
      if (wonAt[person] != UNKNOWN && cameAt[person] != UNKNOWN) {
        cycle.add(wonAt[person] - cameAt[person]);
        wonEarly += wonAt[person] < cameAt[person] ? 1 : 0;
      }
    }

    Findings.Tally tally() {
      return new Findings.Tally(
          leads,
          won,
          untriedWon,
          early,
          wonEarly,
          new Span(tried.all(), ofSpeed[Findings.Speed.NEVER.ordinal()]),
          new Span(cycle.all(), 0),
          ofSpeed.clone(),
          wonOfSpeed.clone());
    }
  }

  /** As many as come. */
  private static final class Spans {
    private long[] millis = new long[16];
    private int count;

    void add(long took) {
      millis = count == millis.length ? Arrays.copyOf(millis, count * 2) : millis;
      millis[count++] = took;
    }

    long[] all() {
      return Arrays.copyOf(millis, count);
    }
  }
}
