package baton.lead.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          (direct),        (none),           -,                 Direct
          (direct),        (not set),        -,                 Direct
          google,          cpc,              all-cross-network, Cross-network
          amazon,          cpc,              -,                 Paid Shopping
          google,          cpc,              summer shopping,   Paid Shopping
          google,          cpc,              shop-now,          Paid Shopping
          google,          cpc,              workshop-berlin,   Paid Search
          google,          cpc,              eshop,             Paid Shopping
          google,          CPC,              brand,             Paid Search
          Google,          ppc,              -,                 Paid Search
          bing,            paidsearch,       -,                 Paid Search
          www.google.com,  retargeting,      -,                 Paid Search
          facebook,        paid_social,      -,                 Paid Social
          l.facebook.com,  cpm,              -,                 Paid Social
          youtube,         cpv,              -,                 Paid Video
          youtube,         cpc,              -,                 Paid Video
          partner,         banner,           -,                 Display
          partner,         cpm,              -,                 Display
          partner,         cpa,              -,                 Paid Other
          partner,         cpc,              -,                 Paid Other
          partner,         paid,             -,                 Paid Other
          etsy.com,        -,                -,                 Organic Shopping
          newsletter,      -,                spring shop,       Organic Shopping
          linkedin,        -,                -,                 Organic Social
          partner,         social-media,     -,                 Organic Social
          vimeo.com,       referral,         -,                 Organic Video
          partner,         in-video,         -,                 Organic Video
          google,          organic,          -,                 Organic Search
          duckduckgo.com,  referral,         -,                 Organic Search
          partner,         organic,          -,                 Organic Search
          email,           -,                -,                 Email
          hubspot,         e-mail,           -,                 Email
          partner,         affiliate,        -,                 Affiliates
          acme.example,    referral,         -,                 Referral
          acme.example,    link,             -,                 Referral
          spotify,         audio,            -,                 Audio
          sms,             -,                -,                 SMS
          twilio,          sms,              -,                 SMS
          app,             web-push,         -,                 Mobile Push Notifications
          firebase,        -,                -,                 Mobile Push Notifications
          paid_search,     -,                -,                 Unassigned
          -,               -,                -,                 Unassigned
          """)
  void a_channel_follows_google_analytics(
      String source, String medium, String campaign, String channel) {
    assertThat(Channels.of(source, medium, campaign, false)).isEqualTo(channel);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-,-", "-,(none)"})
  void a_visit_without_a_source_came_directly(String source, String medium) {
    assertThat(Channels.of(source, medium, null, true)).isEqualTo(Channels.DIRECT);
  }
}
