package baton.reporting.restatement.charters;

import baton.chassis.charter.Charters;
import baton.reporting.restatement.Zones;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;

@ApplicationScoped
class CharterZones implements Zones {
  private final Charters charters;

  CharterZones(Charters charters) {
    this.charters = charters;
  }

  @Override
  public ZoneId at(Instant instant) {
    return charters.at(instant).agreement().calendar().zone();
  }
}
