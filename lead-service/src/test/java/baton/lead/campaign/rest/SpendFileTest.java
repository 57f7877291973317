package baton.lead.campaign.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import baton.contracts.Money;
import baton.contracts.SpendKind;
import baton.lead.campaign.DaySpend;
import baton.lead.campaign.rest.SpendFile.Said;
import baton.lead.campaign.rest.WrittenAmount.DecimalSign;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpendFileTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
  private static final Said NOTHING_SAID = new Said(null, null, null);
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date,campaign,amount,currency\n2026-03-01,spring,12.50,EUR\n",
        "\uFEFFDay;Campaign;Cost;Currency\r\n2026-03-01;spring;12,50;EUR\r\n",
        "sep=;\r\n\"Date\" ;Campaign name;Amount spent (EUR)\r\n01.03.2026;\"spring\" ;12,50\r\n",
        "Day,Campaign,Cost\n2026-03-01,spring,\"EUR 12.50\"\n",
        "Day;Campaign;Cost;Currency code\n2026-03-01;spring;12,50 €;EUR\n",
        "currency\tspend\tcampaign\tday\tclicks\nEUR\t12.5\t\"spring\"\t2026-03-01\t7\n\n",
      })
  void an_export_is_read_whatever_its_dialect(String file) {
    assertThat(read(file).spend())
        .containsExactly(new DaySpend("spring", FIRST, SpendKind.MEDIA, euro("12.50")));
  }

  @Test
  void an_export_is_read_in_the_letters_it_is_written_in() {
    var file = "Day\tCampaign\tCost\n2026-03-01\tFrühling\t€12.50\n";
    var windows = Charset.forName("windows-1252");
    var spent = List.of(new DaySpend("Frühling", FIRST, SpendKind.MEDIA, euro("12.50")));

    assertThat(SpendFile.read(file.getBytes(windows), new Said(windows, null, null), TODAY).spend())
        .isEqualTo(spent);
    assertThat(
            SpendFile.read(
                    ("\uFEFF" + file).getBytes(StandardCharsets.UTF_16LE), NOTHING_SAID, TODAY)
                .spend())
        .isEqualTo(spent);
    assertThat(
            catchThrowableOfType(
                    Problem.class,
                    () -> SpendFile.read(file.getBytes(windows), NOTHING_SAID, TODAY))
                .errors())
        .containsExactly(
            new Fault("/lines/2", "holds bytes that aren't UTF-8: say another charset"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1250 | 1250.00",
        "1250.5 | 1250.50",
        "1250,5 | 1250.50",
        "1,250.00 | 1250.00",
        "1.250,00 | 1250.00",
        "1 250,00 | 1250.00",
        "1'250.00 | 1250.00",
        "1’250 | 1250.00",
        "\"1\u202F250\" | 1250.00",
        "1,250,000 | 1250000.00",
        "0.125 | 0.125",
        "0,125 | 0.125",
        "1250.125 | 1250.125",
        "€1,250.00 | 1250.00",
        "1.250,00 EUR | 1250.00",
        "0 | 0.00",
      })
  void an_amount_with_one_reading_has_it(String cell, BigDecimal amount) {
    assertThat(read("date;campaign;amount;currency\n2026-03-01;spring;" + cell + ";EUR\n").spend())
        .containsExactly(new DaySpend("spring", FIRST, SpendKind.MEDIA, new Money(amount, "EUR")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1,25,0",
        "12,50.000,0",
        "1.250.00",
        "(5)",
        "--",
        "12.50 XYZ",
        "$1€",
        "1e3",
        ".5",
        "NaN"
      })
  void what_is_no_amount_is_refused(String cell) {
    var refused =
        catchThrowableOfType(
            Problem.class,
            () -> read("date;campaign;amount;currency\n2026-03-01;spring;" + cell + ";EUR\n"));

    assertThat(refused.errors().stream().map(Fault::pointer)).containsExactly("/lines/2/amount");
  }

  @Test
  void an_amount_with_two_readings_is_read_as_the_others_of_its_file() {
    var points =
        "date;campaign;amount;currency\n2026-03-01;spring;1,234;EUR\n2026-03-02;spring;0.50;EUR\n";
    var commas = points.replace("0.50", "0,50");

    assertThat(read(points).spend().getFirst().amount()).isEqualTo(euro("1234.00"));
    assertThat(read(commas).spend().getFirst().amount()).isEqualTo(euro("1.234"));
  }

  @Test
  void an_amount_with_two_readings_is_refused_where_nothing_tells_them_apart() {
    var alone = "date;campaign;amount;currency\n2026-03-01;spring;1,234;EUR\n";
    var both = alone + "2026-03-02;spring;0.50;EUR\n2026-03-03;spring;0,50;EUR\n";

    for (var file : List.of(alone, both)) {
      assertThat(catchThrowableOfType(Problem.class, () -> read(file)).errors())
          .containsExactly(
              new Fault(
                  "/lines/2/amount",
                  "may be thousands or a fraction: say which by ?decimal=point or ?decimal=comma"));
    }
    assertThat(read(alone, new Said(null, DecimalSign.POINT, null)).spend().getFirst().amount())
        .isEqualTo(euro("1234.00"));
    assertThat(read(alone, new Said(null, DecimalSign.COMMA, null)).spend().getFirst().amount())
        .isEqualTo(euro("1.234"));
    assertThat(
            catchThrowableOfType(
                    Problem.class, () -> read(both, new Said(null, DecimalSign.COMMA, null)))
                .errors()
                .stream()
                .map(Fault::pointer))
        .containsExactly("/lines/3/amount");
  }

  @Test
  void a_currency_is_said_once_or_twice_the_same() {
    var file = "date,campaign,amount\n2026-03-01,spring,$7\n";

    assertThat(read(file, new Said(null, null, "USD")).spend().getFirst().amount())
        .isEqualTo(new Money(new BigDecimal("7.00"), "USD"));
    assertThat(
            catchThrowableOfType(
                    Problem.class,
                    () -> read("date,campaign,amount,currency\n2026-03-01,spring,€7,USD\n"))
                .errors())
        .containsExactly(new Fault("/lines/2/amount", "is in another currency than its line says"));
    assertThat(catchThrowableOfType(Problem.class, () -> read(file)).errors().stream())
        .extracting(Fault::pointer)
        .containsExactly("/lines/1/currency");
  }

  @Test
  void a_workbook_is_refused_as_one() {
    var workbook = new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0};

    assertThat(
            catchThrowableOfType(Problem.class, () -> SpendFile.read(workbook, NOTHING_SAID, TODAY))
                .status())
        .isEqualTo(415);
  }

  @Test
  void lines_of_one_day_are_added_up_by_kind_and_currency() {
    var told =
        read(
            """
            date,campaign,amount,currency,kind
            2026-03-01,spring,10.10,EUR,media
            2026-03-01,spring,0.05,EUR,
            2026-03-01,spring,7,EUR,other
            2026-03-01,spring,900,JPY,media
            2026-03-02,spring,1,EUR,media
            """);

    assertThat(told.lines()).isEqualTo(5);
    assertThat(told.spend())
        .containsExactly(
            new DaySpend("spring", FIRST, SpendKind.MEDIA, euro("10.15")),
            new DaySpend("spring", FIRST, SpendKind.OTHER, euro("7.00")),
            new DaySpend("spring", FIRST, SpendKind.MEDIA, new Money(new BigDecimal("900"), "JPY")),
            new DaySpend("spring", FIRST.plusDays(1), SpendKind.MEDIA, euro("1.00")));
  }

  @Test
  void every_bad_line_is_named() {
    var refused =
        catchThrowableOfType(
            Problem.class,
            () ->
                read(
                    """
                    date,campaign,amount,currency,kind
                    2026-03-01,spring,12.50,EUR,media
                    3/1/2026,,minus one,EURO,fees
                    2027-03-01,spring,-1,EUR,media
                    """));

    assertThat(refused.errors().stream().map(Fault::pointer))
        .containsExactlyInAnyOrder(
            "/lines/3/date",
            "/lines/3/campaign",
            "/lines/3/amount",
            "/lines/3/currency",
            "/lines/3/kind",
            "/lines/4/date",
            "/lines/4/amount");
  }

  @Test
  void missing_columns_are_named() {
    var refused = catchThrowableOfType(Problem.class, () -> read("day,name,clicks\n1,2,3\n"));

    assertThat(refused.errors().stream().map(Fault::pointer))
        .containsExactly("/lines/1/campaign", "/lines/1/amount", "/lines/1/currency");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "date,campaign,amount,currency\n"})
  void a_file_without_a_line_is_refused(String file) {
    assertThat(catchThrowableOfType(Problem.class, () -> read(file)).status()).isEqualTo(422);
  }

  private static SpendFile.Told read(String file) {
    return read(file, NOTHING_SAID);
  }

  private static SpendFile.Told read(String file, Said said) {
    return SpendFile.read(file.getBytes(UTF_8), said, TODAY);
  }

  private static Money euro(String amount) {
    return new Money(new BigDecimal(amount), "EUR");
  }
}
