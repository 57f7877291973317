package baton.lead.campaign.rest;

import baton.chassis.command.Sum;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.chassis.table.Csv;
import baton.chassis.table.Dialect;
import baton.chassis.table.Row;
import baton.chassis.table.Rows;
import baton.contracts.SpendKind;
import baton.lead.campaign.DaySpend;
import baton.lead.campaign.rest.WrittenAmount.DecimalSign;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What ad tools export of their cost, a line per day and campaign or several: lines about the same
 * day, campaign, kind and currency are added up. Either all of it is right or every bad line is
 * named.
 *
 * <p>An amount that can be read by one decimal sign alone is read by it. One that can be read by
 * either, as {@code 1,234}, is read as the others of its file are, if they agree.
 */
final class SpendFile {
  /** What a column says, and by what headings it goes, the surest first. */
  private enum Field {
    DATE("date", "day"),
    CAMPAIGN("campaign", "campaignid", "campaign_id", "campaign id", "campaign name"),
    AMOUNT("amount", "cost", "spend", "amount spent", "total spent"),
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

  /**
   * What the sender says of a file.
   *
   * @param currency of amounts beside which none stands
   */
  record Said(
      @Nullable Charset charset, @Nullable DecimalSign decimal, @Nullable String currency) {}

  private static final Pattern HEADING = Pattern.compile("(.*?)(?:\\s*\\(([A-Za-z]{3})\\))?");
  private static final DateTimeFormatter DOTTED =
      DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  private final Said said;
  private final LocalDate latest;
  private final Faults faults = new Faults();
  private final Map<Field, Integer> columns = new EnumMap<>(Field.class);
  private final Map<Key, BigDecimal> sums = new LinkedHashMap<>();
  private @Nullable String currency;
  private @Nullable DecimalSign decimal;

  private SpendFile(Said said, LocalDate latest) {
    this.said = said;
    this.latest = latest;
    this.currency = said.currency();
  }

  /** What a file says, and in how many lines. */
  record Told(List<DaySpend> spend, int lines) {}

