package baton.reporting.funnel.postgres;

import baton.reporting.funnel.Behind;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Leads;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journeys;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks at journeys in the order of their ids and asks each what the cells ask all of them. Nothing
 * is kept for it: a call looks at so many and no more, and says where to go on.
 */
@ApplicationScoped
class PostgresLeads implements Leads {
  private static final int AT_A_TIME = 2000;

  private final Journeys journeys;

  PostgresLeads(Journeys journeys) {
    this.journeys = journeys;
  }

  /** How far it has come. One thread at a time goes on with it. */
  private static final class Search {
    private final Behind number;
    private final int most;
    private final List<UUID> found = new ArrayList<>();
    private UUID last;
    private int looked;
    private boolean over;

    Search(Behind number, UUID after, int most) {
      this.number = number;
      this.last = after;
      this.most = most;
    }

    boolean goesOn() {
      return !over && found.size() < most && looked < MOST_LOOKED_AT;
    }

    void look(Map<UUID, Group> page) {
      over = page.size() < AT_A_TIME;
      for (var each : page.entrySet()) {
        if (found.size() == most) {
          over = false;
          return;
        }
        looked++;
        last = each.getKey();
        if (each.getValue().survivor().equals(last)
            && number.counts(Contribution.of(each.getValue().journey()))) {
          found.add(last);
        }
      }
    }
  }

  @Override
  public Uni<Found> behind(Behind number, @Nullable UUID after, int most) {
    var search = new Search(number, after == null ? Journeys.FIRST : after, most);
    return Multi.createBy()
        .repeating()
        .uni(() -> journeys.after(search.last, AT_A_TIME, 1).invoke(search::look))
        .whilst(_ -> search.goesOn())
        .collect()
        .last()
        .map(_ -> new Found(search.found, search.over ? null : search.last));
  }
}
