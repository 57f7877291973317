package baton.charter;

/** JSON Pointers, RFC 6901. */
final class Pointer {
  private Pointer() {}

  static String of(String parent, String key) {
    return parent + "/" + key.replace("~", "~0").replace("/", "~1");
  }
}
