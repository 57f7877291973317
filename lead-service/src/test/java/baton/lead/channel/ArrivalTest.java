package baton.lead.channel;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Utm;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalTest {

  @Test
  void a_landing_page_says_how_somebody_came_and_keeps_no_query() {
    var arrival =
        Arrival.of(
            null,
            null,
            null,
            null,
            Map.of(),
            "https://ada:secret@acme.example/try?utm_source=Google&utm_medium=cpc&utm_campaign=spring%20sale&email=ada@acme.com#top",
            null);

    assertThat(arrival)
        .isEqualTo(
            new Arrival(
                "Google",
                "cpc",
                "spring sale",
                new Utm("Google", "cpc", "spring sale", null, null, null),
                "https://acme.example/try",
                Map.of(),
                "Paid Search"));
  }

  @Test
  void what_the_sender_says_is_believed_before_the_address() {
    var arrival =
        Arrival.of(
            "linkedin",
            null,
            "c-7",
            new Utm(null, "social", null, null, null, null),
            Map.of(),
            "https://acme.example/?utm_source=google&utm_medium=cpc",
            null);

    assertThat(arrival.source()).isEqualTo("linkedin");
    assertThat(arrival.medium()).isEqualTo("social");
    assertThat(arrival.campaign()).isEqualTo("c-7");
    assertThat(arrival.channel()).isEqualTo("Organic Social");
  }

  @Test
  void a_paid_click_is_known_by_its_id() {
    var arrival =
        Arrival.of(null, null, null, null, Map.of(), "https://acme.example/?gclid=abc", null);

    assertThat(arrival.source()).isEqualTo("google");
    assertThat(arrival.medium()).isEqualTo("cpc");
    assertThat(arrival.clickIds()).isEqualTo(Map.of("gclid", "abc"));
    assertThat(arrival.channel()).isEqualTo("Paid Search");
  }

  @Test
  void a_named_channel_is_not_derived() {
    var arrival = Arrival.of("google", "cpc", null, null, Map.of(), null, "Partner Webinar");

    assertThat(arrival.channel()).isEqualTo("Partner Webinar");
  }

  @Test
  void a_page_that_is_no_address_is_kept_as_it_is() {
    var arrival =
        Arrival.of("social", null, null, null, Map.of(), "88740e65d5d6b056e0cda098e1ea6313", null);

    assertThat(arrival.landingPage()).isEqualTo("88740e65d5d6b056e0cda098e1ea6313");
  }
}
