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

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
