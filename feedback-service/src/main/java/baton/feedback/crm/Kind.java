package baton.feedback.crm;

import baton.chassis.webhook.Payload;
import baton.chassis.webhook.Proof;
import baton.chassis.webhook.SenderKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
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

  /** A delivery as JSON; none where it can't be read. */
  public Optional<JsonNode> read(byte[] body) {
    return this == SALESFORCE ? OutboundMessage.read(body) : Payload.json(body);
  }

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
