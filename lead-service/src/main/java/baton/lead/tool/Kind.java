package baton.lead.tool;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A tool whose deliveries are understood. */
public enum Kind {
  HUBSPOT,
  META_LEADGEN,
  GOOGLE_ADS,
  LINKEDIN,
  TYPEFORM,
  MAILCHIMP,
  SEGMENT,
  CALENDLY,
  WEBFLOW,
  GRAVITY_FORMS,
  UNBOUNCE,
  INTERCOM,
  GENERIC;

  /** Whether what it sends may be a form instead of JSON. No tool that signs does that. */
  public boolean sendsForms() {
    return switch (this) {
      case MAILCHIMP, WEBFLOW, GRAVITY_FORMS, UNBOUNCE, GENERIC -> true;
      default -> false;
    };
  }

  /** Whether its ids mean somebody else in another installation of it. */
  public boolean hasIdsOfItsOwn() {
    return this == GRAVITY_FORMS || this == SEGMENT;
  }

  /** As it stands in addresses, such as {@code google-ads}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
