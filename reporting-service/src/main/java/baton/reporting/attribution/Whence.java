package baton.reporting.attribution;

import baton.reporting.journey.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a touch came from. */
public record Whence(
    @Nullable String source,
    @Nullable String medium,
    @Nullable String channel,
    @Nullable String campaign) {
  /** What credit can be asked by. */
  public enum Part {
    CHANNEL,
    SOURCE,
    MEDIUM,
    CAMPAIGN
  }

  /** The channel of those who came by themselves, as lead-service derives it. */
  static final String DIRECT = "Direct";

  public Whence {
    source = Word.storable(source);
    medium = Word.storable(medium);
    channel = Word.storable(channel);
    campaign = Word.storable(campaign);
  }

  boolean direct() {
    return DIRECT.equals(channel);
  }

  Key key(List<Part> by) {
    var key = new ArrayList<@Nullable String>(by.size());
    for (var part : by) {
      key.add(
          switch (part) {
            case CHANNEL -> channel;
            case SOURCE -> source;
            case MEDIUM -> medium;
            case CAMPAIGN -> campaign;
          });
    }
    return new Key(key);
  }
}
