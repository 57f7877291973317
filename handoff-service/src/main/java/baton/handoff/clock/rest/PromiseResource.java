package baton.handoff.clock.rest;

import baton.charter.clause.Forecast;
import baton.chassis.access.Role;
import baton.chassis.database.Transactions;
import baton.handoff.clock.Notices;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Promises about the periods that aren't over, with how each will end if it goes on so, and notice
 * of campaigns that may still be given another start.
 */
@Path("/promises")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.MARKETING, Role.Name.SALES_MANAGER, Role.Name.REPORT, Role.Name.ADMIN})
class PromiseResource {
  /**
   * {@code to} is the first day that no longer belongs to the period; of a campaign, which has its
   * id, the day it starts.
   */
  record PromiseBody(
      String clauseId,
      @Nullable String campaignId,
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
          null,
          clock.clause().owedBy().word(),
          clock.charterVersion(),
          clock.stretch().from(),
          clock.stretch().before(),
          clock.due(),
          tally.counted(),
          tally.of(),
          forecast.promised(),
          forecast.expected(),
          word(forecast.outlook()),
          forecast.lines());
    }

    static PromiseBody of(Notices.Standing standing) {
      var notice = standing.notice();
      return new PromiseBody(
          notice.clause().id(),
          notice.campaign(),
          notice.clause().owedBy().word(),
          notice.charterVersion(),
          standing.announcedAt().atZone(notice.calendar().zone()).toLocalDate(),
          notice.startsOn(),
          notice.due(),
          1,
          1,
          BigDecimal.ONE,
          BigDecimal.ONE,
          word(Forecast.Outlook.ON_TRACK),
          notice.evidence(
              standing.announcedAt(), notice.judged(standing.announcedAt(), standing.now())));
    }

    private static String word(Forecast.Outlook outlook) {
      return outlook.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  record Promises(List<PromiseBody> items) {}

  private final Periods periods;
  private final Notices notices;
  private final Transactions transactions;

  PromiseResource(Periods periods, Notices notices, Transactions transactions) {
    this.periods = periods;
    this.notices = notices;
    this.transactions = transactions;
  }

  @GET
  public Uni<Promises> current() {
    return transactions
        .run(
            tx ->
                periods
                    .current(tx)
                    .chain(
                        all ->
                            notices
                                .current(tx)
                                .map(
                                    noticed ->
                                        Stream.concat(
                                                all.stream().map(PromiseBody::of),
                                                noticed.stream().map(PromiseBody::of))
                                            .toList())))
        .map(Promises::new);
  }
}
