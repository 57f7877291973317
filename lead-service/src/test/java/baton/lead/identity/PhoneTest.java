package baton.lead.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          +49 30 901820,          -,  +4930901820
          +49 (0)30 / 90 18 20,   -,  +4930901820
          030 901820,             DE, +4930901820
          0049 30 901820,         DE, +4930901820
          (11) 98765-4321,        BR, +5511987654321
          +55 11 98765 4321,      DE, +5511987654321
          tel:+1-201-555-0123,    -,  +12015550123
          +1 201 555 0123 ext. 7, -,  +12015550123;ext=7
          """)
  void spellings_of_one_number_are_one(String spelling, String country, String normalized) {
    var phone = Phone.read(spelling, country);

    assertThat(phone).extracting(Phone::normalized).isEqualTo(normalized);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          030 901820, -
          12,         GB
          nonsense,   DE
          +49,        -
          """)
  void what_cannot_be_a_number_is_refused(String text, String country) {
    assertThat(Phone.read(text, country)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"+49 30 901820", "+1 201 555 0123 ext. 7"})
  void a_kept_number_reads_as_itself(String text) {
    var phone = Objects.requireNonNull(Phone.read(text, null));

    assertThat(Phone.read(phone.normalized(), null)).isEqualTo(phone);
  }
}
