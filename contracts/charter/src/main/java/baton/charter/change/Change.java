package baton.charter.change;

/**
 * One thing that means something else now. The pointer leads into the later charter, or into the
 * earlier one for what was taken out.
 */
public record Change(String pointer, String sentence) {}
