package baton.charter.time;

import java.time.zone.ZoneRulesProvider;

/** The time zone rules that this JVM judges by. */
public final class ZoneData {
  private ZoneData() {}

  /** The release of the IANA database, such as {@code 2026a}; it can change while the JVM runs. */
  public static String tzdbVersion() {
    return ZoneRulesProvider.getVersions("UTC").lastEntry().getKey();
  }
}
