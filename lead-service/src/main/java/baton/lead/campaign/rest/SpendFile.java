package baton.lead.campaign.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.command.Sum;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.contracts.SpendKind;
import baton.lead.campaign.DaySpend;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ad tools export of their cost, a line per day and campaign or several: lines about the same
 * day, campaign, kind and currency are added up. Either all of it is right or every bad line is
 * named.
 */
final class SpendFile {
  /** What a column says, and by what headings it goes. */
  private enum Field {
    DATE("date", "day"),
    CAMPAIGN("campaign", "campaignid", "campaign_id", "campaign id"),
    AMOUNT("amount", "cost", "spend"),
    CURRENCY("currency", "currency code", "currency_code"),
    KIND("kind");

    private final List<String> headings;

    Field(String... headings) {
      this.headings = List.of(headings);
    }

    String word() {
      return headings.getFirst();
    }
  }

  private record Key(String campaignId, LocalDate day, SpendKind kind, String currency) {}

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final List<Character> SEPARATORS = List.of(',', ';', '\t');
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}([.,][0-9]{1,9})?");
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  private final LocalDate latest;
  private final Faults faults = new Faults();
  private final Map<Field, Integer> columns = new EnumMap<>(Field.class);
  private final Map<Key, BigDecimal> sums = new LinkedHashMap<>();
  private int lines;

  private SpendFile(LocalDate latest) {
    this.latest = latest;
  }

  /** What a file says, and in how many lines. */
  record Told(List<DaySpend> spend, int lines) {}

  /**
   * @param latest the last day on which something can have been spent
   */
  static Told read(byte[] file, LocalDate latest) {
    return new SpendFile(latest).read(text(file));
  }

  private Told read(String text) {
    char separator = separator(text);
    try (var csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .ofCsvRecord(text)) {
      for (var line : csv) {
        if (columns.isEmpty()) {
          heading(line);
        } else {
          line(line);
        }
      }
    } catch (CsvParseException broken) {
      throw Problem.malformed("The file is no CSV: a quote is opened and never closed.");
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
    if (lines == 0) {
      faults.add("", "must have a line of headings and one for each day and campaign");
    }
    faults.throwIfAny();
    return new Told(
        sums.entrySet().stream()
            .map(
                sum ->
                    new DaySpend(
                        sum.getKey().campaignId(),
                        sum.getKey().day(),
                        sum.getKey().kind(),
                        Sum.money(sum.getValue(), sum.getKey().currency())))
            .toList(),
        lines);
  }

  private void heading(CsvRecord line) {
    for (var field : Field.values()) {
      for (int i = 0; i < line.getFieldCount(); i++) {
        if (field.headings.contains(line.getField(i).strip().toLowerCase(Locale.ROOT))) {
          columns.putIfAbsent(field, i);
        }
      }
      if (field != Field.KIND && !columns.containsKey(field)) {
        faults.add(
            "/lines/1/" + field.word(),
            "there is no such column; headings are date, campaign, amount, currency and,"
                + " if there is one, kind");
      }
    }
    faults.throwIfAny();
  }

  private void line(CsvRecord line) {
    lines++;
    var pointer = "/lines/" + line.getStartingLineNumber();
    var sum = new Sum(amount(line, pointer), value(line, Field.CURRENCY));
    sum.check(pointer, faults);
    var campaign = PlanBody.id(value(line, Field.CAMPAIGN), pointer + "/campaign", faults);
    var day = day(line, pointer);
    var kind = kind(value(line, Field.KIND), pointer + "/kind", faults);
    if (campaign != null && day != null && kind != null && !faults.any()) {
      var money = sum.money();
      sums.merge(new Key(campaign, day, kind, money.currency()), money.amount(), BigDecimal::add);
    }
  }

  private @Nullable LocalDate day(CsvRecord line, String pointer) {
    var text = value(line, Field.DATE);
    try {
      return day(text == null ? null : LocalDate.parse(text), latest, pointer + "/date", faults);
    } catch (DateTimeException no) {
      faults.add(pointer + "/date", "must be a date, as 2026-11-22");
      return null;
    }
  }

  /** A day on which something can have been spent. */
  static @Nullable LocalDate day(
      @Nullable LocalDate day, LocalDate latest, String pointer, Faults faults) {
    faults.require(day, pointer);
    if (day != null && (day.isBefore(EARLIEST) || day.isAfter(latest))) {
      faults.add(pointer, "must be a day from 2000-01-01 on, and not in the future");
      return null;
    }
    return day;
  }

  /** Exports of semicolons often have decimal commas. */
  private @Nullable BigDecimal amount(CsvRecord line, String pointer) {
    var text = value(line, Field.AMOUNT);
    if (text == null) {
      return null;
    }
    if (!DECIMAL.matcher(text).matches()) {
      faults.add(pointer + "/amount", "must be a decimal number, as 1250.00");
      return null;
    }
    return new BigDecimal(text.replace(',', '.'));
  }

  private static @Nullable SpendKind kind(@Nullable String word, String pointer, Faults faults) {
    return word == null
        ? SpendKind.MEDIA
        : faults.oneOf(SpendKind.values(), SpendKind::word, word.toLowerCase(Locale.ROOT), pointer);
  }

  private @Nullable String value(CsvRecord line, Field field) {
    var column = columns.get(field);
    if (column == null || column >= line.getFieldCount()) {
      return null;
    }
    var text = line.getField(column).strip();
    return text.isEmpty() ? null : text;
  }

  /** The one that stands most often in the line of headings. */
  private static char separator(String text) {
    var heading = text.lines().findFirst().orElse("");
    return SEPARATORS.stream()
        .max(
            java.util.Comparator.comparingLong(
                (Character each) -> heading.chars().filter(one -> one == each).count()))
        .orElse(',');
  }

  private static String text(byte[] file) {
    try {
      var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      if (text.indexOf('\0') >= 0) {
        throw Problem.malformed("The file holds a NUL character.");
      }
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException other) {
      throw Problem.malformed("The file is not in UTF-8.");
    }
  }
}
