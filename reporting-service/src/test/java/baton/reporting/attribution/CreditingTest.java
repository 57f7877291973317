package baton.reporting.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import baton.reporting.attribution.Credits.Row;
import baton.reporting.attribution.Route.Won;
import baton.reporting.money.Digits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CreditingTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  /** A touch a day, a {@code *} where the lead was created, a {@code +} at its opportunity. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first             | A B* C D+ E     | A=100.00
          last              | A B* C D+ E     | E=100.00
          last-non-direct   | A B Direct      | B=100.00
          last-non-direct   | A B C           | C=100.00
          last-non-direct   | Direct Direct   | Direct=100.00
          last-non-direct   | A Direct        | A=100.00
          linear            | A B C           | A=33.34 B=33.33 C=33.33
          linear            | A B A           | A=66.67 B=33.33
          u-50-50           | A B* C D+ E     | A=50.00 B=50.00
          u-50-50           | A* B            | A=100.00
          u-50-50           | A B             | A=100.00
          position-40-20-40 | A B* C D+ E     | A=40.00 E=40.00 B=6.67 C=6.67 D=6.66
          position-40-20-40 | A B             | A=50.00 B=50.00
          position-40-20-40 | A B C           | A=40.00 C=40.00 B=20.00
          w-shaped          | A B* C D+ E     | A=30.00 B=30.00 D=30.00 C=5.00 E=5.00
          w-shaped          | A* B C+ D       | A=60.00 C=30.00 B=5.00 D=5.00
          w-shaped          | A*+ B C         | A=90.00 B=5.00 C=5.00
          w-shaped          | A B* C+         | A=33.34 B=33.33 C=33.33
          w-shaped          | A* B C          | A=85.72 B=7.14 C=7.14
          w-shaped          | A B C+ D        | A=42.86 C=42.86 B=7.14 D=7.14
          full-path         | A B* C D+ E     | A=22.50 B=22.50 D=22.50 E=22.50 C=10.00
          full-path         | A B* C+ D       | A=25.00 B=25.00 C=25.00 D=25.00
          full-path         | A*+ B           | A=75.00 B=25.00
          full-path         | A* B C          | A=58.07 C=29.03 B=12.90
          time-decay        | A B* C D+ E     | E=51.61 D=25.81 C=12.90 B=6.45 A=3.23
          """)
  void a_deal_of_a_hundred_is_shared_out(String model, String path, String shares) {
    var credited = credited(terms(model, null), won(path, "100", "EUR"));

    assertThat(revenue(credited)).isEqualTo(parsed(shares));
  }

  @ParameterizedTest
  @MethodSource("baton.reporting.attribution.Model#words")
  void one_touch_takes_all(String model) {
    var credited = credited(terms(model, null), won("A*+", "100", "EUR"));

    assertThat(revenue(credited)).isEqualTo(Map.of("A", "100.00"));
    assertThat(credited.rows().getFirst().conversions()).isEqualByComparingTo("1");
  }

  @ParameterizedTest
  @MethodSource("baton.reporting.attribution.Model#words")
  void a_deal_that_nothing_led_to_is_nobodys(String model) {
    var credited = credited(terms(model, null), won("", "100", "EUR"));

    assertThat(credited.rows()).hasSize(1);
    assertThat(credited.rows().getFirst().key().values()).containsExactly((String) null);
    assertThat(credited.rows().getFirst().revenue().get("EUR")).isEqualByComparingTo("100");
    assertThat(credited.rows().getFirst().conversions()).isEqualByComparingTo("1");
  }

  @Test
  void touches_of_before_the_look_back_are_owed_nothing() {
    var credited = credited(terms("u-50-50", DAY.multipliedBy(2)), won("A* B C D", "100", "EUR"));

    assertThat(revenue(credited)).isEqualTo(Map.of("C", "100.00"));
  }

  @Test
  void a_deal_whose_every_touch_is_too_old_is_nobodys() {
    var credited = credited(terms("linear", Duration.ofMinutes(30)), won("A* B", "100", "EUR"));

    assertThat(credited.rows().getFirst().key().values()).containsExactly((String) null);
  }

  @Test
  void a_deal_without_an_amount_is_a_conversion() {
    var credited = credited(terms("linear", null), won("A B", null, null));

    assertThat(credited.total().conversions()).isEqualByComparingTo("1");
    assertThat(credited.total().revenue()).isEmpty();
    assertThat(credited.rows())
        .extracting(Row::conversions)
        .allMatch(new BigDecimal("0.5")::equals);
  }

  @Test
  void money_is_split_in_what_its_currency_has_and_finer_only_if_it_came_finer() {
    var terms = terms("linear", null);

    var yen = credited(terms, won("A B C", "100", "JPY"));
    var fine = credited(terms, won("A B", "0.125", "EUR"));
    var back = credited(terms, won("A B C", "-100", "EUR"));

    assertThat(revenue(yen)).isEqualTo(Map.of("A", "34", "B", "33", "C", "33"));
    assertThat(revenue(fine)).isEqualTo(Map.of("A", "0.063", "B", "0.062"));
    assertThat(revenue(back)).isEqualTo(Map.of("A", "-33.34", "B", "-33.33", "C", "-33.33"));
  }

  @Test
  void currencies_are_never_added() {
    var crediting = new Crediting(terms("first", null));
    crediting.won(won("A B", "10", "EUR"), 1);
    crediting.won(won("A C", "20", "BRL"), 1);
    crediting.won(won("B C", "30", "JPY"), 2);

    var credited = crediting.credits();

    assertThat(amounts(credited.total())).isEqualTo(List.of("20.00 BRL", "10.00 EUR", "60 JPY"));
    assertThat(credited.rows())
        .extracting(CreditingTest::amounts)
        .containsExactly(List.of("20.00 BRL", "10.00 EUR"), List.of("60 JPY"));
  }

  /** C1 is half removed, C2 and C3 wholly: of two deals C1 is owed a fifth, the others two each. */
  @Test
  void a_chain_shares_out_what_would_be_lost() {
    var crediting = new Crediting(terms("markov", null));
    crediting.won(won("C1 C2 C3", "99.99", "EUR"), 1);
    crediting.won(won("", "1", "EUR"), 1);
    crediting.unwon(whences("C1"), 1);
    crediting.unwon(whences("C2 C3"), 1);

    var credited = crediting.credits();

    assertThat(revenue(credited)).isEqualTo(parsed("C1=20.00 C2=40.00 C3=39.99 null=1.00"));
    assertThat(effect(credited, "C1")).isEqualTo(0.5);
    assertThat(effect(credited, "C2")).isEqualTo(1);
    assertThat(effect(credited, "C3")).isEqualTo(1);
    assertThat(credited.total().conversions()).isEqualByComparingTo("2");
  }

  @Test
  void a_chain_without_a_deal_owes_nobody() {
    var crediting = new Crediting(terms("markov", null));
    crediting.unwon(whences("C1 C2"), 3);

    assertThat(crediting.credits().rows()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("baton.reporting.attribution.Model#words")
  void credits_are_the_revenue_whatever_the_paths_and_their_order(String model) {
    var random = new SplittableRandom(3);
    for (int run = 0; run < 60; run++) {
      var deals = new ArrayList<Won>();
      var others = new ArrayList<List<Whence>>();
      for (int i = random.nextInt(1, 30); i > 0; i--) {
        deals.add(deal(random));
        others.add(whences("B C A".substring(0, 1 + 2 * random.nextInt(3))));
      }
      var terms = terms(model, random.nextBoolean() ? DAY.multipliedBy(3) : null);

      var once = credited(terms, deals, others, random);
      var again = credited(terms, deals, others, random);

      assertThat(again.rows()).isEqualTo(once.rows());
      assertThat(sum(once)).isEqualTo(revenue(deals));
      assertThat(
              once.rows().stream().map(Row::conversions).reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo(BigDecimal.valueOf(deals.size()));
      assertThat(deals.stream().map(RouteBytes::of).map(RouteBytes::won)).isEqualTo(deals);
    }
  }

  /** In another order, and with some that come and go. */
  private static Credits credited(
      Terms terms, List<Won> deals, List<List<Whence>> others, SplittableRandom random) {
    var crediting = new Crediting(terms);
    var passing = deal(random);
    crediting.won(passing, -1);
    shuffled(deals, random).forEach(deal -> crediting.won(deal, 1));
    shuffled(others, random).forEach(way -> crediting.unwon(way, 1));
    crediting.won(passing, 1);
    return crediting.credits();
  }

  private static <T> List<T> shuffled(List<T> some, SplittableRandom random) {
    var shuffled = new ArrayList<>(some);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      java.util.Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return shuffled;
  }

  private static Won deal(SplittableRandom random) {
    var path = new StringBuilder();
    for (int touches = random.nextInt(7); touches > 0; touches--) {
      path.append(" ").append(List.of("A", "B", "C", "Direct").get(random.nextInt(4)));
      path.append(random.nextInt(4) == 0 ? "*" : "").append(random.nextInt(4) == 0 ? "+" : "");
    }
    return random.nextInt(8) == 0
        ? won(path.toString(), null, null)
        : won(
            path.toString(),
            BigDecimal.valueOf(random.nextInt(1, 1_000_000), random.nextInt(4)).toString(),
            List.of("EUR", "JPY").get(random.nextInt(2)));
  }

  private static Map<String, BigDecimal> revenue(List<Won> deals) {
    var revenue = new TreeMap<String, BigDecimal>();
    for (var deal : deals) {
      if (deal.amount() != null && deal.currency() != null) {
        revenue.merge(deal.currency(), deal.amount(), BigDecimal::add);
      }
    }
    revenue.replaceAll((_, amount) -> amount.stripTrailingZeros());
    return revenue;
  }

  private static Map<String, BigDecimal> sum(Credits credited) {
    var sum = new TreeMap<String, BigDecimal>();
    credited
        .rows()
        .forEach(
            row ->
                row.revenue()
                    .forEach((currency, amount) -> sum.merge(currency, amount, BigDecimal::add)));
    sum.replaceAll((_, amount) -> amount.stripTrailingZeros());
    return sum;
  }

  static Terms terms(String model, @Nullable Duration lookBack) {
    return new Terms(Model.named(model, DAY).orElseThrow(), List.of(Whence.Part.CHANNEL), lookBack);
  }

  private static Credits credited(Terms terms, Won won) {
    var crediting = new Crediting(terms);
    crediting.won(won, 1);
    return crediting.credits();
  }

  /** Won an hour after the last touch. */
  private static Won won(String path, @Nullable String amount, @Nullable String currency) {
    var touches = new ArrayList<Touch>();
    Integer creation = null;
    Integer opportunity = null;
    var at = MONDAY;
    for (var step : path.isBlank() ? new String[0] : path.strip().split(" +")) {
      at = at.plus(DAY);
      creation = step.contains("*") ? Integer.valueOf(touches.size()) : creation;
      opportunity = step.contains("+") ? Integer.valueOf(touches.size()) : opportunity;
      touches.add(new Touch(at, whence(step.replace("*", "").replace("+", ""))));
    }
    return new Won(
        new Path(touches, creation, opportunity, at.plusSeconds(3600)),
        amount == null ? null : new BigDecimal(amount),
        currency,
        1);
  }

  private static List<Whence> whences(String path) {
    return Arrays.stream(path.split(" +")).map(CreditingTest::whence).toList();
  }

  private static Whence whence(String channel) {
    return new Whence("from " + channel, null, channel, null);
  }

  private static double effect(Credits credited, String channel) {
    return credited.rows().stream()
        .filter(row -> channel.equals(row.key().values().getFirst()))
        .mapToDouble(row -> row.removalEffect() == null ? Double.NaN : row.removalEffect())
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> revenue(Credits credited) {
    return credited.rows().stream()
        .collect(
            Collectors.toMap(
                row -> String.valueOf(row.key().values().getFirst()),
                row -> amounts(row).getFirst().split(" ")[0]));
  }

  private static List<String> amounts(Row row) {
    return row.revenue().entrySet().stream()
        .map(
            revenue -> {
              var amount = revenue.getValue();
              int digits = Math.max(Digits.of(revenue.getKey()), amount.scale());
              return amount.setScale(digits).toPlainString() + " " + revenue.getKey();
            })
        .toList();
  }

  private static Map<String, String> parsed(String shares) {
    return Stream.of(shares.split(" +"))
        .map(share -> share.split("="))
        .collect(Collectors.toMap(share -> share[0], share -> share[1]));
  }
}
