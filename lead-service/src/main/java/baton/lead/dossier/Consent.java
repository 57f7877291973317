package baton.lead.dossier;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a lead stands to being contacted for one purpose, since when. */
public record Consent(String purpose, boolean given, Instant at) {

  @JsonCreator
  public Consent {}

  /** As it was kept before its time was. */
  @JsonCreator
  static Consent of(String purpose) {
    return new Consent(purpose, true, Instant.EPOCH);
  }

  /** The purposes that are agreed to. */
  static List<String> given(List<Consent> consents) {
    return consents.stream().filter(Consent::given).map(Consent::purpose).toList();
  }

  /**
   * Of each purpose the latest word, whatever the order of telling; a withdrawal beats its equal.
   */
  public static List<Consent> latest(List<Consent> known, List<Consent> told) {
    if (known.containsAll(told)) {
      return known;
    }
    var latest = new ArrayList<>(known);
    for (var consent : told) {
      int at = 0;
      while (at < latest.size() && !latest.get(at).purpose.equals(consent.purpose)) {
        at++;
      }
      if (at == latest.size()) {
        latest.add(consent);
      } else if (consent.replaces(latest.get(at))) {
        latest.set(at, consent);
      }
    }
    return latest;
  }

  private boolean replaces(Consent before) {
    return at.isAfter(before.at) || at.equals(before.at) && !given;
  }
}
