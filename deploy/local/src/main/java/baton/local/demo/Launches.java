package baton.local.demo;

import baton.local.client.Refused;
import baton.local.client.Rest;
import baton.local.progress.Progress;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/** The company's campaigns: planned ahead of the quarter, and what they cost week by week. */
final class Launches {
  private static final Duration AHEAD = Duration.ofDays(14);
  private static final int CONFLICT = 409;
  private static final int DAYS_A_WEEK = 7;
  private static final String MARKETING = "marketing";

  /** What media cost for each lead of a medium, in cents. */
  private static final Map<String, Integer> CENTS_A_LEAD =
      Map.of("cpc", 4200, "paid-social", 6100, "email", 300, "event", 5400, "referral", 1500);

  /** What else a campaign takes, to each hundred that media cost. */
  private static final int OTHER_PERCENT = 35;

  private final Rest rest;
  private final PrintStream out;

  Launches(Rest rest, PrintStream out) {
    this.rest = rest;
    this.out = out;
  }

  void plan(Company company) {
    var campaigns = Source.ALL.stream().mapToInt(source -> source.campaigns().size()).sum();
    try (var progress = new Progress("campaigns", campaigns, out)) {
      for (var source : Source.ALL) {
        for (var campaign : source.campaigns()) {
          announce(body(company, source, campaign));
          progress.step();
        }
      }
    }
    rest.post("lead", MARKETING, "/campaigns/spend", "text/csv", spend(company));
  }

  /** Marketing tells sales of a campaign that starts the day after, and had promised three. */
  void announceTooLate(Instant now) {
    var tomorrow = now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
    announce(
        JsonNodeFactory.instance
            .objectNode()
            .put("campaignId", "flash-offer-" + Long.toString(now.toEpochMilli(), 36))
            .put("name", "Flash offer")
            .put("offer", "A third off for those who sign this week")
            .put("owner", "grete")
            .put("startsOn", tomorrow.toString())
            .put("endsOn", tomorrow.plusDays(DAYS_A_WEEK).toString()));
  }

  /** One that was planned before stays as it is. */
  private void announce(ObjectNode campaign) {
    try {
      rest.post("lead", MARKETING, "/campaigns", campaign);
    } catch (Refused refused) {
      if (refused.status() != CONFLICT) {
        throw refused;
      }
    }
  }

  private static ObjectNode body(Company company, Source source, String campaign) {
    var name = campaign.substring(0, 1).toUpperCase(Locale.ROOT) + campaign.substring(1);
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("campaignId", campaign)
            .put("name", name.replace('-', ' '))
            .put("offer", offer(source))
            .put("message", "No lead is lost between marketing and sales")
            .put("audience", "Heads of sales and marketing of companies with 50 people and more")
            .put("owner", "grete")
            .put("channel", channel(source))
            .put("source", source.name())
            .put("startsOn", company.quarter().from().toString())
            .put("endsOn", company.quarter().to().minusDays(1).toString())
            .put("occurredAt", company.quarter().begin().minus(AHEAD).toString());
    body.putArray("assets").add("https://www.example.com/" + campaign);
    body.putArray("personas").add("everyone");
    return body;
  }

  private static String offer(Source source) {
    return switch (source.medium()) {
      case "event" -> "A seat and an hour with our people";
      case "referral" -> "A month for free";
      case "email" -> "The letter on handoffs";
      default -> "A day's audit of your handoff";
    };
  }

  /** As Google Analytics 4 would say of such a source and medium. */
  private static String channel(Source source) {
    return switch (source.medium()) {
      case "cpc" -> "Paid Search";
      case "paid-social" -> "Paid Social";
      case "email" -> "Email";
      case "referral" -> "Referral";
      default -> "Unassigned";
    };
  }

  /** A line for each week of each campaign, as an ad tool would export it. */
  private static String spend(Company company) {
    var quarter = company.quarter();
    var weeks = Math.max(1, (int) quarter.days() / DAYS_A_WEEK);
    var lines = new StringBuilder("date,campaign,amount,currency,kind\n");
    for (var source : Source.ALL) {
      for (var campaign : source.campaigns()) {
        long leads = (long) company.leads() * source.share() / (100L * source.campaigns().size());
        long media = leads * CENTS_A_LEAD.getOrDefault(source.medium(), 0) / weeks;
        for (var week = 0; week < weeks; week++) {
          var day = quarter.from().plusDays((long) week * DAYS_A_WEEK);
          line(lines, day, campaign, media, "media");
          line(lines, day, campaign, media * OTHER_PERCENT / 100, "other");
        }
      }
    }
    return lines.toString();
  }

  private static void line(
      StringBuilder lines, LocalDate day, String campaign, long cents, String kind) {
    lines
        .append(day)
        .append(',')
        .append(campaign)
        .append(',')
        .append("%d.%02d".formatted(cents / 100, cents % 100))
        .append(",EUR,")
        .append(kind)
        .append('\n');
  }
}
