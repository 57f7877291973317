package baton.local.load;

import java.util.Map;

/** One line of a file: what it said, and what the mapping made of it. */
public record Line(long number, Map<String, String> cells, Made made) {}
