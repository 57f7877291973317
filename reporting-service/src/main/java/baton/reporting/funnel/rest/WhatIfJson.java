package baton.reporting.funnel.rest;

import static baton.reporting.funnel.rest.ReportJson.ratio;

import baton.charter.Agreement;
import baton.charter.clause.Verdict;
import baton.reporting.funnel.Compared;
import baton.reporting.funnel.Load;
import baton.reporting.funnel.Promises;
import baton.reporting.funnel.Report;
import baton.reporting.funnel.Tally;
import baton.reporting.funnel.rest.Replays.Done;
import baton.reporting.whatif.Delivered;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happened beside what would have, number by number. */
final class WhatIfJson {
  private static final Promises NONE = Promises.sum(List.of());

  private WhatIfJson() {}

  static ObjectNode of(
      Report report,
      Agreement draft,
      Done done,
      List<String> limits,
      Function<String, @Nullable String> owes) {
    var compared = done.compared();
    var happened = compared.happened();
    var wouldHave = compared.wouldHave();
    var answer = ReportJson.head(report, List.of());
    answer.remove(List.of("by", "passes"));
    answer
        .putObject("draft")
        .put("name", draft.terms().name())
        .put("contentHash", draft.contentHash());
    answer.put("leadsRead", done.read());
    var mqls = answer.putObject("mqls");
    both(mqls, happened, wouldHave, WhatIfJson::mqls);
    mqls.put("kept", compared.kept()).put("lost", compared.lost()).put("gained", compared.gained());
    counts(mqls.putArray("byPersona"), "persona", happened.personas(), wouldHave.personas());
    counts(mqls.putArray("byTier"), "tier", happened.tiers(), wouldHave.tiers());
    clauses(answer.putArray("clauses"), draft, happened, wouldHave, owes);
    periods(answer.putArray("periods"), compared.periods(done.at()));
    both(answer.putObject("acceptance"), happened, wouldHave, WhatIfJson::acceptance);
    var load = answer.putObject("load");
    loads(load.putArray("sellers"), "seller", happened.sellers(), wouldHave.sellers());
    loads(load.putArray("teams"), "team", happened.teams(), wouldHave.teams());
    load.put("mqlsOfNobody", compared.gained());
    limits.forEach(answer.putArray("limits")::add);
    return answer;
  }

  private static <T> void both(
      ObjectNode node, T happened, T wouldHave, BiConsumer<ObjectNode, T> told) {
    told.accept(node.putObject("happened"), happened);
    told.accept(node.putObject("wouldHave"), wouldHave);
  }

  private static void mqls(ObjectNode node, Tally tally) {
    node.put("leads", tally.leads()).put("passes", tally.passes());
  }

  private static void counts(
      ArrayNode rows, String name, Map<String, Long> happened, Map<String, Long> wouldHave) {
    var keys = new TreeSet<>(happened.keySet());
    keys.addAll(wouldHave.keySet());
    for (var key : keys) {
      rows.addObject()
          .put(name, key.isEmpty() ? null : key)
          .put("happened", happened.getOrDefault(key, 0L))
          .put("wouldHave", wouldHave.getOrDefault(key, 0L));
    }
  }

  private static void clauses(
      ArrayNode rows,
      Agreement draft,
      Tally happened,
      Tally wouldHave,
      Function<String, @Nullable String> owes) {
    var clauses = new TreeSet<>(happened.promises().keySet());
    clauses.addAll(wouldHave.promises().keySet());
    for (var clause : clauses) {
      var drafted = draft.clause(clause.id());
      var row = rows.addObject();
      row.put("clause", clause.id());
      row.put("owedBy", clause.owedBy());
      row.put("owes", drafted == null ? owes.apply(clause.id()) : drafted.owes());
      row.put("inDraft", drafted != null);
      both(
          row,
          happened.promises().getOrDefault(clause, NONE),
          wouldHave.promises().getOrDefault(clause, NONE),
          SlaLayout::counts);
    }
  }

  private static void periods(ArrayNode rows, List<Compared.Promised> periods) {
    for (var each : periods) {
      var of = each.happened();
      var row = rows.addObject();
      row.put("clause", of.clause().id());
      row.put("owes", of.clause().owes());
      row.put("from", of.stretch().from().toString());
      row.put("to", of.stretch().before().toString());
      both(row, each.happened(), each.wouldHave(), WhatIfJson::period);
    }
  }

  private static void period(ObjectNode node, Delivered.Period period) {
    node.put("counted", period.counted());
    node.put("of", period.of());
    switch (period.verdict()) {
      case Verdict.Met _ -> node.put("verdict", "met");
      case Verdict.Broken _ -> node.put("verdict", "breached");
      case Verdict.Open _ -> node.put("verdict", "open");
      case Verdict.NotJudged(var why) -> node.put("verdict", "not-judged").put("why", why);
    }
  }

  private static void acceptance(ObjectNode node, Tally tally) {
    long accepted = tally.decided("accepted");
    long decided = accepted + tally.decided("rejected");
    node.put("accepted", accepted)
        .put("decided", decided)
        .put("acceptance", ratio(accepted, decided))
        .put("deemed", tally.decided("deemed"))
        .put("open", tally.decided("open"));
  }

  private static void loads(
      ArrayNode rows, String name, Map<String, Load> happened, Map<String, Load> wouldHave) {
    var keys = new TreeSet<>(happened.keySet());
    keys.addAll(wouldHave.keySet());
    for (var key : keys) {
      var row = rows.addObject().put(name, key);
      both(
          row,
          happened.getOrDefault(key, new Load()),
          wouldHave.getOrDefault(key, new Load()),
          WhatIfJson::load);
    }
  }

  private static void load(ObjectNode node, Load load) {
    node.put("handoffs", load.handoffs()).put("peakOpen", load.peakOpen());
  }
}
