package baton.reporting.funnel;

import baton.contracts.OutcomeResult;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Part.Tallied;
import baton.reporting.journey.Fact.Became;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Word;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What became of a lead once it was a customer. It is acquired with its first win, or with the
 * first that it bought where no win is known; from then on time goes in bins of thirty days.
 */
final class Customers {
  /** As long is a bin. */
  static final Duration BIN = Duration.ofDays(30);

  private Customers() {}

  /** A lead that became a customer, at that time and under that charter. */
  private record Customer(
      Instant acquired, int charter, List<Became> bought, List<Became> churned) {

    /** What there is to count of it, each once. */
    List<String> terms() {
      var terms = new ArrayList<String>();
      terms.add(Loyalty.CUSTOMER);
      if (purchases().size() >= 2) {
        terms.add(Loyalty.REPEATED);
      }
      bins(bought, Loyalty.BUYING, terms);
      var renewed = bought.stream().filter(fact -> fact.result() == OutcomeResult.RENEWED).toList();
      if (!renewed.isEmpty()) {
        terms.add(Loyalty.RENEWED);
        bins(renewed, Loyalty.RENEWING, terms);
      }
      if (!churned.isEmpty()) {
        terms.add(Loyalty.CHURNED);
        bins(churned.subList(0, 1), Loyalty.CHURNING, terms);
      }
      return terms;
    }

    List<Became> purchases() {
      return bought.stream().filter(fact -> fact.result() == OutcomeResult.PURCHASED).toList();
    }

    private void bins(List<Became> facts, String term, List<String> into) {
      var bins = new TreeSet<Long>();
      facts.forEach(fact -> bins.add(bin(fact.at())));
      bins.forEach(bin -> into.add(term + bin));
    }

    /** What happened before the acquisition happened with it. */
    private long bin(Instant at) {
      return Math.max(0, Duration.between(acquired, at).dividedBy(BIN));
    }
  }

  /** What a lead adds to the numbers of customers, all at the time it was acquired. */
  static void add(Journey journey, ObjIntConsumer<Part> into) {
    var customer = of(journey);
    if (customer == null) {
      return;
    }
    int cohort = Quarter.of(customer.acquired);
    into.accept(
        new Noted(
            WhichPasses.ANY,
            Matter.CUSTOMER,
            customer.terms(),
            cohort,
            cohort,
            0,
            customer.charter,
            null),
        1);
    for (var purchase : customer.bought) {
      int at = Quarter.of(purchase.at());
      int lag = Quarter.lag(customer.acquired, purchase.at());
      if (purchase.result() == OutcomeResult.PURCHASED) {
        into.accept(
            new Tallied(WhichPasses.ANY, Kind.PURCHASES, "", cohort, at, lag, BigDecimal.ONE), 1);
      }
      if (purchase.amount() != null && purchase.currency() != null) {
        into.accept(
            new Tallied(
                WhichPasses.ANY,
                purchase.result() == OutcomeResult.RENEWED ? Kind.RENEWED : Kind.PURCHASED,
                String.valueOf(Word.storable(purchase.currency())),
                cohort,
                at,
                lag,
                purchase.amount()),
            1);
      }
    }
  }

  private static @Nullable Customer of(Journey journey) {
    Became first = null;
    var bought = new ArrayList<Became>();
    var churned = new ArrayList<Became>();
    for (var fact : journey.facts()) {
      if (fact instanceof Became became) {
        switch (became.result()) {
          case WON -> first = earlier(first, became);
          case PURCHASED, RENEWED -> bought.add(became);
          case CHURNED -> churned.add(became);
          case OPPORTUNITY, LOST, DISQUALIFIED, VOIDED -> {}
        }
      }
    }
    if (first == null) {
      for (var purchase : bought) {
        first = earlier(first, purchase);
      }
    }
    churned.sort(Comparator.comparing(Became::at));
    return first == null ? null : new Customer(first.at(), first.charter(), bought, churned);
  }

  /** Of two at once that under the older charter, so that order can't matter. */
  private static Became earlier(@Nullable Became one, Became other) {
    if (one == null) {
      return other;
    }
    int order = one.at().compareTo(other.at());
    return order < 0 || (order == 0 && one.charter() <= other.charter()) ? one : other;
  }
}
