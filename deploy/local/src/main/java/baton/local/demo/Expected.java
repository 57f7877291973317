package baton.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** What a funnel must come to, counted from the stories: a lead once, whichever pass got there. */
record Expected(int captured, int mql, int sal, int sql, int won) {
  static Expected of(List<Story> stories) {
    return count(stories, true);
  }

  static Expected ofFirstPasses(List<Story> stories) {
    return count(stories, false);
  }

  /** What a funnel says. */
  static Expected counted(JsonNode funnel) {
    var stages = funnel.path("total").path("stages");
    return new Expected(
        count(stages, "captured"),
        count(stages, "mql"),
        count(stages, "sal"),
        count(stages, "sql"),
        count(stages, "won"));
  }

  int all() {
    return captured + mql + sal + sql + won;
  }

  private static Expected count(List<Story> stories, boolean comebacks) {
    return new Expected(
        stories.size(),
        count(stories, comebacks, _ -> true),
        count(stories, comebacks, Chase::isAccepted),
        count(stories, comebacks, Chase::isQualified),
        count(stories, comebacks, chase -> chase.end() == Chase.End.WON));
  }

  private static int count(List<Story> stories, boolean comebacks, Predicate<Chase> reached) {
    return (int)
        stories.stream()
            .filter(
                story -> {
                  var chase = story.chase();
                  var comeback = story.comeback();
                  return (chase != null && reached.test(chase))
                      || (comebacks && comeback != null && reached.test(comeback.chase()));
                })
            .count();
  }

  private static int count(JsonNode stages, String stage) {
    return stages.path(stage).path("count").asInt();
  }
}
