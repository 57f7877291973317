package baton.chassis.mapping;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What an element of a delivery may become, and which fields that has. */
public interface Form {
  /** How a value stands in a command of ours. */
  enum As {
    /** A text: tools send ids as numbers. */
    TEXT,
    /** A whole number: tools send numbers as texts. */
    NUMBER,
    /** As the tool sends it. */
    SENT,
    /** Of a group: the one id, in the system that the field is named after. */
    ID,
    /** Of a group: one of a list of ids, as {@link #ID}. */
    IDS,
    /**
     * Of a group: one of a list of purposes, agreed to where its value is true, refused where
     * false.
     */
    FLAG
  }

  /** As it is called in a mapping. */
  String word();

  /** By their paths, as {@code contact.email}. */
  Map<String, As> fields();

  /** What takes any name, as {@code attributes}. */
  Map<String, As> groups();

  /** Every path that a mapping may name; groups with an ellipsis. */
  default Set<String> paths() {
    var all = new TreeSet<>(fields().keySet());
    groups().keySet().forEach(group -> all.add(group + ".…"));
    return all;
  }
}
