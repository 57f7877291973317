package baton.reporting.restatement;

import java.time.Instant;
import java.time.ZoneId;

/** In which zone both sides count their days. */
public interface Zones {
  ZoneId at(Instant instant);
}
