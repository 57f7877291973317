package baton.chassis.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
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

  /** Yes, however a form says it. */
  YES(
      value ->
          Optional.of(
              BooleanNode.valueOf(
                  value.isBoolean() ? value.booleanValue() : said(value.asText().strip())))),

  /** The host of an address, without {@code www.}. */
  HOST(value -> address(value).map(URI::getHost).map(Transform::bare).map(TextNode::valueOf));

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
    return Arrays.stream(values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
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

  private static Optional<URI> address(JsonNode value) {
    try {
      return Optional.of(URI.create(value.asText().strip()));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
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

  private interface Parsing {
    Instant parse();
  }

  private static Optional<Instant> parsed(Parsing parsing) {
    try {
      return Optional.of(parsing.parse());
    } catch (DateTimeException other) {
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

  private static boolean said(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "on", "y" -> true;
      default -> false;
    };
  }

  /** What an enum can't hold before its constants. */
  private static final class Tables {
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
      return countries;
    }
  }
}
