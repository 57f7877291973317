package baton.reporting.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Event;
import baton.reporting.attribution.Told;
import baton.reporting.funnel.Deed.Ended;
import baton.reporting.funnel.Deed.Reached;
import baton.reporting.journey.Ending;
import baton.reporting.journey.Lives;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BehindTest {

  @Test
  void as_many_leads_are_behind_a_number_as_it_says() {
    var random = new SplittableRandom(31);
    var lives = new ArrayList<List<Event>>();
    for (int i = 0; i < 150; i++) {
      lives.add(Lives.of(random));
    }
    var contributions = lives.stream().map(life -> Contribution.of(Told.journey(life))).toList();

    for (int i = 0; i < 100; i++) {
      var question = whole(Questions.asked(random));
      var counted = Recount.of(lives, question).getOrDefault(List.of(), new TreeMap<>());

      for (var stage : Stage.values()) {
        assertThat(count(contributions, question, new Reached(stage)))
            .as(stage + " " + question)
            .isEqualTo(counted.getOrDefault(stage.word(), BigDecimal.ZERO).longValue());
      }
      for (var ending : Ending.values()) {
        assertThat(count(contributions, question, new Ended(ending)))
            .as(ending + " " + question)
            .isEqualTo(counted.getOrDefault("now " + ending.word(), BigDecimal.ZERO).longValue());
      }
      assertThat(count(contributions, question, new Ended(null)))
          .isEqualTo(counted.getOrDefault("now open", BigDecimal.ZERO).longValue());
    }
  }

  /** One number of it all; a lead of many passes counts once. */
  private static Question whole(Question question) {
    return new Question(
        question.basis(),
        question.passes() == WhichPasses.ALL ? WhichPasses.ANY : question.passes(),
        question.from(),
        question.to(),
        question.zone(),
        question.withinDays(),
        List.of(),
        null,
        question.only());
  }

  private static long count(List<Contribution> contributions, Question question, Deed deed) {
    var behind = new Behind(question, deed);
    return contributions.stream().filter(behind::counts).count();
  }
}
