package baton.reporting.whatif;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.charter.expression.Expression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a replay of a draft can't know, in sentences; of what stands in the draft, by pointer. */
public final class Limits {
  private static final String ATTRIBUTES = "lead.attributes.";
  private static final List<String> OF_EVERY_REPLAY =
      List.of(
          "People did what they did: sellers answer an earlier or later MQL as they answered the one"
              + " that happened, and every handoff stays with the seller who had it.",
          "Who would newly be an MQL was never handed over: there is no decision, no promise and no"
              + " seller's load for it.",
          "Who would no longer be an MQL takes its handoff along; what it bought stays as it was.",
          "Facts count in the order in which they happened, whenever they were told; which leads a"
              + " tool called qualified is known only where that made them MQLs.",
          "No topic carries personal data: of contacts, only whether the domain of an e-mail"
              + " address is known is known here.",
          "Clocks start at the time of the step that starts them.",
          "Filters ask for leads by what they are counted under today.");

  private final Agreement draft;
  private final Collection<Agreement> known;
  private final List<String> limits = new ArrayList<>(OF_EVERY_REPLAY);

  private Limits(Agreement draft, Collection<Agreement> known) {
    this.draft = draft;
    this.known = known;
  }

  /**
   * @param known every charter that governed: no topic carries attributes that none of them reads
   */
  public static List<String> of(Agreement draft, Collection<Agreement> known) {
    return List.copyOf(new Limits(draft, known).found());
  }

  /** How far a replay that was played is what happened. */
  public static List<String> of(long notReproduced, long approximated) {
    var limits = new ArrayList<String>();
    if (notReproduced > 0) {
      limits.add(
          notReproduced
              + " leads qualified otherwise than their facts make them by the charters that"
              + " governed (facts that were told late, merges, imports): they qualify as they did.");
    }
    if (approximated > 0) {
      limits.add(
          approximated
              + " promises came to something else than their steps make them by the charters that"
              + " governed (sellers' own hours, busy days): what the draft makes of them is as"
              + " rough.");
    }
    return limits;
  }

  private List<String> found() {
    fields();
    attributes();
    clauses();
    return limits;
  }

  private void fields() {
    var personas = draft.terms().personas();
    for (int i = 0; i < personas.size(); i++) {
      var fields = personas.get(i).ready().fields();
      for (int j = 0; j < fields.size(); j++) {
        var field = fields.get(j);
        if (Life.TAKEN_AS_KNOWN.contains(field)) {
          add(
              "/personas/" + i + "/ready/fields/" + j,
              "whether a lead's " + field + " is known no topic says: it is taken as known");
        } else if (field.equals("company")) {
          add(
              "/personas/" + i + "/ready/fields/" + j,
              "a company of which no more than the name is known isn't told of: it counts as"
                  + " missing");
        }
      }
    }
  }

  private void attributes() {
    var told =
        known.stream().flatMap(each -> each.attributes().stream()).collect(Collectors.toSet());
    expressions()
        .forEach(
            (pointer, expression) ->
                expression.read().stream()
                    .filter(path -> path.startsWith(ATTRIBUTES))
                    .map(path -> path.substring(ATTRIBUTES.length()))
                    .filter(name -> !told.contains(name))
                    .sorted()
                    .forEach(
                        name ->
                            add(
                                pointer,
                                "reads the attribute "
                                    + name
                                    + ", which no charter in force has read: no topic carries it,"
                                    + " so the rule doesn't hold")));
  }

  private Map<String, Expression> expressions() {
    var found = new LinkedHashMap<String, Expression>();
    var terms = draft.terms();
    for (int i = 0; i < terms.tiers().size(); i++) {
      put(found, "/idealCustomer/tiers/" + i + "/when", terms.tiers().get(i).when());
    }
    for (int i = 0; i < terms.personas().size(); i++) {
      put(found, "/personas/" + i + "/when", terms.personas().get(i).when());
      put(
          found,
          "/personas/" + i + "/ready/instantly",
          terms.personas().get(i).ready().instantly());
    }
    var scoring = terms.scoring();
    for (int i = 0; i < scoring.fit().size(); i++) {
      put(found, "/scoring/fit/" + i + "/when", scoring.fit().get(i).when());
    }
    for (int i = 0; i < scoring.exclude().size(); i++) {
      put(found, "/scoring/exclude/" + i + "/when", scoring.exclude().get(i).when());
    }
    return found;
  }

  private static void put(
      Map<String, Expression> found, String pointer, @Nullable Expression expression) {
    if (expression != null) {
      found.put(pointer, expression);
    }
  }

  private void clauses() {
    var sales = draft.terms().sales();
    for (int i = 0; i < sales.size(); i++) {
      if (sales.get(i) instanceof Clause.Timed timed) {
        timed("/sales/" + i, timed.limit());
      }
      if (sales.get(i) instanceof Clause.Decision decision && decision.silenceAccepts()) {
        add("/sales/" + i + "/silence", "who was accepted by silence, and when, stays as it was");
      }
    }
    var marketing = draft.terms().marketing();
    for (int i = 0; i < marketing.size(); i++) {
      switch (marketing.get(i)) {
        case Clause.RejectionRate rate when rate.suspendedBy() != null ->
            add("/marketing/" + i + "/suspendedBy", "isn't replayed: it is judged without that");
        case Clause.Periodic _ -> {}
        case Clause.Timed _, Clause.CampaignNotice _ ->
            add("/marketing/" + i, "isn't about leads, and isn't replayed");
      }
    }
  }

  private void timed(String pointer, Clause.Limit limit) {
    if (limit.calendar().equals(Clause.Limit.ASSIGNEE)) {
      add(
          pointer + "/calendar",
          "sellers' own hours aren't known here: the charter's calendar stands in for them");
    }
    if (limit.relax() != null) {
      add(pointer + "/relax", "how busy a day was isn't replayed: the usual time counts");
    }
    if (!limit.onBreach().isEmpty()) {
      add(pointer + "/onBreach", "nobody is notified, and nothing is reassigned");
    }
  }

  private void add(String pointer, String sentence) {
    limits.add(pointer + ": " + sentence + ".");
  }
}
