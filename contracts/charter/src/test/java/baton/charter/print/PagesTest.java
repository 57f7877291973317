package baton.charter.print;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Documents;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void promises_read_as_sentences() {
    var page = Pages.markdown(Documents.good(Documents.example()));

    assertThat(page)
        .contains(
            "| decide | Accept or reject a lead within 1 business day of the offer. Silence breaks"
                + " this promise, and the lead counts as accepted. |",
            "On days with more than 40 MQLs the limit is 4 open hours.",
            "after 2 open hours hand the lead to another seller",
            "Hand over at least 400 MQLs a month.",
            "It doesn't count while sales keeps feedback in less than 80 % of cases.",
            "public holidays of DE-BE");
  }

  @Test
  void a_charter_fits_on_two_pages() {
    var words = Pages.markdown(Documents.good(Documents.example())).split("\\s+");

    assertThat(words.length).isLessThan(1_100);
  }

  @Test
  void what_a_charter_says_never_becomes_markup() {
    var yaml =
        Documents.example()
            .replace("name: Acme smarketing charter", "name: '<script>alert(1)</script> | *a*'");
    var agreement = Documents.good(yaml);

    assertThat(Pages.html(agreement))
        .doesNotContain("<script>")
        .contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt; | *a*</h1>");
    assertThat(Pages.markdown(agreement))
        .startsWith("# \\<script\\>alert(1)\\</script\\> \\| \\*a\\*");
  }
}
