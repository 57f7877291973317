package baton.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was known of a lead when it was qualified; none of it is personal data. */
public record Profile(
    @Nullable String source,
    @Nullable String medium,
    String channel,
    @Nullable String campaignId,
    @Nullable String landingPage,
    @Nullable String country,
    Origin origin,
    @Nullable String jobTitle,
    @Nullable Boolean emailFree,
    @Nullable String emailDomain,
    @Nullable Company company,
    Map<String, JsonNode> attributes) {
  public Profile {
    attributes = Absent.map(attributes);
  }
}
