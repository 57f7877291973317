package baton.charter.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every answer is compared with that of a program in another language, which steps through each
 * minute and asks the wall clock of the system's own zone rules. Stretches in which those rules
 * differ from this JVM's are left out, counted and named. {@code -Dbaton.oracle.stretches=14000}
 * asks a million questions.
 */
class OracleTest {
  private static final int STRETCHES = Integer.getInteger("baton.oracle.stretches", 1_400);
  private static final int ASKS = 80;
  private static final int MINUTES = 8 * 24 * 60;
  private static final long DAY = 86_400;
  private static final Instant FIRST = Instant.parse("1975-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2037-12-01T00:00:00Z");

  /** Where clocks do what nobody expects, and when. */
  private static final List<Place> ODD =
      List.of(
          new Place("Africa/Casablanca", "2024-03-10T02:00:00Z"),
          new Place("Africa/Casablanca", "2024-04-14T02:00:00Z"),
          new Place("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
          new Place("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
          new Place("Pacific/Apia", "2011-12-30T10:00:00Z"),
          new Place("Pacific/Kwajalein", "1993-08-21T12:00:00Z"),
          new Place("America/St_Johns", "2006-10-29T02:31:00Z"),
          new Place("America/Havana", "2026-11-01T05:00:00Z"),
          new Place("America/Santiago", "2026-09-06T04:00:00Z"),
          new Place("Antarctica/Troll", "2026-03-29T01:00:00Z"),
          new Place("Europe/Dublin", "2026-10-25T01:00:00Z"),
          new Place("Asia/Pyongyang", "2018-05-04T15:00:00Z"));

  private static final List<Holidays> HOLIDAYS =
      Stream.of("DE-BE", "DE-BY", "US", "FR", "GB", "MA", "JP", "AU")
          .map(place -> place.split("-", -1))
          .map(place -> Holidays.of(place[0], place.length > 1 ? place[1] : null))
          .toList();

  private record Place(String zone, Instant near) {
    Place(String zone, String near) {
      this(zone, Instant.parse(near));
    }
  }

  private record Ask(String kind, long second, long amount) {
    @Nullable Long answeredBy(Calendar calendar, long end) {
      var at = Instant.ofEpochSecond(second);
      var answer =
          switch (kind) {
            case "add" -> calendar.add(at, Duration.ofSeconds(amount)).getEpochSecond();
            case "days" -> calendar.addBusinessDays(at, (int) amount).getEpochSecond();
            case "opening" -> calendar.nextOpening(at).getEpochSecond();
            case "between" -> calendar.between(at, at.plusSeconds(amount)).toSeconds();
            default -> calendar.isOpen(at) ? 1L : 0L;
          };
      return kind.equals("between") || answer <= end ? answer : null;
    }
  }

  private record Stretch(
      Place place, Calendar calendar, long from, List<Ask> asks, String question) {
    long end() {
      return from + MINUTES * 60L;
    }
  }

  @TempDir Path directory;

  @Test
  void business_time_is_what_python_counts_minute_by_minute() throws IOException {
    var oracle = start();
    var random = new SplittableRandom(20_261_122);
    var stretches = stretches(random);
    Thread.ofVirtual().start(() -> ask(oracle, stretches));

    var compared = 0;
    var left = new TreeMap<String, Integer>();
    var wrong = new ArrayList<String>();
    try (var told =
        new BufferedReader(
            new InputStreamReader(oracle.getInputStream(), StandardCharsets.UTF_8))) {
      for (var stretch : stretches) {
        var line = Objects.requireNonNull(told.readLine(), "the oracle fell silent");
        var answers = new ObjectMapper().readTree(line).get("answers");
        if (answers == null) {
          left.merge(stretch.place().zone(), 1, Integer::sum);
        } else {
          compared += compare(stretch, answers, wrong);
        }
      }
    } finally {
      oracle.destroy();
    }
    System.out.printf(
        "business time: %d answers compared with python3, %d wrong; %d of %d stretches left out"
            + " where its zone rules differ from %s: %s%n",
        compared,
        wrong.size(),
        left.values().stream().mapToInt(Integer::intValue).sum(),
        stretches.size(),
        ZoneData.tzdbVersion(),
        left);

    assertThat(wrong).isEmpty();
    assertThat(compared).isGreaterThan(STRETCHES * ASKS * 9 / 10);
  }

  private static int compare(Stretch stretch, JsonNode answers, List<String> wrong) {
    for (var i = 0; i < stretch.asks().size(); i++) {
      var ask = stretch.asks().get(i);
      var expected = answers.get(i).isNull() ? null : (Long) answers.get(i).asLong();
      var actual = ask.answeredBy(stretch.calendar(), stretch.end());
      if (!Objects.equals(actual, expected) && !beyond(stretch, actual, expected)) {
        wrong.add(
            "%s: %s is %s, python3 says %s".formatted(stretch.question(), ask, actual, expected));
      }
    }
    return stretch.asks().size();
  }

  /**
   * The last minute's end can be reached by counting, though no minute of the stretch begins there.
   */
  private static boolean beyond(Stretch stretch, @Nullable Long actual, @Nullable Long expected) {
    return expected == null && actual != null && actual == stretch.end();
  }

  private Process start() throws IOException {
    var script = directory.resolve("oracle.py");
    try (var source = Objects.requireNonNull(OracleTest.class.getResourceAsStream("/oracle.py"))) {
      Files.copy(source, script);
    }
    try {
      var check =
          new ProcessBuilder("python3", "-c", "import zoneinfo; zoneinfo.ZoneInfo('Pacific/Apia')");
      assumeTrue(
          check.redirectErrorStream(true).start().onExit().join().exitValue() == 0,
          "skipped: python3 has no zoneinfo here (Python 3.9 and a zone database)");
      return new ProcessBuilder("python3", script.toString())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException _) {
      assumeTrue(false, "skipped: there is no python3 here");
      throw new IllegalStateException();
    }
  }

  private static void ask(Process oracle, List<Stretch> stretches) {
    try (var questions = new OutputStreamWriter(oracle.getOutputStream(), StandardCharsets.UTF_8)) {
      for (var stretch : stretches) {
        questions.write(stretch.question() + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Stretch> stretches(SplittableRandom random) {
    var zones =
        ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.contains("/") && !zone.startsWith("SystemV/"))
            .sorted()
            .toList();
    var stretches = new ArrayList<Stretch>();
    for (var i = 0; i < STRETCHES; i++) {
      stretches.add(
          stretch(
              random,
              i % 10 == 9
                  ? ODD.get(i / 10 % ODD.size())
                  : anyPlace(random, zones.get(i % zones.size()))));
    }
    return stretches;
  }

  private static Place anyPlace(SplittableRandom random, String zone) {
    var near =
        Instant.ofEpochSecond(random.nextLong(FIRST.getEpochSecond(), LAST.getEpochSecond()));
    var change = ZoneId.of(zone).getRules().nextTransition(near);
    return new Place(
        zone,
        change != null && random.nextInt(4) > 0 && change.getInstant().isBefore(LAST)
            ? change.getInstant()
            : near);
  }

  private static Stretch stretch(SplittableRandom random, Place place) {
    var zone = ZoneId.of(place.zone());
    var from =
        Math.floorDiv(place.near().getEpochSecond(), 60) * 60 - random.nextLong(5 * 1440) * 60;
    var week = Calendars.anyWeek(random);
    var first = Instant.ofEpochSecond(from).atZone(zone).toLocalDate();
    var holidays = HOLIDAYS.get(random.nextInt(HOLIDAYS.size()));
    var dates = Calendars.anyDates(random, first, 9);
    var calendar = new Calendar(zone, week, holidays, dates);
    var edges = edges(calendar, from);
    var asks =
        IntStream.range(0, ASKS).mapToObj(_ -> anyAsk(random, calendar, from, edges)).toList();
    var known = new TreeSet<LocalDate>(dates);
    known.addAll(holidays.in(first.getYear()).keySet());
    known.addAll(holidays.in(first.getYear() + 1).keySet());
    return new Stretch(place, calendar, from, asks, question(zone, week, known, from, asks));
  }

  /** When it opens and closes in the first days of a stretch: where mistakes are made. */
  private static List<Long> edges(Calendar calendar, long from) {
    var told =
        calendar
            .counted(
                Instant.ofEpochSecond(from + 60), Instant.ofEpochSecond(from + 5 * DAY), MINUTES)
            .told();
    return Stream.concat(told.stream().map(Counted.Span::from), told.stream().map(Counted.Span::to))
        .map(Instant::getEpochSecond)
        .toList();
  }

  private static Ask anyAsk(
      SplittableRandom random, Calendar calendar, long from, List<Long> edges) {
    var start = from + 60 + random.nextLong(5 * DAY);
    if (random.nextBoolean()) {
      start -= Math.floorMod(start, 60L);
    }
    if (!edges.isEmpty() && random.nextInt(4) == 0) {
      start = Math.max(from, edges.get(random.nextInt(edges.size())) + random.nextInt(-1, 2));
    }
    return switch (random.nextInt(16)) {
      case 0 -> new Ask("open", start, 0);
      case 1 -> new Ask("opening", start, 0);
      case 2, 3 -> new Ask("between", start, random.nextLong(2 * DAY));
      case 4, 5, 6, 7 -> new Ask("days", start, random.nextInt(4));
      case 8 -> new Ask("add", start, random.nextLong(2 * DAY));
      case 9, 10 -> new Ask("add", start, random.nextLong(600));
      case 11, 12 -> new Ask("add", start, toAnEdge(random, calendar, start, edges));
      default -> new Ask("add", start, random.nextLong(8 * 60) * 60);
    };
  }

  private static long toAnEdge(
      SplittableRandom random, Calendar calendar, long start, List<Long> edges) {
    var edge = edges.isEmpty() ? start : edges.get(random.nextInt(edges.size()));
    return calendar.between(Instant.ofEpochSecond(start), Instant.ofEpochSecond(edge)).toSeconds();
  }

  private static String question(
      ZoneId zone,
      java.util.Map<DayOfWeek, List<Hours>> week,
      Set<LocalDate> closed,
      long from,
      List<Ask> asks) {
    var json = new ObjectMapper().createObjectNode();
    json.put("zone", zone.getId()).put("from", from).put("minutes", MINUTES);
    var days = json.putArray("week");
    for (var day : DayOfWeek.values()) {
      var hours = days.addArray();
      week.getOrDefault(day, List.of())
          .forEach(open -> hours.addArray().add(open.from()).add(open.until()));
    }
    var dates = json.putArray("closed");
    closed.forEach(date -> dates.add(date.toString()));
    var offsets = json.putArray("offsets");
    offsets(zone, from).forEach(offset -> offsets.addArray().add(offset[0]).add(offset[1]));
    var questions = json.putArray("asks");
    asks.forEach(ask -> questions.addArray().add(ask.kind()).add(ask.second()).add(ask.amount()));
    return json.toString();
  }

  /** From which minute of the stretch on which offset holds, in seconds. */
  private static List<long[]> offsets(ZoneId zone, long from) {
    var offsets = new ArrayList<long[]>();
    var rules = zone.getRules();
    var at = Instant.ofEpochSecond(from);
    offsets.add(new long[] {0, rules.getOffset(at).getTotalSeconds()});
    for (var next = rules.nextTransition(at);
        next != null && next.getInstant().getEpochSecond() < from + MINUTES * 60L;
        next = rules.nextTransition(next.getInstant())) {
      if (!next.getDuration().isZero()) {
        offsets.add(
            new long[] {
              Math.ceilDiv(next.getInstant().getEpochSecond() - from, 60L),
              next.getOffsetAfter().getTotalSeconds()
            });
      }
    }
    return offsets;
  }
}
