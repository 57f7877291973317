package baton.lead.channel;

import baton.contracts.Utm;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How somebody came, put together from what the sender says, then from the campaign parameters,
 * then from the advertisement's click id. The landing page keeps no query and no fragment, where
 * personal data hides.
 */
public record Arrival(
    @Nullable String source,
    @Nullable String medium,
    @Nullable String campaign,
    @Nullable Utm utm,
    @Nullable String landingPage,
    Map<String, String> clickIds,
    String channel) {

  private record Advertiser(String clickId, String source) {}

  /** Click ids that only a paid click carries; {@code fbclid} is not among them. */
  private static final List<Advertiser> ADVERTISERS =
      List.of(
          new Advertiser("gclid", "google"),
          new Advertiser("gbraid", "google"),
          new Advertiser("wbraid", "google"),
          new Advertiser("msclkid", "bing"),
          new Advertiser("li_fat_id", "linkedin"),
          new Advertiser("ttclid", "tiktok"),
          new Advertiser("twclid", "twitter"));

  private static final List<String> CLICK_IDS =
      List.of(
          "gclid",
          "gbraid",
          "wbraid",
          "dclid",
          "msclkid",
          "fbclid",
          "li_fat_id",
          "ttclid",
          "twclid");

  private static final int LONGEST = 200;

  public Arrival {
    clickIds = Map.copyOf(clickIds);
  }

  /** Puts an arrival together; null is what the sender didn't say. */
  public static Arrival of(
      @Nullable String source,
      @Nullable String medium,
      @Nullable String campaign,
      @Nullable Utm given,
      Map<String, String> clickIds,
      @Nullable String address,
      @Nullable String channel) {
    if (given == null && address == null && clickIds.isEmpty()) {
      return new Arrival(
          source,
          medium,
          campaign,
          null,
          null,
          Map.of(),
          channel != null ? channel : Channels.of(source, medium, campaign, false));
    }
    var query = address == null ? Map.<String, String>of() : parameters(address);
    var utm = utm(given, query);
    var clicks = new HashMap<>(clickIds);
    for (var name : CLICK_IDS) {
      var value = query.get(name);
      if (value != null) {
        clicks.putIfAbsent(name, value);
      }
    }

    var from = first(source, utm == null ? null : utm.source());
    var by = first(medium, utm == null ? null : utm.medium());
    if (from == null && by == null) {
      for (var advertiser : ADVERTISERS) {
        if (clicks.containsKey(advertiser.clickId())) {
          from = advertiser.source();
          by = "cpc";
          break;
        }
      }
    }
    var named = first(campaign, utm == null ? null : first(utm.id(), utm.campaign()));
    var called = utm == null ? campaign : first(utm.campaign(), campaign);
    return new Arrival(
        from,
        by,
        named,
        utm,
        address == null ? null : page(address),
        clicks,
        channel != null ? channel : Channels.of(from, by, called, address != null));
  }

  private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@]*@");

  /** The address without its query, its fragment and anybody's credentials. */
  static String page(String address) {
    int end = address.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = address.indexOf(mark);
      if (at >= 0 && at < end) {
        end = at;
      }
    }
    return CREDENTIALS.matcher(address.substring(0, end)).replaceFirst("").strip();
  }

  static Map<String, String> parameters(String address) {
    int start = address.indexOf('?');
    if (start < 0) {
      return Map.of();
    }
    int fragment = address.indexOf('#', start);
    var query = address.substring(start + 1, fragment < 0 ? address.length() : fragment);
    var parameters = new HashMap<String, String>();
    for (var pair : query.split("&", -1)) {
      int is = pair.indexOf('=');
      if (is > 0) {
        var value = decoded(pair.substring(is + 1));
        if (!value.isEmpty()) {
          parameters.putIfAbsent(decoded(pair.substring(0, is)), value);
        }
      }
    }
    return parameters;
  }

  private static @Nullable Utm utm(@Nullable Utm given, Map<String, String> query) {
    var read =
        new Utm(
            first(given == null ? null : given.source(), query.get("utm_source")),
            first(given == null ? null : given.medium(), query.get("utm_medium")),
            first(given == null ? null : given.campaign(), query.get("utm_campaign")),
            first(given == null ? null : given.term(), query.get("utm_term")),
            first(given == null ? null : given.content(), query.get("utm_content")),
            first(given == null ? null : given.id(), query.get("utm_id")));
    return read.equals(new Utm(null, null, null, null, null, null)) ? null : read;
  }

  private static String decoded(String text) {
    try {
      var plain = URLDecoder.decode(text, StandardCharsets.UTF_8).replace("\0", "").strip();
      return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }
}
