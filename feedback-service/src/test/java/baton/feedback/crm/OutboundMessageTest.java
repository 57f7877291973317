package baton.feedback.crm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutboundMessageTest {
  static final String SENT =
      new String(Payloads.bytes("salesforce/outbound-message.opportunity.xml"), UTF_8);
  static final String NOTIFICATION =
      SENT.substring(
          SENT.indexOf("<Notification>"),
          SENT.indexOf("</Notification>") + "</Notification>".length());

  @Test
  void a_message_is_read_as_its_notifications() throws IOException {
    assertThat(OutboundMessage.read(SENT.getBytes(UTF_8)))
        .contains(
            Json.mapper()
                .readTree(
                    """
                    {"notifications": [{"Id": "04l7F000008aeAyQAI", "type": "Opportunity",
                      "sObject": {"Id": "0067F000003pmdWQAQ", "AccountId": "0017F000007ydJmQAI",
                        "Amount": "120000.0", "CloseDate": "2017-04-03",
                        "LeadSource": "Phone Inquiry", "Name": "Express Logistics SLA",
                        "StageName": "Perception Analysis"}}],
                     "OrganizationId": "00D7F00000107XsUAI"}
                    """));
  }

  static Stream<String> dangerous() {
    var doctype = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    var bomb =
        "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY x"
            + " \"&b;&b;&b;&b;\">]>";
    return Stream.of(
        SENT.replace("<soapenv:Envelope", doctype + "<soapenv:Envelope"),
        SENT.replace("<soapenv:Envelope", doctype + "<soapenv:Envelope")
            .replace("Express Logistics SLA", "&x;"),
        SENT.replace("<soapenv:Envelope", bomb + "<soapenv:Envelope")
            .replace("Express Logistics SLA", "&x;"),
        SENT.replace("Express Logistics SLA", "&x;"),
        SENT.replace("<ActionId>", "<OrganizationId>00D000000000001</OrganizationId><ActionId>"),
        SENT.replace(NOTIFICATION, NOTIFICATION.repeat(101)),
        SENT.replaceAll("<OrganizationId>.*</OrganizationId>", ""),
        SENT.substring(0, SENT.length() - 20),
        "{\"OrganizationId\": \"00D7F00000107XsUAI\"}",
        "");
  }

  @ParameterizedTest
  @MethodSource("dangerous")
  void what_is_no_plain_message_is_not_read(String body) {
    assertThat(OutboundMessage.read(body.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void a_hundred_notifications_are_read() {
    var message =
        OutboundMessage.read(SENT.replace(NOTIFICATION, NOTIFICATION.repeat(100)).getBytes(UTF_8));

    assertThat(message.orElseThrow().path("notifications")).hasSize(100);
  }

  @Test
  void an_organization_goes_by_its_short_and_its_long_id() {
    assertThat(
            List.of(
                of("00D7F00000107Xs").isOf("00D7F00000107XsUAI"),
                of("00D7F00000107XsUAI").isOf("00D7F00000107Xs"),
                of("00D7F00000107Xs").isOf("00D7F00000107XS"),
                of("00D7F00000107Xs").isOf("")))
        .containsExactly(true, true, false, false);
  }

  private static Connector of(String organization) {
    return new Connector(
        "crm",
        Kind.SALESFORCE,
        1,
        List.of("secret-secret"),
        organization,
        TranslationTest.AS_DELIVERED,
        TranslationTest.RECEIVED);
  }
}