  /**
   * @param latest the last day on which something can have been spent
   */
  static Told read(byte[] file, Said said, LocalDate latest) {
    Csv.refuseWorkbook(file);
    try {
      return new SpendFile(said, latest)
          .read(Rows.of(new ByteArrayInputStream(file), Dialect.of(file, said.charset())));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  private Told read(Rows rows) throws IOException {
    var header = rows.next();
    if (header != null && header.fault() != null) {
      throw Problem.malformed("The line of headings " + header.fault() + ".");
    }
    var lines = new ArrayList<Row>();
    for (var row = rows.next(); row != null; row = rows.next()) {
      lines.add(row);
    }
    if (header == null || lines.isEmpty()) {
      throw Problem.invalid("", "must have a line of headings and one for each day and campaign");
    }
    heading(header, lines);
    decimal = said.decimal() == null ? decimal(lines) : said.decimal();
    lines.forEach(this::line);
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
        lines.size());
  }

  private void heading(Row header, List<Row> lines) {
    for (var field : Field.values()) {
      field.headings.stream()
          .map(heading -> column(header, heading))
          .filter(column -> column >= 0)
          .findFirst()
          .ifPresent(column -> columns.put(field, column));
    }
    var amounts = columns.get(Field.AMOUNT);
    if (amounts != null && currency == null) {
      var heading = HEADING.matcher(header.cells().get(amounts).strip());
      currency =
          heading.matches() && heading.group(2) != null
              ? heading.group(2).toUpperCase(Locale.ROOT)
              : null;
    }
    for (var field : Field.values()) {
      boolean isSaidElsewhere =
          field == Field.CURRENCY
              && (currency != null
                  || lines.stream()
                      .anyMatch(line -> line.fault() != null || written(line).currency() != null));
      if (field != Field.KIND && !columns.containsKey(field) && !isSaidElsewhere) {
        faults.add(
            "/lines/" + header.line() + "/" + field.word(),
            "there is no such column; headings are date, campaign, amount, currency and,"
                + " if there is one, kind");
      }
    }
    faults.throwIfAny();
  }

  /** Where it stands, with a currency behind it or without; -1 where it doesn't. */
  private static int column(Row header, String wanted) {
    for (int i = 0; i < header.cells().size(); i++) {
      var cell = header.cells().get(i).strip().toLowerCase(Locale.ROOT);
      var heading = HEADING.matcher(cell);
      if (cell.equals(wanted) || heading.matches() && wanted.equals(heading.group(1))) {
        return i;
      }
    }
    return -1;
  }

  /** The sign that those show which show one, if it is the same; null where there is none. */
  private @Nullable DecimalSign decimal(List<Row> lines) {
    Set<DecimalSign> shown =
        lines.stream().flatMap(line -> written(line).shows().stream()).collect(Collectors.toSet());
    return shown.size() == 1 ? shown.iterator().next() : null;
  }

  private void line(Row line) {
    var pointer = "/lines/" + line.line();
    if (line.fault() != null) {
      faults.add(pointer, line.fault());
      return;
    }
    var sum = new Sum(amount(line, pointer + "/amount"), currency(line, pointer + "/amount"));
    sum.check(pointer, faults);
    var campaign = PlanBody.id(value(line, Field.CAMPAIGN), pointer + "/campaign", faults);
    var day = day(line, pointer);
    var kind = kind(value(line, Field.KIND), pointer + "/kind", faults);
    if (campaign != null && day != null && kind != null && !faults.any()) {
      var money = sum.money();
      sums.merge(new Key(campaign, day, kind, money.currency()), money.amount(), BigDecimal::add);
    }
  }

  private @Nullable LocalDate day(Row line, String pointer) {
    var text = value(line, Field.DATE);
    try {
      return day(text == null ? null : date(text), latest, pointer + "/date", faults);
    } catch (DateTimeException no) {
      faults.add(
          pointer + "/date",
          "must be a date, as 2026-11-22 or 22.11.2026; others have two readings");
      return null;
    }
  }

  private static LocalDate date(String text) {
    return text.indexOf('.') < 0 ? LocalDate.parse(text) : LocalDate.parse(text, DOTTED);
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

  private @Nullable BigDecimal amount(Row line, String pointer) {
    if (value(line, Field.AMOUNT) == null) {
      return null;
    }
    var written = written(line);
    if (said.decimal() == null && written.isPlain()) {
      return written.readings().values().iterator().next();
    }
    var amount = decimal == null ? null : written.readings().get(decimal);
    if (amount == null && !written.isNone() && decimal == null) {
      faults.add(
          pointer, "may be thousands or a fraction: say which by ?decimal=point or ?decimal=comma");
    } else if (amount == null) {
      faults.add(
          pointer,
          "must be a decimal number, as 1250.00 or 1.250,00 €"
              + (decimal == null ? "" : ", its decimal sign a " + decimal.word()));
    }
    return amount;
  }

  /** What the line says, or else what its heading or sender does; both may not differ. */
  private @Nullable String currency(Row line, String pointer) {
    var named = value(line, Field.CURRENCY);
    var beside = written(line).currency();
    if (named != null && beside != null && !named.equals(beside)) {
      faults.add(pointer, "is in another currency than its line says");
    }
    return named != null ? named : beside != null ? beside : currency;
  }

  private WrittenAmount written(Row line) {
    var text = value(line, Field.AMOUNT);
    return WrittenAmount.of(text == null ? "" : text);
  }

  private static @Nullable SpendKind kind(@Nullable String word, String pointer, Faults faults) {
    return word == null
        ? SpendKind.MEDIA
        : faults.oneOf(SpendKind.values(), SpendKind::word, word.toLowerCase(Locale.ROOT), pointer);
  }

  private @Nullable String value(Row line, Field field) {
    var column = columns.get(field);
    if (column == null || line.fault() != null) {
      return null;
    }
    var text = line.cells().get(column).strip();
    return text.isEmpty() ? null : text;
  }
}
