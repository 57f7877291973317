package baton.systemtest.olist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.systemtest.recount.Funnel;
import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OlistIT {
  private static final int LINES = 1000;
  private static final Duration COUNTED = Duration.ofMinutes(2);
  private static final int YEARS_EARLIER = 10;

  @Test
  void real_leads_and_deals_give_the_published_numbers() throws Exception {
    var olist = Olist.read();
    say(olist);
    try (var rest = LiveStack.shared().rest()) {
      post(rest, "lead", "/leads/batch", olist.leadCommands());
      post(rest, "feedback", "/outcomes/batch", olist.dealCommands());

      counts(rest, "from=2017-01-01&to=2019-01-01");
    }
  }

  @Test
  void deals_told_before_their_leads_give_the_same_numbers() throws Exception {
    var olist = Olist.read().again(YEARS_EARLIER);
    say(olist);
    try (var rest = LiveStack.shared().rest()) {
      post(rest, "feedback", "/outcomes/batch", olist.dealCommands());
      post(rest, "lead", "/leads/batch", olist.leadCommands());

      counts(rest, "from=2007-01-01&to=2009-01-01");
    }
  }

  private static void say(Olist olist) {
    if (!olist.real()) {
      System.out.println("../shared/data/olist is absent: made-up data of the same shape");
    }
  }

  private static void post(
      Rest rest, String service, String path, List<Map<String, Object>> commands)
      throws IOException {
    for (var from = 0; from < commands.size(); from += LINES) {
      var lines = commands.subList(from, Math.min(from + LINES, commands.size()));
      var answers = rest.batch(service, "admin", path, lines);
      assertThat(answers).hasSameSizeAs(lines);
      assertThat(answers).noneMatch(answer -> answer.containsKey("errors"));
    }
  }

  private static void counts(Rest rest, String window) {
    var expected = new TreeMap<String, Funnel>();
    Olist.numbers()
        .forEach(
            (source, counts) ->
                expected.put(
                    source, new Funnel(counts[0], counts[0], counts[1], counts[1], counts[1])));
    await()
        .atMost(COUNTED)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              var answer = rest.get("reporting", "report", "/funnel?by=source&" + window);
              assertThat(Funnel.reported(answer.body())).isEqualTo(expected);
              assertThat(Funnel.total(answer.body()))
                  .isEqualTo(new Funnel(8000, 8000, 842, 842, 842));
              assertThat(Funnel.ended(answer.body())).isEqualTo(8000);
            });
  }
}
