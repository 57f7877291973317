package baton.reporting.funnel.rest;

import baton.reporting.attribution.Model;
import baton.reporting.attribution.Model.Markov;
import baton.reporting.attribution.Model.Placed;
import baton.reporting.attribution.Model.TimeDecay;
import baton.reporting.attribution.Terms;
import baton.reporting.attribution.Whence;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Question;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What attribution is asked: a question about the leads, and the terms of sharing out.
 *
 * @param question of the period in which deals were won
 */
record AttributionAsked(Question question, Terms terms) {
  private static final String[] MODELS = Model.words().toArray(String[]::new);
  static final int MOST_DAYS = 3650;
  private static final String OF_THE_TOUCH =
      "must be of the touch: one to three of channel, source, medium, campaign";

  static AttributionAsked in(MultivaluedMap<String, String> parameters, String zone) {
    var asked = new Asked(parameters);
    var question = asked.question(zone, QueryParameters.of("/attribution"));
    var days = asked.days("lookBackDays", 1, MOST_DAYS);
    var terms =
        new Terms(model(asked), by(asked, question), days == null ? null : Duration.ofDays(days));
    refuse(asked, question, terms);
    asked.throwIfWrong();
    return new AttributionAsked(question.ofPeriod(), terms);
  }

  private static Model model(Asked asked) {
    var word = asked.one("model");
    var halfLife = asked.days("halfLifeDays", 1, MOST_DAYS);
    var known =
        word == null
            ? Placed.LINEAR.word()
            : asked.faults().oneOf(MODELS, model -> model, word, "/model");
    var model =
        Model.named(
                known == null ? Placed.LINEAR.word() : known,
                halfLife == null ? Model.USUAL_HALF_LIFE : Duration.ofDays(halfLife))
            .orElse(Placed.LINEAR);
    if (halfLife != null && !(model instanceof TimeDecay)) {
      asked.faults().add("/halfLifeDays", "belongs to model=time-decay");
    }
    return model;
  }

  private static List<Whence.Part> by(Asked asked, Question question) {
    if (question.by().isEmpty()) {
      return List.of(Whence.Part.CHANNEL);
    }
    var by = new ArrayList<Whence.Part>();
    for (var dimension : question.by()) {
      switch (dimension) {
        case CHANNEL -> by.add(Whence.Part.CHANNEL);
        case SOURCE -> by.add(Whence.Part.SOURCE);
        case MEDIUM -> by.add(Whence.Part.MEDIUM);
        case CAMPAIGN -> by.add(Whence.Part.CAMPAIGN);
        case PERSONA, SEGMENT, TIER, COUNTRY, COMPANY, SELLER, TEAM, LANDING_PAGE ->
            asked.faults().add("/by", OF_THE_TOUCH);
      }
    }
    return by;
  }

  /** What other reports are asked, and this one can't honour. */
  private static void refuse(Asked asked, Question question, Terms terms) {
    var faults = asked.faults();
    if (question.period() != null) {
      faults.add("/by", OF_THE_TOUCH);
    }
    if (asked.one("basis") != null && question.basis() != Basis.PERIOD) {
      faults.add("/basis", "must be period: deals count when they were won");
    }
    for (var other : List.of("passes", "withinDays")) {
      asked.refuse(other, "does not belong to attribution");
    }
    if (asked.one("scope") != null && !"lead".equals(asked.one("scope"))) {
      faults.add(
          "/scope",
          "must be lead: touches are kept by the ways of single leads, and of a company's others only"
              + " those that led to deals are kept with their times");
    }
    if (terms.lookBack() != null && terms.model() instanceof Markov) {
      faults.add(
          "/lookBackDays",
          "belongs to models that look at one deal's path: a lead that won nothing has no conversion"
              + " to look back from, and markov's chain needs it whole");
    }
  }
}
