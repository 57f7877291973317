package baton.lead.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import baton.chassis.webhook.Delivered;
import baton.chassis.webhook.Proof;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProofTest {
  private static final String URL = "https://leads.example/webhooks/generic/a";

  /** A published signature over a body, sent when it says. */
  record Vector(String vendor, Kind kind, String secret, Instant sent, Delivered delivered) {
    boolean timed() {
      return delivered.headers().keySet().stream().anyMatch(name -> name.contains("timestamp"))
          || kind == Kind.CALENDLY;
    }

    Vector with(byte[] body) {
      return new Vector(
          vendor,
          kind,
          secret,
          sent,
          new Delivered(
              delivered.method(), delivered.url(), delivered.headers(), delivered.query(), body));
    }

    boolean holds(Instant now) {
      return kind.proof().holds(delivered, List.of(secret), now);
    }

    @Override
    public String toString() {
      return vendor;
    }
  }

  static Stream<Vector> vectors() throws IOException {
    var all = new ObjectMapper().readTree(Payloads.bytes("signature-vectors.json")).get("vectors");
    return StreamSupport.stream(all.spliterator(), false)
        .filter(one -> !one.path("vendor").asText().equals("linkedin-challenge"))
        .filter(ProofTest::hasBody)
        .map(ProofTest::vector);
  }

  private static boolean hasBody(JsonNode one) {
    return one.hasNonNull("body")
        || ProofTest.class.getResource("/payloads/" + one.path("bodyFile").asText()) != null;
  }

  private static Vector vector(JsonNode one) {
    var vendor = one.path("vendor").asText();
    var headers = new HashMap<String, List<String>>();
    one.path("headers")
        .properties()
        .forEach(
            entry ->
                headers.put(
                    entry.getKey().toLowerCase(Locale.ROOT), List.of(entry.getValue().asText())));
    var body =
        one.hasNonNull("body")
            ? one.get("body").asText().getBytes(UTF_8)
            : Payloads.bytes(one.path("bodyFile").asText());
    var kind =
        switch (vendor) {
          case "hubspot-v1", "hubspot-v3" -> Kind.HUBSPOT;
          case "meta" -> Kind.META_LEADGEN;
          case "standard-webhooks" -> Kind.GENERIC;
          default -> Kind.of(vendor).orElseThrow();
        };
    return new Vector(
        vendor,
        kind,
        one.path("secret").asText(),
        sent(headers),
        new Delivered(
            one.path("method").asText("POST"),
            one.path("url").asText(URL),
            headers,
            Map.of(),
            body));
  }

  private static Instant sent(Map<String, List<String>> headers) {
    for (var header : headers.entrySet()) {
      if (header.getKey().contains("timestamp")) {
        long at = Long.parseLong(header.getValue().getFirst());
        return at > 100_000_000_000L ? Instant.ofEpochMilli(at) : Instant.ofEpochSecond(at);
      }
      if (header.getKey().startsWith("calendly")) {
        var at = header.getValue().getFirst().replaceAll("t=(\\d+),.*", "$1");
        return Instant.ofEpochSecond(Long.parseLong(at));
      }
    }
    return Instant.parse("2026-01-01T00:00:00Z");
  }

  @Test
  void there_is_a_vector_of_every_tool_that_signs() throws IOException {
    assertThat(vectors().map(Vector::kind))
        .contains(
            Kind.HUBSPOT,
            Kind.META_LEADGEN,
            Kind.LINKEDIN,
            Kind.TYPEFORM,
            Kind.CALENDLY,
            Kind.INTERCOM,
            Kind.GENERIC);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void what_a_tool_signed_holds(Vector vector) {
    assertThat(vector.holds(vector.sent())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void the_second_of_two_secrets_holds_as_well(Vector vector) {
    var secrets = List.of("another", vector.secret());

    assertThat(vector.kind().proof().holds(vector.delivered(), secrets, vector.sent())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_flipped_bit_anywhere_is_refused(Vector vector) {
    var body = vector.delivered().body();
    for (int at = 0; at < body.length; at++) {
      var flipped = body.clone();
      flipped[at] ^= 1;
      assertThat(vector.with(flipped).holds(vector.sent())).as("byte " + at).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void the_same_json_written_anew_is_refused(Vector vector) throws IOException {
    var json = new ObjectMapper();
    var body =
        json.writerWithDefaultPrettyPrinter()
            .writeValueAsBytes(json.readTree(vector.delivered().body()));

    assertThat(vector.with(body).holds(vector.sent())).isFalse();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void another_secret_and_a_blank_one_are_refused(Vector vector) {
    assertThat(
            vector
                .kind()
                .proof()
                .holds(vector.delivered(), List.of("another", "", " "), vector.sent()))
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_stale_one_and_one_from_the_future_are_refused(Vector vector) {
    assumeThat(vector.timed()).isTrue();

    assertThat(vector.holds(vector.sent().plus(Duration.ofMinutes(6)))).isFalse();
    assertThat(vector.holds(vector.sent().minus(Duration.ofMinutes(6)))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void without_its_headers_nothing_holds(Vector vector) {
    for (var name : vector.delivered().headers().keySet()) {
      if (name.equals("x-hubspot-signature-version") && vector.vendor().endsWith("v3")) {
        continue;
      }
      var headers = new HashMap<>(vector.delivered().headers());
      headers.remove(name);
      var bare =
          new Delivered(
              vector.delivered().method(),
              vector.delivered().url(),
              headers,
              Map.of(),
              vector.delivered().body());
      assertThat(vector.kind().proof().holds(bare, List.of(vector.secret()), vector.sent()))
          .as(name)
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void what_proves_nothing_is_refused(Kind kind) {
    var bare = new Delivered("POST", URL, Map.of(), Map.of(), "{}".getBytes(UTF_8));

    assertThat(kind.proof().holds(bare, List.of("", "secret"), Instant.EPOCH)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"MAILCHIMP", "GRAVITY_FORMS", "UNBOUNCE", "WEBFLOW", "GENERIC"})
  void a_tool_that_signs_nothing_brings_the_secret_along(Kind kind) {
    var basic = "Basic " + Base64.getEncoder().encodeToString("baton:the-secret".getBytes(UTF_8));

    assertThat(
            List.of(
                asked(kind, Map.of(), Map.of("secret", List.of("the-secret"))),
                asked(kind, Map.of("x-baton-secret", List.of("the-secret")), Map.of()),
                asked(kind, Map.of("authorization", List.of(basic)), Map.of()),
                asked(kind, Map.of(), Map.of("secret", List.of("the-secret", "other"))),
                asked(kind, Map.of("x-baton-secret", List.of("the-secre")), Map.of())))
        .containsExactly(true, true, true, false, false);
  }

  @Test
  void google_and_segment_bring_their_key_in_the_body() {
    var google = "{\"lead_id\": \"1\", \"google_key\": \"k\"}";
    var twice = "{\"google_key\": \"x\", \"google_key\": \"k\"}";
    var nested = "{\"a\": {\"google_key\": \"k\"}}";

    assertThat(List.of(google, twice, nested).stream().map(text -> key(Kind.GOOGLE_ADS, text)))
        .containsExactly(true, false, false);
    assertThat(key(Kind.SEGMENT, "{\"writeKey\": \"k\"}")).isTrue();
  }

  @Test
  void a_bad_element_does_not_disprove_its_batch() {
    var twice = "{\"batch\": [{\"a\": 1, \"a\": 2}], \"writeKey\": \"k\"}";
    var deep = "{\"batch\": [" + "[".repeat(2_000) + "]".repeat(2_000) + "], \"writeKey\": \"k\"}";

    assertThat(List.of(twice, deep)).allMatch(body -> key(Kind.SEGMENT, body));
  }

  @Test
  void linkedin_hears_what_it_asks_for() throws IOException {
    var all = new ObjectMapper().readTree(Payloads.bytes("signature-vectors.json")).get("vectors");
    var one =
        StreamSupport.stream(all.spliterator(), false)
            .filter(vector -> vector.path("vendor").asText().equals("linkedin-challenge"))
            .findFirst()
            .orElseThrow();

    assertThat(
            Proof.linkedinResponse(one.path("challengeCode").asText(), one.path("secret").asText()))
        .contains(one.path("challengeResponse").asText());
  }

  @Test
  void nobody_gets_a_signature_by_asking_for_one() {
    assertThat(Proof.linkedinResponse("hmacsha256={\"leadAction\":\"DELETED\"}", "secret"))
        .isEmpty();
    assertThat(Proof.linkedinResponse("hmacsha256=x", "secret")).isEmpty();
  }

  private static boolean asked(
      Kind kind, Map<String, List<String>> headers, Map<String, List<String>> query) {
    var delivered = new Delivered("POST", URL, headers, query, "{}".getBytes(UTF_8));
    return kind.proof().holds(delivered, List.of("the-secret"), Instant.EPOCH);
  }

  private static boolean key(Kind kind, String body) {
    var delivered = new Delivered("POST", URL, Map.of(), Map.of(), body.getBytes(UTF_8));
    return kind.proof().holds(delivered, List.of("k"), Instant.EPOCH);
  }
}
