package baton.lead.tool;

import baton.chassis.webhook.Proof;
import baton.chassis.webhook.SenderKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A tool whose deliveries are understood. */
public enum Kind implements SenderKind {
  HUBSPOT(Proof.HUBSPOT),
  META_LEADGEN(Proof.META),
  GOOGLE_ADS(Proof.GOOGLE_ADS),
  LINKEDIN(Proof.LINKEDIN),
  TYPEFORM(Proof.TYPEFORM),
  MAILCHIMP(Proof.SECRET),
  SEGMENT(Proof.SEGMENT),
  CALENDLY(Proof.CALENDLY),
  WEBFLOW(Proof.WEBFLOW),
  GRAVITY_FORMS(Proof.SECRET),
  UNBOUNCE(Proof.SECRET),
  INTERCOM(Proof.INTERCOM),
  GENERIC(Proof.STANDARD);

  private final Proof proof;

  Kind(Proof proof) {
    this.proof = proof;
  }

  @Override
  public Proof proof() {
    return proof;
  }

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

  /** Whether its ids are of who sent something, who may send more. */
  public boolean hasIdsOfPersons() {
    return switch (this) {
      case HUBSPOT, MAILCHIMP, SEGMENT, INTERCOM -> true;
      default -> false;
    };
  }

  /**
   * The system of its ids where these are of what was sent, each time another, and not of who sent
   * it; none where they are a person's, or whatever an operator makes them.
   */
  public Optional<String> idsOfSubmissions() {
    return switch (this) {
      case META_LEADGEN -> Optional.of("meta");
      case GOOGLE_ADS, LINKEDIN, TYPEFORM, CALENDLY, WEBFLOW, GRAVITY_FORMS -> Optional.of(word());
      case HUBSPOT, MAILCHIMP, SEGMENT, UNBOUNCE, INTERCOM, GENERIC -> Optional.empty();
    };
  }

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
