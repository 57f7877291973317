package baton.chassis.webhook;

/** Those whose deliveries look alike and prove themselves alike. */
public interface SenderKind {
  /** As it stands in addresses, such as {@code google-ads}. */
  String word();

  /** What shows that a delivery comes from it. */
  Proof proof();
}
