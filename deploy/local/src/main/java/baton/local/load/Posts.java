package baton.local.load;

import baton.chassis.mapping.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a file has, and where it goes. Which fields a command has is its service's business, which
 * refuses the others; here stands only how they are written.
 */
public enum Posts implements Form {
  LEADS("lead", "lead", "/leads/batch"),
  TOUCHES("touch", "lead", "/touches/batch"),
  OUTCOMES("outcome", "feedback", "/outcomes/batch"),

  /** Leads with what became of them, as a CRM exports both; see {@link History}. */
  HISTORY("history", "lead", "/leads/batch");

  private static final List<String> TEXTS =
      List.of(
          "source",
          "medium",
          "campaign",
          "channel",
          "landingPage",
          "form",
          "country",
          "segment",
          "origin",
          "owner",
          "kind",
          "asset",
          "externalId",
          "result",
          "reason",
          "seller",
          "expectedClose",
          "qualifiedAt",
          "firstOutreachAt",
          "firstOutreachChannel",
          "status",
          "statusAt",
          "statusReason",
          "occurredAt");
  private static final Map<String, As> FIELDS = fieldsOfAll();
  private static final Map<String, As> GROUPS =
      Map.of(
          "contact", As.TEXT,
          "company", As.TEXT,
          "utm", As.TEXT,
          "touch", As.TEXT,
          "amount", As.TEXT,
          "attributes", As.SENT,
          "consent", As.FLAG,
          "externalIds", As.IDS,
          "externalId", As.ID,
          "leadExternalId", As.ID);

  private final String word;
  private final String service;
  private final String path;

  Posts(String word, String service, String path) {
    this.word = word;
    this.service = service;
    this.path = path;
  }

  @Override
  public String word() {
    return word;
  }

  @Override
  public Map<String, As> fields() {
    return FIELDS;
  }

  @Override
  public Map<String, As> groups() {
    return GROUPS;
  }

  public String service() {
    return service;
  }

  public String path() {
    return path;
  }

  /** As the command line calls them. */
  public String many() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, As> fieldsOfAll() {
    var fields = new HashMap<String, As>();
    TEXTS.forEach(field -> fields.put(field, As.TEXT));
    fields.put("qualified", As.SENT);
    fields.put("company.employees", As.NUMBER);
    return Map.copyOf(fields);
  }
}
