package baton.reporting.funnel.rest;

import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.goal.Goals;
import baton.reporting.meeting.Papers;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Reports for the meeting: what their calls would answer about what happened in these days. */
@ApplicationScoped
class ReportPapers implements Papers {
  private final ScorecardResource scorecard;
  private final SlaResource sla;
  private final Goals goals;
  private final Answers answers;

  ReportPapers(ScorecardResource scorecard, SlaResource sla, Goals goals, Answers answers) {
    this.scorecard = scorecard;
    this.sla = sla;
    this.goals = goals;
    this.answers = answers;
  }

  @Override
  public Uni<String> scorecard(Days days) {
    return scorecard.report(question(days, List.of())).map(ObjectNode::toString);
  }

  @Override
  public Uni<String> promises(Days days) {
    return sla.report(question(days, List.of())).map(ObjectNode::toString);
  }

  @Override
  public Uni<String> quality(Days days) {
    var layout = new QualityLayout();
    return answers
        .report(question(days, List.of(Dimension.CAMPAIGN)), layout.numbers())
        .map(report -> ReportJson.of(report, layout).toString());
  }

  @Override
  public Uni<String> goals() {
    return goals.standing().map(standing -> GoalTable.json(standing).toString());
  }

  private static Question question(Days days, List<Dimension> by) {
    return new Question(
        Basis.PERIOD,
        WhichPasses.ANY,
        days.from(),
        days.to(),
        days.zone(),
        null,
        by,
        null,
        Map.of());
  }
}
