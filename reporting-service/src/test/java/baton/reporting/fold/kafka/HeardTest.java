package baton.reporting.fold.kafka;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HeardTest {
  /** An operation of this service in the AsyncAPI document that isn't marked as planned. */
  private static final Pattern HEARS =
      Pattern.compile("  reporting-service-hears-([a-z-]+):\n(?:    (?!x-planned).*\n)*(?!    )");

  private static final List<String> WHAT_THE_CHASSIS_HEARS =
      List.of(Topic.ACCESS_KEY.topicName(), Topic.CHARTER.topicName());

  private static final List<String> WHAT_IS_HEARD_BESIDE_THE_FOLD =
      List.of(Topic.CAMPAIGN.topicName(), Topic.CONTENT_REQUEST.topicName());

  @Test
  void the_fold_hears_what_the_published_document_says() throws IOException {
    var document = document();

    var said =
        HEARS.matcher(document).results().map(HeardTest::topic).collect(toCollection(TreeSet::new));

    var heard = new TreeSet<>(Heard.topics());
    heard.addAll(WHAT_THE_CHASSIS_HEARS);
    heard.addAll(WHAT_IS_HEARD_BESIDE_THE_FOLD);
    assertThat(said).isEqualTo(heard);
  }

  private static String topic(MatchResult operation) {
    return operation.group(1);
  }

  private static String document() throws IOException {
    try (var in = HeardTest.class.getResourceAsStream("/asyncapi.yaml")) {
      if (in == null) {
        throw new AssertionError("the contracts hold no asyncapi.yaml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
