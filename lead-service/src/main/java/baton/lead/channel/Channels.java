package baton.lead.channel;

import static baton.lead.channel.SourceCategory.SEARCH;
import static baton.lead.channel.SourceCategory.SHOPPING;
import static baton.lead.channel.SourceCategory.SOCIAL;
import static baton.lead.channel.SourceCategory.VIDEO;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Google Analytics 4's default channel group: its rules in its order, by its names, without regard
 * to case. See "Default channel group" in the Analytics help.
 */
public final class Channels {
  public static final String DIRECT = "Direct";
  public static final String UNASSIGNED = "Unassigned";

  private static final Pattern PAID = Pattern.compile(".*cp.*|ppc|retargeting|paid.*");
  private static final Pattern SHOP = Pattern.compile(".*(([^a-df-z]|^)shop|shopping).*");
  private static final Set<String> NO_MEDIUM = Set.of("", "(not set)", "(none)");
  private static final Set<String> DISPLAY =
      Set.of("display", "banner", "expandable", "interstitial", "cpm");
  private static final Set<String> SOCIAL_MEDIA =
      Set.of("social", "social-network", "social-media", "sm", "social network", "social media");
  private static final Set<String> EMAIL = Set.of("email", "e-mail", "e_mail", "e mail");
  private static final Set<String> REFERRAL = Set.of("referral", "app", "link");

  private Channels() {}

  /**
   * The channel of a visit or capture.
   *
   * @param visited whether a page was seen: a visit without a source came directly, a record
   *     without a source came from nobody knows where
   */
  public static String of(
      @Nullable String source,
      @Nullable String medium,
      @Nullable String campaign,
      boolean visited) {
    var from = plain(source);
    var by = plain(medium);
    var of = plain(campaign);
    var kind = SourceCategory.of(from);
    boolean paid = PAID.matcher(by).matches();
    boolean shop = kind == SHOPPING || SHOP.matcher(of).matches();

    if (from.equals("(direct)") && NO_MEDIUM.contains(by)) {
      return DIRECT;
    }
    if (of.contains("cross-network")) {
      return "Cross-network";
    }
    if (shop && paid) {
      return "Paid Shopping";
    }
    if (kind == SEARCH && paid) {
      return "Paid Search";
    }
    if (kind == SOCIAL && paid) {
      return "Paid Social";
    }
    if (kind == VIDEO && paid) {
      return "Paid Video";
    }
    if (DISPLAY.contains(by)) {
      return "Display";
    }
    if (paid) {
      return "Paid Other";
    }
    if (shop) {
      return "Organic Shopping";
    }
    if (kind == SOCIAL || SOCIAL_MEDIA.contains(by)) {
      return "Organic Social";
    }
    if (kind == VIDEO || by.contains("video")) {
      return "Organic Video";
    }
    if (kind == SEARCH || by.equals("organic")) {
      return "Organic Search";
    }
    if (EMAIL.contains(from) || EMAIL.contains(by)) {
      return "Email";
    }
    if (by.equals("affiliate")) {
      return "Affiliates";
    }
    if (REFERRAL.contains(by)) {
      return "Referral";
    }
    if (by.equals("audio")) {
      return "Audio";
    }
    if (from.equals("sms") || by.equals("sms")) {
      return "SMS";
    }
    if (by.endsWith("push")
        || by.contains("mobile")
        || by.contains("notification")
        || from.equals("firebase")) {
      return "Mobile Push Notifications";
    }
    return visited && from.isEmpty() && NO_MEDIUM.contains(by) ? DIRECT : UNASSIGNED;
  }

  private static String plain(@Nullable String text) {
    return text == null ? "" : text.strip().toLowerCase(Locale.ROOT);
  }
}
