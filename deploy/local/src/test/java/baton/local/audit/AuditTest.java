package baton.local.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.local.command.Commands;
import baton.local.stack.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
  private static final Path OLIST =
      Checkout.here().root().resolve("../shared/data/olist").normalize();

  /**
   * Ada was tried after half an hour and won, Bob after two days, Cleo never; Ada came twice, by
   * her address in other letters. Dora bought by her phone, though nobody wrote that she was tried.
   */
  private static final String LEADS =
      """
      Record ID;Email;Phone Number;Lead Source;Create Date;First Outreach;Company Name;Job Title
      1;ada@example.org;+49 30 1234;Ads;03.02.2026 09:00;03.02.2026 09:30;Analytical;Countess
      2;bob@example.org;;Ads;03.02.2026 09:00;05.02.2026 09:00;;
      3;cleo@example.org;;Fair;04.02.2026 10:00;;Nile;Queen
      4;ADA@example.org;;Fair;05.02.2026 10:00;;;
      5;;0049 (30) 5678;;06.02.2026 10:00;-;;
      6;eve@example.org;;Fair;soon;;;
      """;

  private static final String DEALS =
      """
      Record ID,Contact Email,Phone,Deal Stage,Amount,Close Date
      91,ada@example.org,,Closed Won,"€ 1.250,50",2026-02-20
      91,ada@example.org,,Closed Won,"€ 1.250,50",2026-02-20
      92,bob@example.org,,closedlost,,2026-02-21
      93,,+49 30 5678,Closed Won,€ 100,2026-02-05
      94,zoe@example.org,,Closed Won,€ 40,2026-02-22
      95,cleo@example.org,,Negotiation,€ 70,
      """;

  @TempDir Path folder;

  private record Said(int status, String text) {}

  @Test
  void columns_are_told_by_their_names_and_people_counted_once() throws Exception {
    var said = audit(file("leads.csv", LEADS), file("deals.csv", DEALS));

    assertThat(said.status()).as(said.text()).isZero();
    assertThat(unwrapped(said.text()))
        .contains(
            "4 leads of leads.csv beside 5 deals of deals.csv.",
            "Of 4 leads, 2 (50.0 %) were never tried",
            "Half were tried within 2d 0h; fewer than nine of ten were ever tried.",
            "4 of 5 deals (80.0 %) are a lead's of leads.csv: 3 by e-mail, 1 by phone.",
            "Won 3, lost 1, open 1. Won amounts: 1,390 EUR.",
            "Deals without a lead here: 1, of them won 1, worth 40 EUR.",
            "Customers never tried, by what is written down: 1.",
            "Won before the lead came, by the dates: 1.",
            "Rows of leads.csv about somebody who is there already: 1 (1 by e-mail).",
            "Rows of deals.csv about a deal that is there already: 1.",
            "Rows of leads.csv that can't be read and are left out: 1 (1 × /occurredAt",
            "would have been broken for 3 of 4 leads (75.0 %): 1 late, 2 never.",
            "A promise of e-mail, company and job title on 95 % of leads would stand at 50.0 %.",
            "came from “Create Date” (dates in UTC), first outreach from “First Outreach”");
    assertThat(said.text())
        .containsPattern("Ads +2 +1 +50.0 % +100.0 % +30m 0s\n")
        .containsPattern("\\(none\\) +1 +1 +100.0 % +0.0 % +never\n");
  }

  @Test
  void the_same_is_there_to_print_and_to_paste() throws Exception {
    audit(file("leads.csv", LEADS), file("deals.csv", DEALS.replace("zoe@", "<b>zoe@")));

    assertThat(Files.readString(folder.resolve("audit.html")))
        .startsWith("<!doctype html>")
        .contains("<title>Alignment audit</title>", "<h2>Whose deals are they?</h2>")
        .doesNotContain("<b>");
    assertThat(Files.readString(folder.resolve("audit.md")))
        .startsWith("# Alignment audit\n")
        .contains("| Source | Leads | Customers |");
  }

  @Test
  void without_an_outreach_it_says_what_to_export() throws Exception {
    var said =
        audit(
            file("leads.csv", "lead_id,origin\n1,ads\n2,fair\n"),
            file("deals.csv", "deal_id,lead_id\n7,2\n"));

    assertThat(unwrapped(said.text()))
        .contains(
            "leads.csv doesn't say when sales first tried to reach a lead.",
            "1 of 1 deals (100.0 %) are a lead's of leads.csv: 1 by id.")
        .doesNotContain("never tried");
  }

  @Test
  void what_can_not_be_audited_is_said_in_a_line() throws Exception {
    var leads = file("leads.csv", LEADS);

    assertThat(audit(leads, folder.resolve("no.csv")).text())
        .isEqualTo("baton: " + folder.resolve("no.csv") + " can't be read\n");
    assertThat(audit(leads, file("empty.csv", "Email,Amount\n")).text())
        .endsWith("empty.csv has no row below its column names\n");
    assertThat(audit(leads, file("other.csv", "Colour,Shape\nred,round\n")).text())
        .contains("no column of ", "(Colour, Shape): write a mapping and give it by --mapping");
    assertThat(audit(leads, file("nobody.csv", "Deal ID,Amount\n1,2\n")).text())
        .contains("no column of nobody.csv says which lead a deal is of");
  }

  @Test
  void eight_thousand_leads_and_their_deals_in_the_shape_that_olist_published() throws Exception {
    var leads = new StringBuilder("mql_id,first_contact_date,landing_page_id,origin\n");
    var deals =
        new StringBuilder(
            "mql_id,seller_id,sdr_id,sr_id,won_date,business_segment,lead_type,"
                + "lead_behaviour_profile,has_company,has_gtin,average_stock,business_type,"
                + "declared_product_catalog_size,declared_monthly_revenue\n");
    for (int i = 0; i < 8000; i++) {
      leads.append(
          "%032x,2018-01-%02d,p,%s\n".formatted(i, 1 + i % 28, i % 3 == 0 ? "" : "social"));
      if (i < 842) {
        deals.append("%032x,s,d,r,2018-02-26 19:58:54,pet,,,,,,,,0.0\n".formatted(i));
      }
    }

    var said = audit(file("leads.csv", leads.toString()), file("deals.csv", deals.toString()));

    thatOfOlist(said);
  }

  @Test
  void what_olist_published_is_read_by_the_shipped_mappings() throws Exception {
    assumeTrue(Files.isDirectory(OLIST), OLIST + " isn't there: this test is skipped");

    var said =
        audit(
            OLIST.resolve("olist_marketing_qualified_leads_dataset.csv"),
            OLIST.resolve("olist_closed_deals_dataset.csv"));

    thatOfOlist(said);
    assertThat(said.text()).containsPattern("paid_search +1,586 +195 +12.3 %\n");
  }

  private static void thatOfOlist(Said said) {
    assertThat(said.status()).as(said.text()).isZero();
    assertThat(unwrapped(said.text()))
        .contains("8,000 leads of ", " beside 842 deals of ")
        .contains("842 of 842 deals (100.0 %) are a lead's", ": 842 by id.")
        .contains("read by the shipped mapping olist-leads", "shipped mapping olist-deals");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Said audit(Path leads, Path deals) {
    var text = new ByteArrayOutputStream();
    var out = new PrintStream(text, true, UTF_8);
    int status =
        Commands.line(out, out)
            .execute("audit", leads.toString(), deals.toString(), "-o", folder.toString());
    return new Said(status, text.toString(UTF_8));
  }

  /** As if the terminal were wide enough. */
  private static String unwrapped(String text) {
    return text.replaceAll("(?<=\\S)\n +(?=\\S)", " ")
        .replaceAll("(?<=[a-z,.;)])\n(?=[A-Za-z0-9])", " ");
  }
}
