package baton.reporting.funnel.rest;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.chassis.charter.Charters;
import baton.reporting.funnel.Numbers;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Reports;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a report is asked, has it added up, and lays it out. */
@ApplicationScoped
class Answers {
  static final String CSV = "text/csv";

  private final Reports reports;
  private final Charters charters;
  private final InstantSource clock;

  Answers(Reports reports, Charters charters, InstantSource clock) {
    this.reports = reports;
    this.charters = charters;
    this.clock = clock;
  }

  Uni<ObjectNode> json(UriInfo uri, Layout layout) {
    return report(asked(uri), layout.numbers()).map(report -> ReportJson.of(report, layout));
  }

  Uni<String> csv(UriInfo uri, Layout layout) {
    return json(uri, layout).map(ReportCsv::of);
  }

  /** In the charter's zone, unless asked for another. */
  Question asked(UriInfo uri) {
    return asked(uri, Set.of());
  }

  Question asked(UriInfo uri, Set<String> more) {
    return Asked.in(uri.getQueryParameters(), zone(), more);
  }

  /** The charter's. */
  String zone() {
    return charters.zone(charters.versionAt(clock.instant()));
  }

  Uni<Report> report(Question asked, Numbers numbers) {
    return reports.answer(asked, numbers);
  }

  Instant now() {
    return clock.instant();
  }

  /** What both sides agreed on that holds now. */
  Agreement agreement() {
    return charters.at(now()).agreement();
  }

  /** What a clause promises, in the charter's word; as its latest version has it. */
  @Nullable String owes(String clause) {
    var found = clause(clause);
    return found == null ? null : found.owes();
  }

  /** A clause as its latest version has it. */
  @Nullable Clause clause(String id) {
    for (var signed : charters.known().descendingMap().values()) {
      var clause = signed.agreement().clause(id);
      if (clause != null) {
        return clause;
      }
    }
    return null;
  }
}
