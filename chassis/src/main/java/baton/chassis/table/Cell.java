package baton.chassis.table;

/**
 * A cell that a spreadsheet would take for a formula is written behind an apostrophe, as OWASP asks
 * for, and read without it.
 */
public final class Cell {
  private static final String FORMULA = "=+-@\t\r\n";
  private static final char APOSTROPHE = '\'';

  private Cell() {}

  public static String harmless(String cell) {
    return begins(cell, 0) ? APOSTROPHE + cell : cell;
  }

  static String bare(String cell) {
    return cell.length() > 1 && cell.charAt(0) == APOSTROPHE && begins(cell, 1)
        ? cell.substring(1)
        : cell;
  }

  private static boolean begins(String cell, int at) {
    return at < cell.length() && FORMULA.indexOf(cell.charAt(at)) >= 0;
  }
}
