package baton.lead.tool;

import static baton.chassis.mapping.Form.As.FLAG;
import static baton.chassis.mapping.Form.As.ID;
import static baton.chassis.mapping.Form.As.IDS;
import static baton.chassis.mapping.Form.As.NUMBER;
import static baton.chassis.mapping.Form.As.SENT;
import static baton.chassis.mapping.Form.As.TEXT;

import baton.chassis.mapping.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What becomes of an element. */
public enum Into implements Form {
  LEAD,
  TOUCH,
  /** A touch of a visitor whom nobody may know yet. */
  VISIT,
  /** Somebody who is known goes by another address from now on. */
  CHANGE,
  ENRICHMENT,
  WITHDRAWAL,
  ERASURE;

  /** What the tool calls the message that tells of a lead: the same again tells nothing new. */
  public static final String MESSAGE = "message";

  /** A visitor's ids. */
  public static final String VISITOR = "visitor";

  private static final List<String> SHARED =
      List.of(
          "contact.email",
          "contact.name",
          "contact.firstName",
          "contact.lastName",
          "contact.phone",
          "contact.jobTitle",
          "source",
          "medium",
          "campaign",
          "channel",
          "occurredAt");
  private static final Map<String, As> OF_A_TOUCH = fields(Map.of(), "kind", "asset", "externalId");
  private static final Map<String, As> OF_A_VISIT =
      Map.of(
          "source", TEXT,
          "medium", TEXT,
          "campaign", TEXT,
          "channel", TEXT,
          "occurredAt", TEXT,
          "kind", TEXT,
          "asset", TEXT,
          "externalId", TEXT);
  private static final Map<String, As> OF_A_CHANGE =
      Map.of("former.email", TEXT, "contact.email", TEXT, "occurredAt", TEXT);
  private static final Map<String, As> OF_A_LEAD =
      fields(
          Map.of("company.employees", NUMBER, "qualified", SENT),
          "company.name",
          "company.domain",
          "company.industry",
          "company.country",
          "landingPage",
          "form",
          "country",
          "segment",
          "origin",
          "owner",
          "qualifiedAt",
          "touch.kind",
          "touch.asset",
          MESSAGE);
  private static final Map<String, As> GROUPS_OF_A_LEAD =
      Map.of(
          "utm", TEXT, "clickIds", TEXT, "consent", FLAG, "externalIds", IDS, "attributes", SENT);
  private static final Map<String, As> GROUPS_OF_A_VISIT = Map.of(VISITOR, IDS, "attributes", SENT);
  private static final Map<String, As> GROUPS_OF_A_TOUCH =
      Map.of("leadExternalId", ID, "attributes", SENT);

  @Override
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Map<String, As> fields() {
    return switch (this) {
      case TOUCH -> OF_A_TOUCH;
      case VISIT -> OF_A_VISIT;
      case CHANGE -> OF_A_CHANGE;
      case LEAD, ENRICHMENT, WITHDRAWAL, ERASURE -> OF_A_LEAD;
    };
  }

  @Override
  public Map<String, As> groups() {
    return switch (this) {
      case TOUCH -> GROUPS_OF_A_TOUCH;
      case VISIT -> GROUPS_OF_A_VISIT;
      case CHANGE -> Map.of();
      case LEAD, ENRICHMENT, WITHDRAWAL, ERASURE -> GROUPS_OF_A_LEAD;
    };
  }

  private static Map<String, As> fields(Map<String, As> others, String... texts) {
    var fields = new HashMap<>(others);
    SHARED.forEach(path -> fields.put(path, TEXT));
    List.of(texts).forEach(path -> fields.put(path, TEXT));
    return Map.copyOf(fields);
  }
}
