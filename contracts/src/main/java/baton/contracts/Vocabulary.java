package baton.contracts;

import java.util.List;
import java.util.Set;

/** The terms both sides agreed on; a word outside them is refused, and the allowed ones named. */
public record Vocabulary(
    List<String> rejectionReasons,
    List<String> returnReasons,
    List<String> lossReasons,
    List<String> objections,
    List<String> painPoints) {

  /** The vocabulary of charter version 0, which holds before any charter is signed. */
  public static final Vocabulary DEFAULT =
      new Vocabulary(
          List.of(
              "wrong-persona",
              "company-too-small",
              "wrong-geography",
              "existing-customer",
              "competitor",
              "bad-contact-data",
              "duplicate",
              "already-in-pipeline",
              "spam"),
          List.of("timing", "no-budget", "no-decision", "unresponsive"),
          List.of("price", "competitor", "no-decision", "missing-feature"),
          List.of("price", "security", "integration-effort", "timing", "incumbent"),
          List.of("lost-leads", "slow-follow-up", "no-roi-view"));

  /** The kinds of touch by which a lead raises its hand: under version 0 they make an MQL. */
  public static final Set<String> HAND_RAISING = Set.of("demo-request", "contact-sales");
}
