package baton.reporting.funnel;

import baton.reporting.journey.Holder;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Pass;
import baton.reporting.journey.Word;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Under which keys a lead is counted; null is a key like any other. */
public final class Dimensions {
  private static final int COUNT = Dimension.values().length;

  private final @Nullable String[] values;
  private @Nullable UUID id;

  private Dimensions(@Nullable String[] values) {
    this.values = values;
  }

  /**
   * Where the lead came from, as it was captured; who it is, as first qualified, else as captured;
   * who holds it, or held it last.
   */
  static Dimensions of(Journey journey, List<Pass> passes) {
    @Nullable String[] values = new @Nullable String[COUNT];
    var captured = journey.captured();
    if (captured != null) {
      values[Dimension.SOURCE.ordinal()] = captured.source();
      values[Dimension.MEDIUM.ordinal()] = captured.medium();
      values[Dimension.CHANNEL.ordinal()] = captured.channel();
      values[Dimension.CAMPAIGN.ordinal()] = captured.campaign();
      values[Dimension.COUNTRY.ordinal()] = captured.country();
      values[Dimension.COMPANY.ordinal()] = captured.company();
      values[Dimension.LANDING_PAGE.ordinal()] = captured.landingPage();
      values[Dimension.PERSONA.ordinal()] = captured.persona();
      values[Dimension.SEGMENT.ordinal()] = captured.segment();
      values[Dimension.TIER.ordinal()] = captured.tier();
    }
    var qualified = journey.firstQualified(passes);
    if (qualified != null) {
      prefer(values, Dimension.PERSONA, qualified.persona());
      prefer(values, Dimension.SEGMENT, qualified.segment());
      prefer(values, Dimension.TIER, qualified.tier());
    }
    var holder = journey.holder(passes);
    values[Dimension.SELLER.ordinal()] = holder.seller();
    values[Dimension.TEAM.ordinal()] = holder.team();
    for (int i = 0; i < COUNT; i++) {
      values[i] = Word.storable(values[i]);
    }
    return new Dimensions(values);
  }

  private static void prefer(
      @Nullable String[] values, Dimension dimension, @Nullable String value) {
    if (value != null) {
      values[dimension.ordinal()] = value;
    }
  }

  /** The same lead seen by some of its keys only. */
  public Dimensions only(Set<Dimension> kept) {
    if (kept.size() == COUNT) {
      return this;
    }
    @Nullable String[] some = new @Nullable String[COUNT];
    for (var dimension : kept) {
      some[dimension.ordinal()] = values[dimension.ordinal()];
    }
    return new Dimensions(some);
  }

  /** Those under which this is told of the lead. */
  Dimensions of(Part.Noted noted) {
    return noted.holder() == null ? this : heldBy(noted.holder());
  }

  /** These keys, but under another holder. */
  Dimensions heldBy(Holder holder) {
    @Nullable String[] held = Arrays.copyOf(values, COUNT);
    held[Dimension.SELLER.ordinal()] = Word.storable(holder.seller());
    held[Dimension.TEAM.ordinal()] = Word.storable(holder.team());
    return new Dimensions(held);
  }

  public @Nullable String get(Dimension dimension) {
    return values[dimension.ordinal()];
  }

  /** The id under which these keys are stored. */
  public UUID id() {
    var known = id;
    if (known == null) {
      known = digest();
      id = known;
    }
    return known;
  }

  private UUID digest() {
    var sha = Digest.begun();
    for (var value : values) {
      var bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
      int length = bytes == null ? -1 : bytes.length;
      sha.update((byte) (length >> 8));
      sha.update((byte) length);
      if (bytes != null) {
        sha.update(bytes);
      }
    }
    return Digest.half(sha);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Dimensions dimensions && Arrays.equals(values, dimensions.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
