package baton.local.load;

import baton.local.client.Rest;
import baton.local.client.Verdict;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Sends commands that rows mean, a few hundred at once. */
interface Posting {
  /** What became of each, in order. */
  List<Became> post(List<ObjectNode> commands);

  /**
   * @param words what the services called it, as {@code captured}
   * @param refusals why they didn't take all of it
   */
  record Became(List<String> words, List<String> refusals) {
    Became and(Became further) {
      return new Became(
          Stream.concat(words.stream(), further.words.stream()).toList(),
          Stream.concat(refusals.stream(), further.refusals.stream()).toList());
    }
  }

  static Posting of(Posts posts, Rest rest) {
    return posts == Posts.HISTORY
        ? new Histories(rest)
        : commands -> post(rest, posts.service(), posts.path(), commands);
  }

  static List<Became> post(Rest rest, String service, String path, List<ObjectNode> commands) {
    return rest.batch(service, "admin", path, commands).stream()
        .map(
            answer ->
                Verdict.refusal(answer)
                    .map(why -> new Became(List.of(), List.of(why)))
                    .orElseGet(
                        () ->
                            new Became(
                                List.of(
                                    answer
                                        .path("outcome")
                                        .asText(answer.path("state").asText("taken"))),
                                List.of())))
        .toList();
  }
}
