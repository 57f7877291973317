package baton.handoff.clock.rest;

import baton.chassis.access.Role;
import baton.chassis.database.Transactions;
import baton.handoff.clock.Periods;
import baton.handoff.clock.Periods.Standing;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Promises about the periods that aren't over, with how each will end if it goes on so. */
@Path("/promises")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.REPORT, Role.Name.ADMIN})
class PromiseResource {
  /** {@code to} is the first day that no longer belongs to the period. */
  record PromiseBody(
      String clauseId,
      String owedBy,
      int charterVersion,
      LocalDate from,
      LocalDate to,
      Instant dueAt,
      long counted,
      long of,
      BigDecimal promised,
      @Nullable BigDecimal expected,
      String outlook,
      List<String> lines) {
    static PromiseBody of(Standing standing) {
      var clock = standing.clock();
      var tally = standing.tally();
      var forecast = clock.forecast(tally, standing.now());
      return new PromiseBody(
          clock.clause().id(),
          clock.clause().owedBy().word(),
          clock.charterVersion(),
          clock.stretch().from(),
          clock.stretch().before(),
          clock.due(),
          tally.counted(),
          tally.of(),
          forecast.promised(),
          forecast.expected(),
          forecast.outlook().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          forecast.lines());
    }
  }

  record Promises(List<PromiseBody> items) {}

  private final Periods periods;
  private final Transactions transactions;

  PromiseResource(Periods periods, Transactions transactions) {
    this.periods = periods;
    this.transactions = transactions;
  }

  @GET
  public Uni<Promises> current() {
    return transactions
        .run(periods::current)
        .map(all -> new Promises(all.stream().map(PromiseBody::of).toList()));
  }
}
