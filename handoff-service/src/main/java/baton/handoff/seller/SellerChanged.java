package baton.handoff.seller;

/** A seller is not what he was a moment ago, and may now take what he couldn't. */
public record SellerChanged(String sellerId) {}
