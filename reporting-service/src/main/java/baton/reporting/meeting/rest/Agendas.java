package baton.reporting.meeting.rest;

import baton.charter.Agreement;
import baton.charter.change.Change;
import baton.charter.change.Changes;
import baton.chassis.charter.Charters;
import baton.contracts.Json;
import baton.contracts.RequestStep;
import baton.reporting.meeting.Attendance;
import baton.reporting.meeting.Cause;
import baton.reporting.meeting.Corrections;
import baton.reporting.meeting.Corrections.Corrected;
import baton.reporting.meeting.Decision;
import baton.reporting.meeting.Gauge;
import baton.reporting.meeting.Minutes;
import baton.reporting.meeting.Papers;
import baton.reporting.meeting.Papers.Days;
import baton.reporting.meeting.Voices;
import baton.reporting.meeting.Voices.Disputed;
import baton.reporting.meeting.Voices.Objection;
import baton.reporting.meeting.Voices.Wanted;
import baton.reporting.meeting.Week;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Lays on the table what a meeting has to look at: the agenda of a week. */
@ApplicationScoped
class Agendas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_CAMPAIGNS = 5;
  private static final int MOST_RESTATED = 10;
  private static final int AT_A_TIME = 3;

  private final Papers papers;
  private final Corrections corrections;
  private final Voices voices;
  private final Minutes minutes;
  private final Charters charters;
  private final InstantSource clock;

  Agendas(
      Papers papers,
      Corrections corrections,
      Voices voices,
      Minutes minutes,
      Charters charters,
      InstantSource clock) {
    this.papers = papers;
    this.corrections = corrections;
    this.voices = voices;
    this.minutes = minutes;
    this.charters = charters;
    this.clock = clock;
  }

  /** Of one week, in the zone of the charter in force. */
  Uni<ObjectNode> of(Week week) {
    var now = clock.instant();
    var agreement = charters.at(now).agreement();
    var zone = agreement.calendar().zone();
    var begins = week.begins(zone);
    var ends = week.ends(zone);
    var card = card(week, zone).memoize().indefinitely();
    var parts = new LinkedHashMap<String, Uni<? extends JsonNode>>();
    parts.put("scorecard", card.map(report -> report.path("total")));
    parts.put("moved", moved(week, zone, now, card));
    parts.put("goals", papers.goals().map(json -> read(json).path("goals")));
    parts.put("promises", papers.promises(days(week, zone)).map(json -> read(json).path("rows")));
    parts.put("disputes", voices.disputes(begins, ends).map(Agendas::disputes));
    parts.put("rejections", papers.quality(days(week, zone)).map(json -> rejections(read(json))));
    parts.put(
        "objections",
        voices
            .objections(week.before().begins(zone), begins, ends)
            .chain(said -> voices.wanted().map(wanted -> objections(said, wanted))));
    parts.put(
        "restated",
        corrections
            .heard(null, week.from(), begins, ends, MOST_RESTATED)
            .map(
                told ->
                    JSON.objectNode().put("count", told.count()).set("latest", read(told.json()))));
    parts.put(
        "decisions",
        minutes
            .decisions(week, begins)
            .map(decisions -> decisions(decisions, LocalDate.ofInstant(now, zone))));
    parts.put("attendance", minutes.attendance(week).map(were -> attendance(were, agreement)));
    return Uni.join()
        .all(parts.values().stream().map(part -> part.map(JsonNode.class::cast)).toList())
        .usingConcurrencyOf(AT_A_TIME)
        .andFailFast()
        .chain(
            read ->
                card.map(
                    report -> {
                      var agenda = head(week, zone, now, agreement, report);
                      int next = 0;
                      for (var name : parts.keySet()) {
                        agenda.set(name, read.get(next++));
                      }
                      agenda.set("amendments", amendments(begins, now));
                      return agenda;
                    }));
  }

  private Uni<JsonNode> card(Week week, ZoneId zone) {
    return papers.scorecard(days(week, zone)).map(Agendas::read);
  }

  private static Days days(Week week, ZoneId zone) {
    return new Days(week.from(), week.to(), zone);
  }

  private static ObjectNode head(
      Week week, ZoneId zone, Instant now, Agreement agreement, JsonNode report) {
    var agenda = JSON.objectNode();
    agenda.put("week", week.word());
    agenda.put("from", week.from().toString());
    agenda.put("to", week.to().toString());
    agenda.put("zone", zone.getId());
    agenda.put("over", isOver(week, zone, now));
    agenda.put("asOf", Json.text(now));
    agenda.set("completeTo", report.path("completeTo"));
    agenda.set("charters", report.path("charters"));
    var meeting = agreement.terms().meeting();
    if (meeting == null) {
      agenda.putNull("meeting");
    } else {
      agenda
          .putObject("meeting")
          .put("every", meeting.every().word())
          .put("on", on(week, meeting.day()).toString())
          .put("at", meeting.at().toString());
    }
    return agenda;
  }

  private static boolean isOver(Week week, ZoneId zone, Instant now) {
    return !week.ends(zone).isAfter(now);
  }

  /** A week is looked at once it is over. */
  private static LocalDate on(Week week, DayOfWeek day) {
    return week.to().with(TemporalAdjusters.nextOrSame(day));
  }

  // ---- what moved

  private Uni<JsonNode> moved(Week week, ZoneId zone, Instant now, Uni<JsonNode> card) {
    var before = week.before();
    return Uni.combine()
        .all()
        .unis(
            card,
            card(before, zone),
            corrections.heard(before.from(), before.to(), before.ends(zone), now, 0))
        .asTuple()
        .map(
            read ->
                moved(
                    read.getItem1().path("total"),
                    read.getItem2().path("total"),
                    redefined(week, zone, now),
                    read.getItem3(),
                    isOver(week, zone, now)));
  }

  /** Keys of the charter that say otherwise than when the week before began. */
  private Set<String> redefined(Week week, ZoneId zone, Instant now) {
    var ends = week.ends(zone).minusMillis(1);
    var was = charters.at(week.before().begins(zone));
    var is = charters.at(ends.isAfter(now) ? now : ends);
    return was.version() == is.version()
        ? Set.of()
        : Changes.between(was.agreement(), is.agreement()).stream()
            .map(change -> change.pointer().split("/", 3)[1])
            .collect(Collectors.toSet());
  }

  private static ArrayNode moved(
      JsonNode card, JsonNode before, Set<String> redefined, Corrected corrected, boolean over) {
    var moved = JSON.arrayNode();
    for (var gauge : Gauge.values()) {
      var is = apart(card.at(gauge.pointer()));
      var was = apart(before.at(gauge.pointer()));
      var names = new ArrayList<>(was.keySet());
      is.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
      for (var name : names) {
        var last = was.getOrDefault(name, JSON.nullNode());
        var current = is.getOrDefault(name, JSON.nullNode());
        var node = moved.addObject();
        node.put("number", gauge.word());
        node.put("says", gauge.words());
        node.put("side", gauge.side().word());
        node.put("unit", gauge.unit());
        node.set("lastWeek", last);
        node.set("thisWeek", current);
        var because = node.putArray("because");
        if (!last.equals(current)) {
          Cause.of(gauge, redefined, corrected.counts().keySet(), over)
              .forEach(cause -> because.add(cause.word()));
        }
      }
    }
    return moved;
  }

  /** Money of several currencies is several numbers; what isn't there is none. */
  private static Map<String, JsonNode> apart(JsonNode value) {
    if (value.isMissingNode()) {
      return Map.of();
    }
    if (!value.isArray()) {
      return Map.of("", value);
    }
    var apart = new LinkedHashMap<String, JsonNode>();
    value.forEach(amount -> apart.put(amount.path("currency").asText(), amount));
    return apart;
  }

  // ---- what was said

  private static JsonNode disputes(List<Disputed> disputes) {
    var list = JSON.arrayNode();
    for (var each : disputes) {
      list.addObject()
          .put("clause", each.clause())
          .put("owedBy", each.owedBy().word())
          .put("state", each.step().word())
          .put("count", each.count());
    }
    return list;
  }

  private static JsonNode rejections(JsonNode quality) {
    var list = JSON.arrayNode();
    StreamSupport.stream(quality.path("rows").spliterator(), false)
        .filter(row -> row.at("/rejected/count").asLong() > 0)
        .sorted(Comparator.comparingLong(row -> -row.at("/rejected/count").asLong()))
        .limit(MOST_CAMPAIGNS)
        .forEach(
            row -> {
              var node = list.addObject();
              node.set("campaign", row.at("/key/campaign"));
              node.setAll((ObjectNode) row.path("rejected"));
            });
    return list;
  }

  private static JsonNode objections(List<Objection> said, List<Wanted> wanted) {
    var steps = new LinkedHashMap<String, Map<RequestStep, Long>>();
    said.forEach(each -> steps.put(each.objection(), new EnumMap<>(RequestStep.class)));
    wanted.forEach(
        each ->
            steps
                .computeIfAbsent(each.objection(), _ -> new EnumMap<>(RequestStep.class))
                .merge(each.step(), each.count(), Long::sum));
    var times = said.stream().collect(Collectors.toMap(Objection::objection, each -> each));
    var list = JSON.arrayNode();
    steps.forEach(
        (objection, requests) -> {
          var heard = times.getOrDefault(objection, new Objection(objection, 0, 0));
          long there =
              requests.getOrDefault(RequestStep.DELIVERED, 0L)
                  + requests.getOrDefault(RequestStep.CONFIRMED, 0L);
          long open =
              requests.getOrDefault(RequestStep.REQUESTED, 0L)
                  + requests.getOrDefault(RequestStep.ACCEPTED, 0L);
          if (heard.times() + heard.before() + open > 0) {
            list.addObject()
                .put("objection", objection)
                .put("thisWeek", heard.times())
                .put("lastWeek", heard.before())
                .put("covered", there > 0)
                .put("requested", open);
          }
        });
    return list;
  }

  // ---- what is to be decided, and was

  /** Signed charters that came into force since the week began, or will. */
  private JsonNode amendments(Instant since, Instant now) {
    var list = JSON.arrayNode();
    var known = charters.known();
    known.forEach(
        (version, signed) -> {
          if (!signed.effectiveFrom().isBefore(since)) {
            var before = known.lowerEntry(version).getValue();
            var node = list.addObject();
            node.put("version", version);
            node.put("effectiveFrom", Json.text(signed.effectiveFrom()));
            node.put("inForce", !signed.effectiveFrom().isAfter(now));
            var changes = node.putArray("changes");
            Changes.between(before.agreement(), signed.agreement()).stream()
                .map(Change::sentence)
                .forEach(changes::add);
          }
        });
    return list;
  }

  private static JsonNode decisions(List<Decision> decisions, LocalDate today) {
    var list = JSON.arrayNode();
    decisions.forEach(each -> list.add(decision(each, today)));
    return list;
  }

  static ObjectNode decision(Decision decision, LocalDate today) {
    var node =
        JSON.objectNode()
            .put("decisionId", decision.id().toString())
            .put("week", decision.week().word())
            .put("text", decision.text())
            .put("owner", decision.owner())
            .put("due", decision.due().toString())
            .put(
                "state",
                decision.doneAt() != null ? "done" : decision.isOverdue(today) ? "overdue" : "open")
            .put("decidedAt", Json.text(decision.decidedAt()));
    if (decision.doneAt() != null) {
      node.put("doneAt", Json.text(decision.doneAt()));
    }
    return node;
  }

  /** With how many of each side the charter asks for, and whether they were there. */
  static ObjectNode attendance(Attendance were, Agreement agreement) {
    var node = JSON.objectNode();
    were.marketing().forEach(node.putArray("marketing")::add);
    were.sales().forEach(node.putArray("sales")::add);
    var meeting = agreement.terms().meeting();
    if (meeting != null) {
      node.putObject("asked").put("marketing", meeting.marketing()).put("sales", meeting.sales());
      node.put(
          "complete",
          were.marketing().size() >= meeting.marketing() && were.sales().size() >= meeting.sales());
    }
    return node;
  }

  private static JsonNode read(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }
}
