package baton.feedback.crm;

import baton.chassis.mapping.Piece;
import baton.chassis.webhook.Payload;
import baton.chassis.webhook.Proof;
import baton.chassis.webhook.SenderKind;
import com.fasterxml.jackson.core.JsonPointer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A CRM whose deliveries are understood. */
public enum Kind implements SenderKind {
  /** Signs nothing: the secret comes along, and its organization's id has to stand in the body. */
  SALESFORCE(Proof.SECRET),
  HUBSPOT(Proof.HUBSPOT),
  /** The secret is the password of HTTP Basic. */
  PIPEDRIVE(Proof.SECRET),
  CLOSE(Proof.CLOSE),
  GENERIC(Proof.STANDARD);

  private final Proof proof;

  Kind(Proof proof) {
    this.proof = proof;
  }

  @Override
  public Proof proof() {
    return proof;
  }

  /**
   * The elements of a delivery; none where it can't be read.
   *
   * @param each where they stand, list within list
   */
  public Optional<List<Piece>> read(byte[] body, List<JsonPointer> each) {
    return this == SALESFORCE
        ? OutboundMessage.read(body).map(message -> Payload.cut(message, each))
        : Payload.json(body, each);
  }

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
