package baton.systemtest.dashboard;

import baton.local.stack.Checkout;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files under deploy/grafana and deploy/prometheus, as their readers would take them. */
final class Dashboards {
  static final String REPORTS = "baton-reports";
  static final String METRICS = "baton-metrics";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:baton|http|jvm|process)_[a-z0-9_]+\\b");
  private static final Pattern TIME_FILTER = Pattern.compile("\\$__timeFilter\\((\\w+)\\)");
  private static final Pattern TIME_GROUP =
      Pattern.compile("\\$__timeGroupAlias\\((\\w+), \\$__interval\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):sqlstring}");

  /** One panel's question in the language of its datasource. */
  record Query(String dashboard, String panel, String type, String format, String text) {
    @Override
    public String toString() {
      return dashboard + " / " + panel;
    }
  }

  private Dashboards() {}

  static Path deploy() {
    return Checkout.here().root().resolve("deploy");
  }

  static Map<String, JsonNode> all() {
    var dashboards = new TreeMap<String, JsonNode>();
    try (var files = Files.list(deploy().resolve("grafana/dashboards"))) {
      for (var file : files.toList()) {
        dashboards.put(file.getFileName().toString(), JSON.readTree(file.toFile()));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return dashboards;
  }

  static List<Query> queries(String datasource) {
    var queries = new ArrayList<Query>();
    all()
        .values()
        .forEach(
            dashboard ->
                dashboard
                    .path("panels")
                    .forEach(
                        panel ->
                            panel
                                .path("targets")
                                .forEach(
                                    target -> {
                                      if (target
                                          .at("/datasource/uid")
                                          .asText()
                                          .equals(datasource)) {
                                        queries.add(query(dashboard, panel, target));
                                      }
                                    })));
    return queries;
  }

  private static Query query(JsonNode dashboard, JsonNode panel, JsonNode target) {
    return new Query(
        dashboard.path("title").asText(),
        panel.path("title").asText(),
        panel.path("type").asText(),
        target.path("format").asText(),
        target.path(target.has("rawSql") ? "rawSql" : "expr").asText());
  }

  /** The statements that fill variables and annotations. */
  static List<String> lookups() {
    var statements = new ArrayList<String>();
    all()
        .values()
        .forEach(
            dashboard -> {
              dashboard.at("/templating/list").forEach(each -> add(statements, each, "query"));
              dashboard.at("/annotations/list").forEach(each -> add(statements, each, "rawQuery"));
            });
    return statements;
  }

  private static void add(List<String> statements, JsonNode from, String field) {
    if (from.at("/datasource/uid").asText().equals(REPORTS)) {
      statements.add(from.path(field).asText());
    }
  }

  /** As Grafana writes it out for a window of all time, days and every value of a variable. */
  static String expanded(String statement, Map<String, String> variables) {
    var filtered =
        TIME_FILTER
            .matcher(statement)
            .replaceAll("$1 BETWEEN '2000-01-01T00:00:00Z' AND '2100-01-01T00:00:00Z'");
    var grouped =
        TIME_GROUP
            .matcher(filtered)
            .replaceAll("floor(extract(epoch from $1)/86400)*86400 AS \"time\"");
    return VARIABLE
        .matcher(grouped)
        .replaceAll(
            found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), "NULL")));
  }

  /** Every name of a metric that a panel or a rule asks for. */
  static TreeSet<String> metrics() throws IOException {
    var names = new TreeSet<String>();
    var text = new StringBuilder(Files.readString(deploy().resolve("prometheus/rules.yml")));
    queries(METRICS).forEach(query -> text.append('\n').append(query.text()));
    var found = METRIC.matcher(text);
    while (found.find()) {
      names.add(found.group());
    }
    return names;
  }
}
