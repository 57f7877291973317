package baton.local.load;

import baton.local.client.Rest;
import baton.local.client.Verdict;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what a CRM knows of leads: the leads, then of those that were taken what became of them.
 */
final class Histories implements Posting {
  private static final String FEEDBACK = "feedback";

  private final Rest rest;

  Histories(Rest rest) {
    this.rest = rest;
  }

  /** A command and the place of the row that it is of. */
  private record Of(int row, ObjectNode command) {}

  @Override
  public List<Became> post(List<ObjectNode> rows) {
    var histories = rows.stream().map(History::of).toList();
    var became = new ArrayList<Became>();
    var leads = new ArrayList<Of>();
    for (int row = 0; row < histories.size(); row++) {
      var history = histories.get(row);
      became.add(new Became(List.of(), history.faults()));
      if (history.faults().isEmpty()) {
        leads.add(new Of(row, history.lead()));
      }
    }
    var answers =
        rest.batch(
            Posts.LEADS.service(),
            "admin",
            Posts.LEADS.path(),
            leads.stream().map(Of::command).toList());
    var steps = new ArrayList<Of>();
    var outcomes = new ArrayList<Of>();
    for (int i = 0; i < answers.size(); i++) {
      var answer = answers.get(i);
      int row = leads.get(i).row();
      var refusal = Verdict.refusal(answer);
      if (refusal.isPresent()) {
        add(became, row, new Became(List.of(), List.of(refusal.get())));
        continue;
      }
      add(became, row, new Became(List.of(answer.path("outcome").asText()), List.of()));
      var history = histories.get(row).of(answer.path("leadId").asText());
      history.steps().forEach(step -> steps.add(new Of(row, step)));
      if (history.outcome() != null) {
        outcomes.add(new Of(row, history.outcome()));
      }
    }
    tell("/sales-steps/batch", "step", steps, became);
    tell(Posts.OUTCOMES.path(), "result", outcomes, became);
    return became;
  }

  /** Each is called by its own word, so that the terminal says how many were won. */
  private void tell(String path, String word, List<Of> told, List<Became> became) {
    if (told.isEmpty()) {
      return;
    }
    var answers = rest.batch(FEEDBACK, "admin", path, told.stream().map(Of::command).toList());
    for (int i = 0; i < answers.size(); i++) {
      var called = told.get(i).command().path(word).asText();
      add(
          became,
          told.get(i).row(),
          Verdict.refusal(answers.get(i))
              .map(why -> new Became(List.of(), List.of(called + ": " + why)))
              .orElseGet(() -> new Became(List.of(called), List.of())));
    }
  }

  private static void add(List<Became> became, int row, Became further) {
    became.set(row, became.get(row).and(further));
  }
}
