package baton.charter.print;

/** What a text needs to be nothing but text on a page. */
public final class Html {
  private Html() {}

  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
