package baton.chassis.webhook;

import java.util.List;

/** Whoever sends here, as its operator set it up. */
public interface Sender {
  /** Those whose deliveries look alike and prove themselves alike. */
  interface Kind {
    /** As it stands in addresses, such as {@code google-ads}. */
    String word();

    /** What shows that a delivery comes from it. */
    Proof proof();
  }

  String connectorId();

  Kind kind();

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
