package baton.reporting.funnel;

import static baton.reporting.attribution.Told.captured;
import static baton.reporting.attribution.Told.id;
import static baton.reporting.attribution.Told.journey;
import static baton.reporting.attribution.Told.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.contracts.Event;
import baton.contracts.OutcomeResult;
import baton.reporting.funnel.Loyalty.Bin;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Part.Tallied;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LoyaltyTest {
  private static final Path OLIST = Path.of("..", "..", "shared", "data", "olist");
  private static final UUID ADA = id(1);
  private static final UUID BOB = id(2);
  private static final UUID CARL = id(3);
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  /**
   * Ada buys with her win, again on day 29 and on day 30, renews on day 60 and leaves on day 95;
   * Bob wins and never buys; Carl buys without a win known; Dora is a lead.
   */
  @Test
  void customers_are_counted_in_bins_of_thirty_days_since_they_were_acquired() {
    var counts =
        counts(
            List.of(
                List.of(
                    captured(ADA, 10, "Email", NINE.minusSeconds(60)),
                    outcome(ADA, 20, OutcomeResult.WON, NINE, "100"),
                    outcome(ADA, 21, OutcomeResult.PURCHASED, NINE, "1.50"),
                    outcome(ADA, 22, OutcomeResult.PURCHASED, day(29), "2"),
                    outcome(ADA, 23, OutcomeResult.PURCHASED, day(30), "4"),
                    outcome(ADA, 24, OutcomeResult.RENEWED, day(60), "8"),
                    outcome(ADA, 25, OutcomeResult.CHURNED, day(95), null)),
                List.of(
                    captured(BOB, 11, "Email", NINE),
                    outcome(BOB, 26, OutcomeResult.WON, NINE, "100")),
                List.of(
                    captured(CARL, 12, "Email", NINE),
                    outcome(CARL, 27, OutcomeResult.PURCHASED, day(400), "16")),
                List.of(captured(id(4), 13, "Email", NINE))));

    var loyalty = new Loyalty(counts);

    assertThat(loyalty.customers()).isEqualTo(3);
    assertThat(loyalty.repeated()).isEqualTo(1);
    assertThat(loyalty.renewed()).isEqualTo(1);
    assertThat(loyalty.churned()).isEqualTo(1);
    assertThat(loyalty.bins())
        .isEqualTo(
            Map.of(
                0, new Bin(2, 0, 0),
                1, new Bin(1, 0, 0),
                2, new Bin(1, 1, 0),
                3, new Bin(0, 0, 1)));
    assertThat(counts.tallied(Kind.PURCHASES)).isEqualTo(Map.of("", new BigDecimal(4)));
    assertThat(counts.tallied(Kind.PURCHASED).get("EUR")).isEqualByComparingTo("23.5");
    assertThat(counts.tallied(Kind.RENEWED).get("EUR")).isEqualByComparingTo("8");
  }

  @Test
  void a_win_that_was_voided_acquired_nobody() {
    var won = outcome(ADA, 20, OutcomeResult.WON, NINE, "100");
    var voided = outcome(ADA, won.outcomeId(), 2, OutcomeResult.VOIDED, null, NINE);

    var counts = counts(List.of(List.of(captured(ADA, 10, "Email", NINE), won, voided)));

    assertThat(new Loyalty(counts).customers()).isZero();
  }

  /** 4,518 purchases in 4,512 orders by 380 of 842 customers; cancelled orders included. */
  @Test
  void what_real_customers_bought_is_all_there() throws IOException {
    assumeTrue(Files.exists(OLIST), "Olist's data is absent");
    var won = new HashMap<String, Instant>();
    for (var line : lines("olist_closed_deals_dataset.csv")) {
      won.put(line[0], at(line[4]));
    }
    record Purchase(String lead, Instant at, BigDecimal amount) {}
    var purchases = new TreeMap<String, Purchase>();
    var orders = new HashSet<String>();
    for (var line : lines("won_seller_order_items.csv")) {
      orders.add(line[2]);
      purchases.merge(
          line[2] + ":" + line[1],
          new Purchase(line[0], at(line[5]), new BigDecimal(line[6])),
          (one, other) -> new Purchase(one.lead, one.at, one.amount.add(other.amount)));
    }
    var lives = new HashMap<String, List<Event>>();
    won.forEach(
        (name, at) -> {
          var lead = uuid(name);
          lives.put(
              name,
              new ArrayList<>(
                  List.of(
                      captured(lead, lead.getLeastSignificantBits() >>> 1, "Email", at),
                      outcome(lead, uuid("won " + name), OutcomeResult.WON, at, null))));
        });
    purchases.forEach(
        (name, purchase) ->
            Objects.requireNonNull(lives.get(purchase.lead))
                .add(
                    outcome(
                        uuid(purchase.lead),
                        uuid(name),
                        OutcomeResult.PURCHASED,
                        purchase.at,
                        purchase.amount.toString())));

    var counts = counts(List.copyOf(lives.values()));

    var loyalty = new Loyalty(counts);
    assertThat(orders).hasSize(4512);
    assertThat(purchases.values())
        .allMatch(
            purchase -> !purchase.at.isBefore(Objects.requireNonNull(won.get(purchase.lead))));
    assertThat(counts.tallied(Kind.PURCHASES)).isEqualTo(Map.of("", new BigDecimal(4518)));
    assertThat(counts.tallied(Kind.PURCHASED).get("EUR")).isEqualByComparingTo("676851.48");
    assertThat(loyalty.customers()).isEqualTo(842);
    var bought = new HashMap<String, Integer>();
    var buying = new TreeMap<Integer, Set<String>>();
    purchases
        .values()
        .forEach(
            purchase -> {
              bought.merge(purchase.lead, 1, Integer::sum);
              long since =
                  purchase.at.getEpochSecond()
                      - Objects.requireNonNull(won.get(purchase.lead)).getEpochSecond();
              buying
                  .computeIfAbsent((int) (since / (30 * 86_400)), _ -> new HashSet<>())
                  .add(purchase.lead);
            });
    assertThat(bought).hasSize(380);
    assertThat(loyalty.repeated())
        .isEqualTo(bought.values().stream().filter(count -> count >= 2).count());
    var bins = new TreeMap<Integer, Bin>();
    buying.forEach((bin, leads) -> bins.put(bin, new Bin(leads.size(), 0, 0)));
    assertThat(loyalty.bins()).isEqualTo(bins);
  }

  private static List<String[]> lines(String file) throws IOException {
    try (var lines = Files.lines(OLIST.resolve(file))) {
      return lines.skip(1).map(line -> line.split(",")).toList();
    }
  }

  private static Instant at(String text) {
    return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Of leads whose events come in any order. */
  private static Counts counts(List<List<Event>> lives) {
    var counts = new Counts();
    for (var life : lives) {
      var told = new ArrayList<>(life);
      Collections.shuffle(told, new Random(7));
      Contribution.of(journey(told))
          .parts()
          .forEach(
              (part, weight) -> {
                switch (part) {
                  case Noted noted when noted.matter() == Matter.CUSTOMER ->
                      noted
                          .terms()
                          .forEach(term -> counts.add(noted.matter(), term, (long) weight));
                  case Tallied tallied ->
                      counts.add(
                          tallied.kind(),
                          tallied.label(),
                          tallied.amount().multiply(BigDecimal.valueOf(weight)));
                  default -> {}
                }
              });
    }
    return counts;
  }

  private static Instant day(int day) {
    return NINE.plus(Duration.ofDays(day));
  }
}
