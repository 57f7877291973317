package baton.lead.campaign.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import baton.contracts.Money;
import baton.contracts.SpendKind;
import baton.lead.campaign.DaySpend;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpendFileTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date,campaign,amount,currency\n2026-03-01,spring,12.50,EUR\n",
        "\uFEFFDay;Campaign;Cost;Currency\r\n2026-03-01;spring;12,50;EUR\r\n",
        "currency\tspend\tcampaign\tday\tclicks\nEUR\t12.5\t\"spring\"\t2026-03-01\t7\n\n",
      })
  void an_export_is_read_whatever_its_dialect(String file) {
    assertThat(read(file).spend())
        .containsExactly(new DaySpend("spring", FIRST, SpendKind.MEDIA, euro("12.50")));
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
                    1.3.2026,,minus one,EURO,fees
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
    return SpendFile.read(file.getBytes(UTF_8), TODAY);
  }

  private static Money euro(String amount) {
    return new Money(new BigDecimal(amount), "EUR");
  }
}
