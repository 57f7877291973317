package baton.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the AsyncAPI document and the services to each other: what a service is configured to hear
 * and what events it makes is what the document says it does, no more and no less.
 */
class ChannelsTest {
  private static final Pattern INCOMING =
      Pattern.compile("mp\\.messaging\\.incoming\\.([^.]+)\\.connector");

  /** The chassis listens to them in every service. */
  private static final Set<String> HEARD_BY_ALL =
      Set.of(Topic.ACCESS_KEY.topicName(), Topic.CHARTER.topicName());

  @ParameterizedTest
  @ValueSource(strings = {"lead-service", "handoff-service", "feedback-service"})
  void a_service_hears_what_the_document_says(String service) throws IOException {
    var heard = heard(sources(service).resolve("resources/application.properties"));

    assertThat(heard).isEqualTo(said(service, "receive"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"lead-service", "handoff-service", "feedback-service", "reporting-service"})
  void a_service_makes_the_events_that_the_document_says(String service) throws IOException {
    var made = made(sources(service).resolve("java"));

    assertThat(made).isEqualTo(said(service, "send"));
  }

  private static Path sources(String service) {
    var sources = Path.of("..", service, "src", "main");
    assumeTrue(Files.isDirectory(sources), service + " is not here");
    return sources;
  }

  private static Set<String> heard(Path configuration) throws IOException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(configuration)) {
      properties.load(in);
    }
    var heard = new TreeSet<>(HEARD_BY_ALL);
    for (var name : properties.stringPropertyNames()) {
      var incoming = INCOMING.matcher(name);
      if (incoming.matches()) {
        var channel = incoming.group(1);
        heard.add(properties.getProperty("mp.messaging.incoming." + channel + ".topic", channel));
      }
    }
    return heard;
  }

  /** A service without an outbox publishes nothing, whatever events it makes for itself. */
  private static Set<String> made(Path sources) throws IOException {
    var code = new StringBuilder();
    try (var files = Files.walk(sources)) {
      for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        code.append(Files.readString(file));
      }
    }
    if (code.indexOf("import baton.chassis.outbox.Outbox;") < 0) {
      return Set.of();
    }
    return Arrays.stream(Topic.values())
        .filter(
            topic ->
                Pattern.compile(
                        "new (baton\\.contracts\\.)?" + topic.event().getSimpleName() + "\\(")
                    .matcher(code)
                    .find())
        .map(Topic::topicName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> said(String service, String action) throws IOException {
    return new YAMLMapper()
        .readTree(Golden.bytes("/asyncapi.yaml"))
        .path("operations")
        .valueStream()
        .filter(operation -> operation.path("action").asText().equals(action))
        .filter(operation -> operation.at("/tags/0/name").asText().equals(service))
        .filter(operation -> !operation.path("x-planned").asBoolean())
        .map(ChannelsTest::topic)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String topic(JsonNode operation) {
    return operation.at("/channel/$ref").asText().substring("#/channels/".length());
  }
}
