package baton.charter;

/** JSON Pointers, RFC 6901. */
public final class Pointer {
  private Pointer() {}

  public static String of(String parent, String key) {
    return parent + "/" + key.replace("~", "~0").replace("/", "~1");
  }
}
