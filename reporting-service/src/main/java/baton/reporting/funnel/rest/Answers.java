package baton.reporting.funnel.rest;

import baton.chassis.charter.Charters;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Reports;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.time.InstantSource;

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
    return report(asked(uri), layout).map(report -> ReportJson.of(report, layout));
  }

  Uni<String> csv(UriInfo uri, Layout layout) {
    return json(uri, layout).map(ReportCsv::of);
  }

  /** In the charter's zone, unless asked for another. */
  Question asked(UriInfo uri, String... more) {
    return Asked.in(
        uri.getQueryParameters(), charters.zone(charters.versionAt(clock.instant())), more);
  }

  /** The question as it was asked, with the sums that the report needs. */
  Uni<Report> report(Question asked, Layout layout) {
    return reports
        .answer(layout.read(asked), layout.numbers())
        .map(
            read ->
                new Report(asked, read.completeTo(), read.charters(), read.rows(), read.total()));
  }
}
