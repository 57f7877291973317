package baton.handoff.brief;

import static baton.charter.print.Html.escaped;
import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A brief on a sheet of paper. Whatever it says is escaped, so that no text becomes markup. */
public final class Sheet {
  private static final String STYLE =
      "@page{size:A4;margin:14mm}body{font:10pt/1.4 system-ui,sans-serif;color:#111;"
          + "max-width:48rem;margin:1rem auto;padding:0 1rem}h1{font-size:1.5em;margin:0 0 .2em}"
          + "h2{font-size:1.05em;margin:1em 0 .3em;border-bottom:1px solid #999}"
          + "p,ul{margin:.3em 0}ul{padding-left:1.2em}dl{display:grid;"
          + "grid-template-columns:max-content 1fr;gap:.1em 1em;margin:.3em 0}"
          + "dt{color:#555}dd{margin:0}table{border-collapse:collapse;width:100%}"
          + "th,td{text-align:left;vertical-align:top;padding:.15em .6em .15em 0;"
          + "border-bottom:1px solid #ddd}@media print{body{margin:0;max-width:none;padding:0}"
          + "h2{break-after:avoid}tr,li{break-inside:avoid}}";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final ZoneId zone;
  private final StringBuilder page = new StringBuilder(4096);

  private Sheet(ZoneId zone) {
    this.zone = zone;
  }

  /** The brief in HTML, its times in {@code zone}. */
  public static String html(Brief brief, ZoneId zone) {
    return new Sheet(zone).page(brief);
  }

  private String page(Brief brief) {
    var who = brief.who();
    var name = who == null ? null : who.name();
    var title =
        brief.erasedAt() != null
            ? "Lead " + brief.leadId() + " (erased)"
            : requireNonNullElse(name, "Lead " + brief.leadId());
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
        .append(escaped(title))
        .append("</title>\n<style>")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(escaped(title))
        .append("</h1>\n");
    if (who != null) {
      facts(
          fact("Job title", who.jobTitle()),
          fact("Phone", who.phone()),
          fact("E-mail", who.email()));
    }
    company(brief);
    persona(brief);
    why(brief);
    campaign(brief);
    table(
        "What they did",
        List.of("When", "What"),
        brief.touches().stream()
            .map(touch -> List.of(time(touch.occurredAt()), touch.kind()))
            .toList());
    table(
        "Earlier passes",
        List.of("Pass", "Qualified", "Came to", "With", "Why"),
        brief.earlier().stream()
            .map(
                pass ->
                    List.of(
                        String.valueOf(pass.pass()),
                        time(pass.qualifiedAt()),
                        pass.state() + " " + time(pass.since()),
                        requireNonNullElse(pass.sellerId(), ""),
                        requireNonNullElse(pass.reason(), "")))
            .toList());
    heading("This handoff");
    facts(
        fact("Handoff", brief.handoffId().toString()),
        fact("Pass", String.valueOf(brief.pass())),
        fact("State", brief.state()),
        fact("Seller", brief.sellerId()),
        fact("Team", brief.team()),
        fact("Why this seller", brief.routing()),
        fact("Charter", "version " + brief.charterVersion()));
    return page.append("<p>Times are those of ")
        .append(escaped(zone.getId()))
        .append(".</p>\n</body>\n</html>\n")
        .toString();
  }

  private void company(Brief brief) {
    var company = brief.company();
    if (company != null) {
      heading("Company");
      facts(
          fact("Name", company.name()),
          fact("Domain", company.domain()),
          fact("Employees", company.employees()),
          fact("Industry", company.industry()),
          fact("Country", company.country()),
          fact("Tier", company.tier()));
    }
  }

  private void persona(Brief brief) {
    var persona = brief.persona();
    if (persona != null) {
      heading("Persona: " + requireNonNullElse(persona.name(), persona.id()));
      facts(
          fact("At this stage", persona.wants()),
          fact("Pain points", words(persona.painPoints())),
          fact("Known objections", words(persona.objections())));
    }
  }

  private void why(Brief brief) {
    var why = brief.why();
    heading("Why they qualified");
    facts(
        fact("When", why.qualifiedAt() == null ? null : time(why.qualifiedAt())),
        fact("Because", why.why()),
        fact("Score", why.score() == null ? null : why.score().toPlainString()),
        fact("Priority", why.priority()),
        fact(
            "Came by",
            words(
                Stream.of(brief.channel(), brief.source(), brief.medium(), brief.landingPage())
                    .filter(Objects::nonNull)
                    .toList())));
    if (!why.parts().isEmpty()) {
      rows(
          List.of("Points", "Rule", "Why"),
          why.parts().stream()
              .map(
                  part ->
                      List.of(
                          part.points().toPlainString(),
                          part.rule(),
                          requireNonNullElse(part.why(), "")))
              .toList());
    }
  }

  private void campaign(Brief brief) {
    var campaign = brief.campaign();
    if (campaign != null) {
      heading("What they were told: " + requireNonNullElse(campaign.name(), campaign.campaignId()));
      facts(
          fact("Offer", campaign.offer()),
          fact("Message", campaign.message()),
          fact("Material", words(campaign.assets())));
    }
  }

  private void heading(String text) {
    page.append("<h2>").append(escaped(text)).append("</h2>\n");
  }

  private void table(String heading, List<String> header, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      heading(heading);
      rows(header, rows);
    }
  }

  private void rows(List<String> header, List<List<String>> rows) {
    page.append("<table><thead>").append(cells(header, "th")).append("</thead><tbody>");
    rows.forEach(row -> page.append(cells(row, "td")));
    page.append("</tbody></table>\n");
  }

  private static String cells(List<String> row, String tag) {
    return row.stream()
        .map(cell -> "<" + tag + ">" + escaped(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private void facts(String... facts) {
    page.append("<dl>").append(String.join("", facts)).append("</dl>\n");
  }

  private static String fact(String name, @Nullable Object value) {
    return value == null || value.toString().isBlank()
        ? ""
        : "<dt>" + escaped(name) + "</dt><dd>" + escaped(value.toString()) + "</dd>";
  }

  private static String words(List<String> words) {
    return String.join(", ", words);
  }

  private String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }
}
