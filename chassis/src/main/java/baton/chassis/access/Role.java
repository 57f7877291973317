package baton.chassis.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a caller may do; see the table of roles in the README. */
public enum Role {
  CAPTURE,
  MARKETING,
  SALES,
  SALES_MANAGER,
  REPORT,
  ADMIN;

  /** The roles' words, for {@code @RolesAllowed}. */
  public static final class Name {
    public static final String CAPTURE = "capture";
    public static final String MARKETING = "marketing";
    public static final String SALES = "sales";
    public static final String SALES_MANAGER = "sales-manager";
    public static final String REPORT = "report";
    public static final String ADMIN = "admin";

    private Name() {}
  }

  /** The word for it in keys, tokens and annotations. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Role> named(String word) {
    return Stream.of(values()).filter(role -> role.word().equals(word)).findAny();
  }
}
