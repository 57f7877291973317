package baton.chassis.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be done to a value on its way. A value that it can't be done to is none. */
enum Transform {
  /** Seconds since 1970. */
  SECONDS(value -> time(number(value).map(Instant::ofEpochSecond))),

  /** Milliseconds since 1970. */
  MILLIS(value -> time(number(value).map(Instant::ofEpochMilli))),

  /** A time with any offset, as {@code 2015-02-28T08:49:14+0000}; microseconds are cut. */
  TIME(value -> time(parsed(() -> Tables.TIMES.parse(value.asText().strip(), Instant::from)))),

  /** A date and time without an offset that means UTC, as {@code 2014-10-22 13:10:40}. */
  UTC(
      value ->
          time(
              parsed(
                  () ->
                      LocalDateTime.parse(value.asText().strip().replace(' ', 'T'))
                          .toInstant(ZoneOffset.UTC)))),

  /** The id at the end of a URN, as {@code urn:li:leadGenFormResponse:1a2b3c-4}. */
  URN(
      value -> {
        var text = value.asText().strip();
        return Optional.of(TextNode.valueOf(text.substring(text.lastIndexOf(':') + 1)));
      }),

  /** An ISO 3166 country of two letters from one of three, or from its English name. */
  COUNTRY(value -> Optional.ofNullable(country(value.asText().strip())).map(TextNode::valueOf)),

  /** Yes or no, however a form says it. */
  YES(value -> said(value.asText().strip()).map(BooleanNode::valueOf)),

  /** No where a form says yes, and the other way round. */
  NOT(value -> said(value.asText().strip()).map(yes -> BooleanNode.valueOf(!yes))),

  /** The first of what an object holds, as a text in the one language there is. */
  ANY(value -> value.isObject() ? value.valueStream().findFirst() : Optional.of(value)),

  /** A number, with a decimal point if any. */
  NUMBER(value -> decimal(value.asText().strip()).map(DecimalNode::valueOf)),

  /** In small letters. */
  LOWER(value -> Optional.of(TextNode.valueOf(value.asText().strip().toLowerCase(Locale.ROOT)))),

  /** The day of a date or a time. */
  DAY(
      value -> {
        var text = value.asText().strip();
        var day = LocalDate.parse(text.substring(0, Math.min(10, text.length())));
        return Optional.of(TextNode.valueOf(day.toString()));
      }),

  /** An amount given in hundredths. */
  CENTS(
      value ->
          number(value)
              .map(cents -> TextNode.valueOf(BigDecimal.valueOf(cents, 2).toPlainString()))),

  /** In small letters, with dashes for spaces. */
  WORD(
      value ->
          Optional.of(
              TextNode.valueOf(
                  value.asText().strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")))),

  /** The host of an address, said with its scheme or without, without {@code www.}. */
  HOST(value -> site(value).map(URI::getHost).map(Transform::bare).map(TextNode::valueOf));

  private final Function<JsonNode, Optional<? extends JsonNode>> doing;

  Transform(Function<JsonNode, Optional<? extends JsonNode>> doing) {
    this.doing = doing;
  }

  @Nullable JsonNode of(JsonNode value) {
    try {
      return doing.apply(value).orElse(null);
    } catch (DateTimeException | ArithmeticException beyond) {
      return null;
    }
  }

  static Optional<Transform> named(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A date in a form of somebody's. */
  static @Nullable JsonNode date(JsonNode value, DateForm form) {
    return time(parsed(() -> form.instant(value.asText().strip()))).orElse(null);
  }

  /** A parameter of an address's query, decoded. */
  static @Nullable JsonNode parameter(JsonNode value, String name) {
    return address(value)
        .map(URI::getRawQuery)
        .flatMap(
            query ->
                Arrays.stream(query.split("&", -1))
                    .filter(pair -> pair.startsWith(name + "="))
                    .map(pair -> pair.substring(name.length() + 1))
                    .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
                    .filter(text -> !text.isBlank())
                    .findFirst())
        .map(TextNode::valueOf)
        .orElse(null);
  }

  /**
   * When it happened by our clock: as long before it was received as, by the sender's clock, it was
   * before it was sent.
   */
  static @Nullable JsonNode since(JsonNode at, JsonNode sent, Instant receivedAt) {
    var happened = instant(at);
    var left = instant(sent);
    return happened == null || left == null
        ? null
        : time(parsed(() -> receivedAt.minus(Duration.between(happened, left)))).orElse(null);
  }

  private static @Nullable Instant instant(JsonNode value) {
    return parsed(() -> Tables.TIMES.parse(value.asText().strip(), Instant::from)).orElse(null);
  }

  private static Optional<URI> address(JsonNode value) {
    try {
      return Optional.of(URI.create(value.asText().strip()));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  private static Optional<URI> site(JsonNode value) {
    var text = value.asText().strip();
    return address(TextNode.valueOf(text.contains("//") ? text : "//" + text));
  }

  private static String bare(String host) {
    return host.startsWith("www.") ? host.substring(4) : host;
  }

  private static Optional<Long> number(JsonNode value) {
    try {
      return Optional.of(Long.parseLong(value.asText().strip()));
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> decimal(String text) {
    return Tables.NUMERAL.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private interface Parsing {
    Instant parse();
  }

  private static Optional<Instant> parsed(Parsing parsing) {
    try {
      return Optional.of(parsing.parse());
    } catch (DateTimeException | ArithmeticException other) {
      return Optional.empty();
    }
  }

  private static Optional<TextNode> time(Optional<Instant> at) {
    return at.map(
        instant -> TextNode.valueOf(Instant.ofEpochMilli(instant.toEpochMilli()).toString()));
  }

  private static @Nullable String country(String given) {
    return Tables.COUNTRIES.get(given.toUpperCase(Locale.ROOT));
  }

  private static Optional<Boolean> said(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on", "y" -> Optional.of(true);
      case "0", "false", "no", "off", "n" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** What an enum can't hold before its constants. */
  private static final class Tables {
    private static final Pattern NUMERAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,18})?");

    private static final DateTimeFormatter TIMES =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private static final Map<String, String> COUNTRIES = countries();

    private static Map<String, String> countries() {
      var countries = new HashMap<String, String>();
      for (var code : Locale.getISOCountries()) {
        var place = Locale.of("", code);
        countries.put(code, code);
        countries.putIfAbsent(place.getISO3Country().toUpperCase(Locale.ROOT), code);
        countries.putIfAbsent(
            place.getDisplayCountry(Locale.ENGLISH).toUpperCase(Locale.ROOT), code);
      }
      // reserved, but what people say
      countries.put("UK", "GB");
      countries.put("USA", "US");
      countries.put("HONG KONG", "HK");
      countries.put("MACAU", "MO");
      countries.put("RUSSIAN FEDERATION", "RU");
      countries.put("VIET NAM", "VN");
      countries.put("TURKEY", "TR");
      return countries;
    }
  }
}
