package baton.charter;

/** How a charter is written down; the same charter says the same in both. */
public enum Form {
  YAML,
  JSON
}
