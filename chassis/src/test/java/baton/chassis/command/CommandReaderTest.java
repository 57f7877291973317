package baton.chassis.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import baton.chassis.problem.Fault;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.contracts.Money;
import baton.contracts.Origin;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
  static final UUID ADA = UUID.fromString("01980f5a-3c00-7000-8000-000000000001");
  static final CommandReader READER = new CommandReader();

  record Person(@Nullable String email, @Nullable String firstName) {}

  record Mark(String system, String id) {}

  record Capture(
      @Nullable UUID leadId,
      @Nullable Person contact,
      @Nullable Origin origin,
      @Nullable Instant occurredAt,
      @Nullable LocalDate closes,
      @Nullable Money amount,
      @Nullable Integer rating,
      @Nullable Long employees,
      boolean qualified,
      @Nullable List<Mark> externalIds,
      @Nullable List<String> consent,
      @Nullable Map<String, Object> attributes,
      @Nullable JsonNode extra) {}

  @Test
  void a_whole_command_is_read() {
    var capture =
        READER.read(
            utf8(
                """
                {"leadId": "01980f5a-3c00-7000-8000-000000000001",
                 "contact": {"email": "ada@example.com", "firstName": "Ada"},
                 "origin": "inbound", "occurredAt": "2026-11-22T10:15:30.123456+01:00",
                 "closes": "2026-12-01", "amount": {"amount": "1250.00", "currency": "EUR"},
                 "rating": 5, "employees": 120, "qualified": true,
                 "externalIds": [{"system": "crm", "id": "7"}], "consent": ["email"],
                 "attributes": {"size": "XL", "deep": {"list": [1, null]}}, "extra": {"a": [true]}}
                """),
            Capture.class);

    assertThat(capture)
        .usingRecursiveComparison()
        .ignoringFields("extra", "attributes")
        .isEqualTo(
            new Capture(
                ADA,
                new Person("ada@example.com", "Ada"),
                Origin.INBOUND,
                Instant.parse("2026-11-22T09:15:30.123Z"),
                LocalDate.parse("2026-12-01"),
                new Money(new BigDecimal("1250.00"), "EUR"),
                5,
                120L,
                true,
                List.of(new Mark("crm", "7")),
                List.of("email"),
                null,
                null));
  }

  @Test
  void all_faults_are_named_at_once() {
    var problem =
        refusal(
            """
            {"leadId": "seven",
             "contact": {"email": 5, "first_name": "Ada", "shoe": {"size": [1]}},
             "origin": "outer space", "occurredAt": "2026-11-22", "closes": "2026-02-30",
             "amount": {"amount": "1,250.00", "currency": "EUR", "vat": 1},
             "rating": "5", "employees": 12.5, "qualified": "yes",
             "externalIds": [{"system": "crm", "id": "7"}, {"system": 1, "Id": []}],
             "consent": "email", "attributes": ["a"], "extra": 1, "emial": "x"}
            """);

    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.errors())
        .containsExactlyInAnyOrder(
            new Fault("/leadId", "must be an id, as \"01980f5a-3c00-7000-8000-000000000000\""),
            new Fault("/contact/email", "must be a text"),
            new Fault("/contact/first_name", "is not a known field; did you mean firstName?"),
            new Fault("/contact/shoe", "is not a known field"),
            new Fault("/origin", "must be one of inbound, outbound, partner, expansion"),
            new Fault(
                "/occurredAt", "must be a time with an offset, as \"2026-11-22T10:15:30+01:00\""),
            new Fault("/closes", "must be a date, as \"2026-11-22\""),
            new Fault("/amount/amount", "must be a decimal number, as \"1250.00\""),
            new Fault("/amount/vat", "is not a known field"),
            new Fault("/rating", "must be a whole number in range"),
            new Fault("/employees", "must be a whole number in range"),
            new Fault("/qualified", "must be true or false"),
            new Fault("/externalIds/1/system", "must be a text"),
            new Fault("/externalIds/1/Id", "is not a known field; did you mean id?"),
            new Fault("/consent", "must be a list"),
            new Fault("/attributes", "must be an object"),
            new Fault("/emial", "is not a known field"));
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("nothing", ""),
        arguments("blanks", " \n "),
        arguments("half an object", "{\"contact\": {\"email\": \"a"),
        arguments("a duplicate field", "{\"rating\": 1, \"rating\": 2}"),
        arguments("a duplicate field below", "{\"attributes\": {\"a\": 1, \"a\": 2}}"),
        arguments("two values", "{} {}"),
        arguments("a trailing bracket", "{}]"),
        arguments("a comment", "{/* */}"),
        arguments("single quotes", "{'rating': 1}"),
        arguments("NaN", "{\"rating\": NaN}"),
        arguments("33 levels", "{\"extra\":" + "[".repeat(33) + "]".repeat(33) + "}"),
        arguments("41 digits", "{\"rating\": " + "1".repeat(41) + "}"),
        arguments("41 digits in free data", "{\"extra\": " + "1".repeat(41) + "}"),
        arguments("a monstrous exponent", "{\"extra\": 1e999999999}"),
        arguments("a monstrous small exponent", "{\"attributes\": {\"a\": 1.0E-99999}}"),
        arguments("a long text", "{\"contact\": {\"email\": \"" + "a".repeat(10_001) + "\"}}"),
        arguments("an escaped NUL", "{\"contact\": {\"email\": \"a\\u0000b\"}}"),
        arguments("an escaped NUL in a name", "{\"attributes\": {\"a\\u0000b\": 1}}"),
        arguments("a lone high surrogate", "{\"contact\": {\"email\": \"\\ud83d\"}}"),
        arguments("a lone low surrogate", "{\"contact\": {\"email\": \"\\ude00\"}}"),
        arguments("two high surrogates", "{\"contact\": {\"email\": \"\\ud83d\\ud83d\"}}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformed(String what, String body) {
    var problem = refusal(body);

    assertThat(problem.status()).isEqualTo(400);
  }

  static Stream<byte[]> not_utf_8() {
    return Stream.of(
        "{\"rating\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_16BE),
        "{\"rating\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
        "{\"rating\": 1}".getBytes(java.nio.charset.StandardCharsets.UTF_16),
        "{\"rating\": 1}".getBytes(java.nio.charset.Charset.forName("UTF-32")),
        "{\"contact\": {\"email\": \"ä\"}}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
        new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'});
  }

  @ParameterizedTest
  @MethodSource
  void not_utf_8(byte[] body) {
    var problem = catchThrowableOfType(Problem.class, () -> READER.read(body, Capture.class));

    assertThat(problem.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "\"a\"", "true", "[]", "[{}]", "\"\""})
  void what_is_no_object_is_said_to_be_none(String body) {
    var problem = refusal(body);

    assertThat(problem.errors()).containsExactly(new Fault("", "must be an object"));
  }

  @Test
  void a_list_holds_no_nulls() {
    var problem = refusal("{\"consent\": [\"email\", null]}");

    assertThat(problem.errors()).containsExactly(new Fault("/consent/1", "must not be null"));
  }

  @Test
  void bad_elements_of_lists_are_named_once_and_end_nothing() {
    var problem =
        refusal(
            """
            {"consent": [5, "email", null, ["a", {"b": 1}], true],
             "externalIds": [null, 5, "", {"system": "crm", "id": 7}, [], {"system": "crm", "id": "7"}],
             "rating": "5"}
            """);

    assertThat(problem.errors())
        .containsExactly(
            new Fault("/consent/0", "must be a text"),
            new Fault("/consent/2", "must not be null"),
            new Fault("/consent/3", "must be a text"),
            new Fault("/consent/4", "must be a text"),
            new Fault("/externalIds/0", "must not be null"),
            new Fault("/externalIds/1", "must be an object"),
            new Fault("/externalIds/2", "must be an object"),
            new Fault("/externalIds/3/id", "must be a text"),
            new Fault("/externalIds/4", "must be an object"),
            new Fault("/rating", "must be a whole number in range"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\" \"", "\"a\"", "5", "true"})
  void what_has_another_shape_is_named_and_ends_nothing(String value) {
    var problem =
        refusal(
            """
            {"contact": %1$s, "amount": %1$s, "attributes": %1$s, "externalIds": %1$s,
             "consent": %1$s, "emial": 1}
            """
                .formatted(value));

    assertThat(problem.errors())
        .containsExactly(
            new Fault("/contact", "must be an object"),
            new Fault("/amount", "must be an object"),
            new Fault("/attributes", "must be an object"),
            new Fault("/externalIds", "must be a list"),
            new Fault("/consent", "must be a list"),
            new Fault("/emial", "is not a known field"));
  }

  @Test
  void nulls_within_free_data_are_data() {
    var capture = READER.read(utf8("{\"attributes\": {\"list\": [null, [null]]}}"), Capture.class);

    assertThat(capture.attributes()).hasToString("{list=[null, [null]]}");
  }

  @Test
  void what_follows_a_fault_must_still_be_json() {
    var problem = refusal("{\"consent\": [null], \"rating\": oops}");

    assertThat(problem.status()).isEqualTo(400);
  }

  @Test
  void emoji_are_no_lone_surrogates() {
    var capture =
        READER.read(utf8("{\"contact\": {\"email\": \"\\ud83d\\ude00😀\"}}"), Capture.class);

    assertThat(capture.contact()).isEqualTo(new Person("😀😀", null));
  }

  @Test
  void no_value_is_ever_said_back() {
    var problem =
        refusal(
            """
            {"leadId": "SECRET", "contact": {"email": ["SECRET"], "nickname": "SECRET"},
             "origin": "SECRET", "amount": {"amount": "SECRET"}, "externalIds": {"SECRET": 1}}
            """);

    assertThat(new String(problem.body(), UTF_8)).doesNotContain("SECRET");
  }

  @Test
  void further_checks_add_to_what_could_not_be_read() {
    var body = utf8("{\"leadId\": 7, \"rating\": 9}");

    var problem =
        catchThrowableOfType(
            Problem.class,
            () ->
                READER.read(
                    body,
                    Capture.class,
                    (capture, faults) -> {
                      faults.require(capture.leadId(), "/leadId");
                      faults.require(capture.contact(), "/contact");
                      faults.add("/rating", "must be between 1 and 5");
                    }));

    assertThat(problem.errors())
        .extracting(Fault::pointer)
        .containsExactly("/leadId", "/contact", "/rating");
  }

  @Test
  void a_list_with_a_bad_element_is_there() {
    var body = utf8("{\"consent\": [null]}");

    var problem =
        catchThrowableOfType(
            Problem.class,
            () ->
                READER.read(
                    body,
                    Capture.class,
                    (capture, faults) -> faults.require(capture.consent(), "/consent")));

    assertThat(problem.errors()).extracting(Fault::pointer).containsExactly("/consent/0");
  }

  @Test
  void a_line_that_is_not_json_is_a_fault_of_its_own() {
    var faults = new Faults();

    var capture = READER.read(utf8("{oops"), Capture.class, faults);

    assertThat(capture).isNull();
    assertThat(faults.list())
        .containsExactly(new Fault("", "The body is not JSON, at line 1, column 2."));
  }

  @Test
  void whatever_bytes_come_they_are_read_or_refused() {
    var random = new SplittableRandom(20261122);
    var seeds =
        List.of(
            "{\"contact\":{\"email\":\"a@b.c\",\"firstName\":null},\"rating\":5,\"qualified\":true}",
            "{\"externalIds\":[{\"system\":\"crm\",\"id\":\"7\"}],\"amount\":{\"amount\":1.5e2}}",
            "{\"attributes\":{\"a\":{\"b\":[1,2.5,null,\"\\u00e4\"]}},\"extra\":[[[]]]}");

    for (int i = 0; i < 50_000; i++) {
      var body = mutated(utf8(seeds.get(random.nextInt(seeds.size()))), random);
      try {
        READER.read(body, Capture.class);
      } catch (Problem refused) {
        assertThat(refused.status()).isIn(400, 422);
      }
    }
  }

  private static byte[] mutated(byte[] seed, SplittableRandom random) {
    var alphabet = utf8("{}[]\":,\\u0d8e+-.tfn \u0001\u0000\u007f09");
    var body = seed.clone();
    for (int n = random.nextInt(1, 6); n > 0; n--) {
      int at = random.nextInt(body.length);
      switch (random.nextInt(4)) {
        case 0 -> body[at] = (byte) random.nextInt(256);
        case 1 -> body[at] = alphabet[random.nextInt(alphabet.length)];
        case 2 -> body = java.util.Arrays.copyOf(body, Math.max(1, at));
        default -> {
          int from = random.nextInt(body.length);
          int length = Math.min(body.length - Math.max(at, from), random.nextInt(1, 12));
          System.arraycopy(body, from, body, at, length);
        }
      }
    }
    return body;
  }

  private static Problem refusal(String body) {
    return catchThrowableOfType(Problem.class, () -> READER.read(utf8(body), Capture.class));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
