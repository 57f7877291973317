package baton.chassis.webhook;

import java.util.List;

/** Whoever sends here, as its operator set it up. */
public interface Sender {
  String connectorId();

  SenderKind kind();

  /** One, or two while one is being changed. */
  List<String> secrets();

  /** Whether what is proven may come from it, where the proof alone doesn't say so. */
  default boolean sends(byte[] body) {
    return true;
  }

  /** Where it sends to. */
  default String address() {
    return "/webhooks/" + kind().word() + "/" + connectorId();
  }
}
