package baton.feedback.crm;

import static baton.chassis.mapping.Form.As.ID;
import static baton.chassis.mapping.Form.As.TEXT;

import baton.chassis.mapping.Form;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an element of a delivery says something about. */
public enum Into implements Form {
  /** How a deal stands, or one thing about it. */
  DEAL(
      Set.of(
          "id",
          "message",
          "pipeline",
          "stage",
          "status",
          "amount",
          "currency",
          "expectedClose",
          "closedAt",
          "reason",
          "seller",
          "leadId",
          "occurredAt")),
  /** What a seller did; a {@code status} is turned into a step by the CRM's steps. */
  STEP(
      Set.of(
          "id",
          "message",
          "status",
          "step",
          "channel",
          "reason",
          "seller",
          "leadId",
          "occurredAt"));

  private final Map<String, As> fields;

  Into(Set<String> texts) {
    fields = texts.stream().collect(Collectors.toUnmodifiableMap(path -> path, _ -> TEXT));
  }

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Map<String, As> fields() {
    return fields;
  }

  @Override
  public Map<String, As> groups() {
    return Map.of("leadExternalId", ID);
  }
}
