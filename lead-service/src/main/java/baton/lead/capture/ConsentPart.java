package baton.lead.capture;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a lead agreed to, as a sender writes it; a bare text is a purpose that was agreed to.
 *
 * @param given false where it was withdrawn; true unless said
 * @param text what they were asked
 * @param version of that text
 * @param source where they said it; the form unless said
 * @param at when; the fact's own time unless said
 */
@Schema(description = "A purpose, or an object that says more of it")
public record ConsentPart(
    @Nullable String purpose,
    @Nullable Boolean given,
    @Nullable String text,
    @Nullable String version,
    @Nullable String source,
    @Nullable Instant at) {

  @JsonCreator
  public ConsentPart {}

  @JsonCreator
  public static ConsentPart of(String purpose) {
    return new ConsentPart(purpose, null, null, null, null, null);
  }
}
