package baton.feedback.lead;

import baton.contracts.ExternalId;
import java.util.Comparator;
import java.util.UUID;

/** One of the names by which somebody may speak of a lead. */
public record LeadName(Kind kind, String system, String id) implements Comparable<LeadName> {
  private static final Comparator<LeadName> ORDER =
      Comparator.comparing((LeadName name) -> name.kind().word())
          .thenComparing(LeadName::system)
          .thenComparing(LeadName::id);

  /** Whose name it is. */
  public enum Kind {
    LEAD,
    EXTERNAL,
    HANDOFF;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static Kind named(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
  }

  public static LeadName lead(UUID leadId) {
    return new LeadName(Kind.LEAD, "", leadId.toString());
  }

  public static LeadName handoff(UUID handoffId) {
    return new LeadName(Kind.HANDOFF, "", handoffId.toString());
  }

  public static LeadName external(ExternalId externalId) {
    return new LeadName(Kind.EXTERNAL, externalId.system(), externalId.id());
  }

  @Override
  public int compareTo(LeadName other) {
    return ORDER.compare(this, other);
  }
}
