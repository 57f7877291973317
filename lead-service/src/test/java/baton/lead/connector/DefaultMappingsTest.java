package baton.lead.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.mapping.Mapped;
import baton.chassis.mapping.Mapping;
import baton.chassis.mapping.MappingBody;
import baton.chassis.mapping.MappingReader;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Faults;
import baton.chassis.webhook.Payload;
import baton.lead.tool.Into;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DefaultMappingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Bodies that tools send, and what their vendors' documentation says they mean. */
  static Stream<Arguments> deliveries() {
    return Stream.of(
        row(
            Kind.HUBSPOT,
            "hubspot/contact-creation.signature-fixture.json",
            """
            enrichment {externalIds: [{system: hubspot, id: "123"}],
              occurredAt: "2019-07-26T04:00:00Z"}\
            """),
        row(
            Kind.HUBSPOT,
            "hubspot/forms-v3-submit.request.json",
            """
            lead {contact: {email: jane@acme.com}, landingPage: "https://vlg.geniusdrive.com/",
              form: "VLG Assessment", touch: {kind: form},
              consent: [processing, {purpose: marketing, given: true,
                text: "Keep me updated on Genius Drive product news and events."}]}\
            """),
        row(
            Kind.META_LEADGEN,
            "meta/leadgen-webhook.doc.json",
            """
            enrichment {externalIds: [{system: meta, id: "123123123123"}],
              occurredAt: "2015-08-21T01:26:24Z"}\
            """,
            """
            enrichment {externalIds: [{system: meta, id: "123123123124"}],
              occurredAt: "2015-08-21T01:26:24Z"}\
            """),
        row(
            Kind.META_LEADGEN,
            "meta/lead-graph-response.doc.json",
            """
            lead {externalIds: [{system: meta, id: "<LEAD_ID>"}],
              contact: {email: joe@example.com, name: "Joe Example"}, form: "<FORM_ID>",
              attributes: {adId: "<AD_ID>"}, occurredAt: "2015-02-28T08:49:14Z",
              source: facebook, medium: paid-social, touch: {kind: form}}\
            """),
        row(
            Kind.GOOGLE_ADS,
            "google-ads/lead-form.webhook.json",
            """
            test lead {externalIds: [{system: google-ads, id: "%1$s"}],
              contact: {email: test@example.com, name: "FirstName LastName", phone: "+16505550123"},
              form: "18698608977", campaign: "991214827", clickIds: {gclid: "%1$s"},
              source: google, medium: cpc, touch: {kind: form}}\
            """
                .formatted(
                    "TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghijklmnopqrstuvwxyz"
                        + "-0123456789-AaBbCcDdEeFfGgHhIiJjKkLl")),
        row(
            Kind.LINKEDIN,
            "linkedin/lead-created.webhook.json",
            """
            enrichment {externalIds: [{system: linkedin, id: 1a2b3c-4}],
              occurredAt: "2023-06-07T23:59:18.881Z"}\
            """),
        row(
            Kind.LINKEDIN,
            "linkedin/lead-deleted.webhook.json",
            """
            erasure {externalIds: [{system: linkedin, id: 1a2b3c-4}],
              occurredAt: "2023-06-07T23:59:18.881Z"}\
            """),
        row(
            Kind.LINKEDIN,
            "linkedin/lead-form-responses.json",
            """
            lead {externalIds: [{system: linkedin, id: aaaabbbb-0000-cccc-1111-dddd2222eeee-5}],
              contact: {email: john.smith@company.com, firstName: John, lastName: Smith},
              campaign: "urn:li:sponsoredCampaign:367378525", consent: [marketing],
              occurredAt: "2023-06-07T23:59:18.881Z",
              source: linkedin, medium: paid-social, touch: {kind: form}}\
            """),
        row(
            Kind.TYPEFORM,
            "typeform/form_response.doc.json",
            """
            lead {externalIds: [{system: typeform, id: a3a12ec67a1365927098a606107fac15}],
              contact: {email: laura@example.com}, form: lT4Z3j,
              consent: [{purpose: processing, given: true,
                text: "By submitting this form, you understand and accept that we will share your answers with city management. Your answers will be anonymous will not be shared."}],
              occurredAt: "2018-01-18T18:17:02Z", touch: {kind: form}}\
            """),
        row(
            Kind.MAILCHIMP,
            "mailchimp/unsubscribe.decoded.json",
            """
            withdrawal {contact: {email: josh@example.com}, consent: [marketing],
              occurredAt: "2014-10-22T13:10:40Z"}\
            """),
        row(
            Kind.SEGMENT,
            "segment/batch.json",
            """
            lead {externalIds: [{system: segment, id: 019mr8mf4r}],
              contact: {email: jake@yahoo.com, name: "Jake Peterson"},
              occurredAt: "2012-12-02T00:30:08.276Z", touch: {kind: identify}}\
            """,
            """
            touch {leadExternalId: {system: segment, id: 019mr8mf4r},
              attributes: {event: "Song Played"}, occurredAt: "2012-12-02T00:30:12.984Z",
              kind: track}\
            """,
            """
            lead {externalIds: [{system: segment, id: 971mj8mk7p}],
              contact: {email: cindy@example.com, name: "Cindy Gonzalez"},
              touch: {kind: identify}}\
            """,
            """
            touch {leadExternalId: {system: segment, id: 971mj8mk7p},
              attributes: {event: "Song Played"}, kind: track}\
            """),
        row(
            Kind.CALENDLY,
            "calendly/invitee.created.json",
            """
            lead {externalIds: [{system: calendly,
                id: "https://api.calendly.com/scheduled_events/EVENT_UUID/invitees/INVITEE_UUID"}],
              contact: {email: invitee@example.com, name: "John Doe", firstName: John,
                lastName: Doe},
              utm: {source: website, medium: button, campaign: demo},
              occurredAt: "2023-01-15T10:30:00Z", touch: {kind: meeting-booked}}\
            """),
        row(Kind.CALENDLY, "calendly/invitee.canceled.json", "skipped {}"),
        row(
            Kind.WEBFLOW,
            "webflow/form_submission.v1.json",
            """
            lead {externalIds: [{system: webflow, id: 6434d9d6071644bc075238ab}],
              contact: {email: pipedream@test, name: "Pipedream Test"}, form: "Email Form",
              occurredAt: "2023-04-11T03:53:58.624Z", touch: {kind: form}}\
            """),
        row(
            Kind.GRAVITY_FORMS,
            "gravity-forms/entry.redacted.json",
            """
            lead {externalIds: [{system: gravity-forms, id: "3234"}],
              contact: {name: "Jane Example", phone: "0615550123", email: jane@example.com},
              country: ZA, landingPage: "https://www.example.co.za/contact/", form: "1",
              occurredAt: "2026-02-06T13:37:20Z", touch: {kind: form}}\
            """),
        row(
            Kind.UNBOUNCE,
            "unbounce/form-post.data.json",
            """
            lead {landingPage: "http://unbouncepages.com/wayfaring-147/", form: Wayfaring,
              touch: {kind: form}}\
            """),
        row(
            Kind.INTERCOM,
            "intercom/contact.created.lead.json",
            """
            lead {externalIds: [{system: intercom, id: 5f297f71bce3e055f3afdf6e}],
              contact: {email: johnnybravo@rei.com, name: "Johnny Bravo", jobTitle: sales},
              company: {name: REI}, country: IE, occurredAt: "2020-08-04T15:32:01Z",
              source: intercom, touch: {kind: chat}}\
            """),
        row(Kind.INTERCOM, "intercom/ping.json", "skipped {}"));
  }

  private static Arguments row(Kind kind, String file, String... expected) {
    return Arguments.of(kind, file, List.of(expected));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void a_delivery_says_what_its_vendor_documents(Kind kind, String file, List<String> expected)
      throws IOException {
    var delivery = JSON.readTree(Payloads.bytes(file));

    var said = read(DefaultMappings.body(kind)).of(delivery);

    assertThat(said.stream().map(DefaultMappingsTest::spelled).toList())
        .isEqualTo(expected.stream().map(DefaultMappingsTest::expected).toList());
  }

  @Test
  void what_no_field_was_made_of_is_named() throws IOException {
    var said = only(Kind.GOOGLE_ADS, "google-ads/lead-form.webhook.json");

    assertThat(said.unmapped())
        .contains("/user_column_data/3/string_value", "/api_version", "/adgroup_id")
        .doesNotContain("/lead_id", "/user_column_data/2/string_value");
  }

  @Test
  void a_mapping_that_is_wrong_says_everything_that_is() throws IOException {
    var faults = new Faults();

    MappingReader.read(
        yaml(
            """
            each: [batch]
            cases:
              - into: person
                fields:
                  contact.emial: [/email]
                  country: ["/country | land", country]
                  contact.name: []
                consents:
                  - {each: boxes, text: ["/id | find /fields"]}
              - into: touch
                consents: []
            """),
        Into.values(),
        "/mapping",
        faults);

    assertThat(faults.list().stream().map(Fault::pointer))
        .containsExactlyInAnyOrder(
            "/mapping/each/0",
            "/mapping/cases/0/into",
            "/mapping/cases/0/fields/contact.emial",
            "/mapping/cases/0/fields/country/0",
            "/mapping/cases/0/fields/country/1",
            "/mapping/cases/0/fields/contact.name",
            "/mapping/cases/0/consents/0/each",
            "/mapping/cases/0/consents/0/purpose",
            "/mapping/cases/0/consents/0/given",
            "/mapping/cases/0/consents/0/text/0",
            "/mapping/cases/1/consents");
  }

  @Test
  void values_are_understood_as_tools_write_them() throws IOException {
    var mapping =
        read(
            yaml(
                """
                cases:
                  - fields:
                      country: ["/land | country"]
                      qualified: ["/ok | yes"]
                      company.employees: [/size]
                      company.domain: ["/site | host"]
                      utm.source: ["/page | parameter utm_source"]
                      contact.phone: [/none, /blank, /phones]
                """));

    var said =
        mapping.of(
            JSON.readTree(
                """
                {"land": "Germany", "ok": "On", "size": "250", "site": "https://www.acme.example/a",
                 "page": "https://a.example/?x=1&utm_source=news%20letter", "blank": " ",
                 "phones": ["+49 30 1", "+49 30 2"]}
                """));

    assertThat(said.getFirst().fields())
        .isEqualTo(
            JSON.readTree(
                """
                {"country": "DE", "qualified": true,
                 "company": {"employees": 250, "domain": "acme.example"},
                 "utm": {"source": "news letter"}, "contact": {"phone": "+49 30 1"}}
                """));
  }

  @Test
  void who_says_no_is_heard() throws IOException {
    var mapping = read(yaml("cases: [{fields: {consent.news: ['/news | yes']}}]"));

    var said =
        Stream.of("yes", "no", "maybe")
            .map(word -> mapping.of(JSON.createObjectNode().put("news", word)).getFirst().fields())
            .toList();

    assertThat(said)
        .containsExactly(
            JSON.readValue("{\"consent\": [\"news\"]}", ObjectNode.class),
            JSON.readValue(
                "{\"consent\": [{\"purpose\": \"news\", \"given\": false}]}", ObjectNode.class),
            JSON.createObjectNode());
  }

  /** HubSpot's Forms API: communications each with its subscription type, value and text. */
  @Test
  void everything_hubspot_asked_is_told_with_what_was_shown() throws IOException {
    var form =
        """
        {"fields": [{"name": "email", "value": "ada@engines.example"}],
         "legalConsentOptions": {"consent": {"consentToProcess": true,
           "text": "I agree to allow Engines to store and process my personal data.",
           "communications": [
             {"value": true, "subscriptionTypeId": 999, "text": "Monthly news"},
             {"value": false, "subscriptionTypeId": 777, "text": "Events near you"}]}}}
        """;

    assertThat(consent(Kind.HUBSPOT, form))
        .isEqualTo(
            DefaultMappings.yaml()
                .readTree(
                    """
                    - purpose: processing
                      given: true
                      text: I agree to allow Engines to store and process my personal data.
                    - {purpose: marketing-999, given: true, text: Monthly news}
                    - {purpose: marketing-777, given: false, text: Events near you}
                    """));
  }

  /** Meta's Graph: {@code is_checked} is "1" or empty; the boxes' texts stand in the form. */
  @Test
  void boxes_of_metas_forms_are_told_ticked_or_not() throws IOException {
    var lead =
        """
        {"id": "1", "created_time": "2026-11-01T10:00:00+0000", "form_id": "2",
         "field_data": [{"name": "email", "values": ["ada@engines.example"]}],
         "custom_disclaimer_responses": [
           {"checkbox_key": "optional_1", "is_checked": "1"},
           {"checkbox_key": "optional_2", "is_checked": ""}],
         "form": {"legal_content": {"custom_disclaimer": {"checkboxes": [
           {"key": "optional_1", "text": "Mail me offers", "is_required": false},
           {"key": "optional_2", "text": "Call me", "is_required": false}]}}}}
        """;

    assertThat(consent(Kind.META_LEADGEN, lead))
        .isEqualTo(
            DefaultMappings.yaml()
                .readTree(
                    """
                    - {purpose: marketing-optional_1, given: true, text: Mail me offers}
                    - {purpose: marketing-optional_2, given: false, text: Call me}
                    """));
  }

  /** As LinkedIn's API schema has it: answers and consents by number, the form beside them. */
  @Test
  void what_linkedin_only_numbers_is_named_by_its_form() throws IOException {
    var response =
        """
        {"id": "r-1", "submittedAt": 1686182358881,
         "formResponse": {
           "answers": [
             {"questionId": 1, "answerDetails": {"textQuestionAnswer": {"answer": "Ada"}}},
             {"questionId": 2, "answerDetails": {"textQuestionAnswer": {"answer": "a@b.example"}}},
             {"questionId": 3, "answerDetails": {"textQuestionAnswer": {"answer": "blue"}}}],
           "consentResponses": [{"consentId": 1, "accepted": true},
             {"consentId": 2, "accepted": false}]},
         "form": {"content": {
           "questions": [
             {"questionId": 1, "name": "first", "predefinedField": "FIRST_NAME"},
             {"questionId": 2, "name": "mail", "predefinedField": "EMAIL"},
             {"questionId": 3, "name": "colour"}],
           "legalInfo": {"consents": [
             {"consentId": 1, "consent": {"localized": {"en_US": "News by mail"}}},
             {"consentId": 2, "consent": {"localized": {"en_US": "Calls"}}}]}}}}
        """;

    var said = read(DefaultMappings.body(Kind.LINKEDIN)).of(JSON.readTree(response)).getFirst();

    assertThat(said.fields().path("contact"))
        .isEqualTo(JSON.readTree("{\"firstName\": \"Ada\", \"email\": \"a@b.example\"}"));
    assertThat(said.fields().path("consent"))
        .isEqualTo(
            DefaultMappings.yaml()
                .readTree(
                    """
                    - {purpose: marketing-1, given: true, text: News by mail}
                    - {purpose: marketing-2, given: false, text: Calls}
                    """));
  }

  @Test
  void an_operator_names_the_purposes_that_a_tool_numbers() throws IOException {
    var mapping =
        read(
            yaml(
                """
                cases:
                  - consents:
                      - each: /boxes
                        when: {/kind: [consent]}
                        purpose: other
                        by: [/id]
                        purposes: {"7": newsletter, "8": calls}
                        given: ["/left_alone | not"]
                        text: [/label]
                """));

    var said =
        mapping.of(
            JSON.readTree(
                """
                {"boxes": [
                  {"kind": "consent", "id": 7, "left_alone": "no", "label": "News"},
                  {"kind": "consent", "id": 8, "left_alone": true},
                  {"kind": "question", "id": 9, "left_alone": true},
                  {"kind": "consent", "id": 10, "left_alone": "no"},
                  {"kind": "consent", "id": 11, "left_alone": "perhaps"},
                  {"kind": "consent", "id": 12}]}
                """));

    assertThat(said.getFirst().fields().path("consent"))
        .isEqualTo(
            DefaultMappings.yaml()
                .readTree(
                    """
                    - {purpose: newsletter, given: true, text: News}
                    - {purpose: calls, given: false}
                    - other
                    """));
    assertThat(said.getFirst().unread()).extracting(Fault::pointer).containsExactly("/consent");
  }

  private static JsonNode consent(Kind kind, String body) throws IOException {
    return read(DefaultMappings.body(kind))
        .of(JSON.readTree(body))
        .getFirst()
        .fields()
        .path("consent");
  }

  @Test
  void a_lead_in_our_own_form_needs_no_mapping_but_for_its_lists() throws IOException {
    var lead =
        """
        {"contact": {"email": "ada@engines.example", "firstName": "Ada", "jobTitle": "Analyst"},
         "company": {"name": "Engines", "domain": "engines.example", "employees": 12},
         "utm": {"source": "google", "medium": "cpc", "campaign": "spring"},
         "clickIds": {"gclid": "g1"}, "landingPage": "https://engines.example/try", "country": "GB",
         "qualified": true, "touch": {"kind": "webinar", "asset": "w1"},
         "occurredAt": "2026-11-01T10:00:00Z"}
        """;

    var said = read(DefaultMappings.body(Kind.GENERIC)).of(JSON.readTree(lead)).getFirst();

    assertThat(said.unmapped()).isEmpty();
    assertThat(said.fields()).isEqualTo(JSON.readTree(lead));
  }

  @Test
  void labels_that_a_designer_typed_name_who_sent_a_form() throws IOException {
    var form =
        """
        {"triggerType": "form_submission", "payload": {"id": "f1", "name": "Demo",
          "data": {"First Name": "Ada", "Last Name": "Lovelace", "E-mail": "ada@engines.example"}}}
        """;

    var said = read(DefaultMappings.body(Kind.WEBFLOW)).of(JSON.readTree(form)).getFirst();

    assertThat(said.fields().path("contact"))
        .isEqualTo(
            JSON.readTree(
                """
                {"firstName": "Ada", "lastName": "Lovelace", "email": "ada@engines.example"}
                """));
  }

  @Test
  void a_sender_that_leaves_the_time_to_others_still_says_when() throws IOException {
    var identify =
        """
        {"type": "identify", "userId": "u1", "traits": {"email": "ada@engines.example"},
         "originalTimestamp": "2026-11-01T10:00:00.000Z", "sentAt": "2026-11-01T10:00:02.000Z"}
        """;

    var said = read(DefaultMappings.body(Kind.SEGMENT)).of(JSON.readTree(identify)).getFirst();

    assertThat(said.fields().path("occurredAt").asText()).isEqualTo("2026-11-01T10:00:00Z");
  }

  static Stream<Arguments> clocks() {
    return Stream.of(
        // https://segment.com/docs/connections/spec/common/#timestamps
        Arguments.of(
            """
            {"type": "identify", "traits": {"email": "a@b.example"},
             "originalTimestamp": "2026-11-01T09:00:00Z", "sentAt": "2026-11-01T09:00:02Z"}
            """,
            "2026-11-01T09:59:58Z"),
        Arguments.of(
            """
            {"sentAt": "2026-11-01T09:00:02Z", "batch": [
              {"type": "identify", "traits": {"email": "a@b.example"},
               "timestamp": "2026-11-01T09:00:00Z"}]}
            """,
            "2026-11-01T09:59:58Z"),
        // as its server forwards it: set right already
        Arguments.of(
            """
            {"type": "identify", "traits": {"email": "a@b.example"},
             "originalTimestamp": "2015-12-10T04:08:31.577Z", "sentAt": "2015-12-10T04:08:31.581Z",
             "timestamp": "2015-12-10T04:08:31.905Z", "receivedAt": "2015-12-10T04:08:31.909Z"}
            """,
            "2015-12-10T04:08:31.905Z"),
        Arguments.of(
            """
            {"type": "identify", "traits": {"email": "a@b.example"},
             "timestamp": "2026-11-01T09:00:00Z", "sentAt": "soon"}
            """,
            "2026-11-01T09:00:00Z"));
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void a_clock_that_is_wrong_is_set_right(String call, String at) {
    var mapping = read(DefaultMappings.body(Kind.SEGMENT));
    var pieces = Payload.json(call.getBytes(UTF_8), mapping.each()).orElseThrow();

    var said = mapping.of(pieces, Instant.parse("2026-11-01T10:00:00Z")).getFirst();

    assertThat(said.fields().path("occurredAt").asText()).isEqualTo(at);
  }

  @Test
  void a_visitor_is_told_by_all_ids() throws IOException {
    var identify =
        """
        {"type": "identify", "userId": "u1", "anonymousId": "a1", "traits": {"plan": "free"},
         "messageId": "m1"}
        """;

    var said = read(DefaultMappings.body(Kind.SEGMENT)).of(JSON.readTree(identify)).getFirst();

    assertThat(spelled(said))
        .isEqualTo(
            expected(
                """
                visit {visitor: [{system: segment, id: u1}, {system: segment-anonymous, id: a1}],
                  externalId: m1, kind: identify}\
                """));
  }

  @Test
  void who_comes_to_intercom_unsubscribed_is_a_lead_that_refuses() throws IOException {
    var created =
        new String(Payloads.bytes("intercom/contact.created.lead.json"), UTF_8)
            .replace("\"unsubscribed_from_emails\": false", "\"unsubscribed_from_emails\": true");

    var said = read(DefaultMappings.body(Kind.INTERCOM)).of(JSON.readTree(created)).getFirst();

    assertThat(said.into()).isEqualTo(Into.LEAD);
    assertThat(said.fields().path("consent"))
        .isEqualTo(JSON.readTree("[{\"purpose\": \"marketing\", \"given\": false}]"));
  }

  @Test
  void who_is_deleted_in_intercom_withdraws_consent() throws IOException {
    var deleted =
        """
        {"type": "notification_event", "topic": "contact.deleted", "created_at": 1762000000,
         "data": {"item": {"type": "contact", "id": "c1"}}}
        """;

    var said = read(DefaultMappings.body(Kind.INTERCOM)).of(JSON.readTree(deleted)).getFirst();

    assertThat(said.into()).isEqualTo(Into.WITHDRAWAL);
    assertThat(said.fields().path("consent").isMissingNode()).isTrue();
  }

  private static Mapped<Into> only(Kind kind, String file) throws IOException {
    var said = read(DefaultMappings.body(kind)).of(JSON.readTree(Payloads.bytes(file)));
    assertThat(said).hasSize(1);
    return said.getFirst();
  }

  private static Mapping<Into> read(MappingBody body) {
    var faults = new Faults();
    var mapping = MappingReader.read(body, Into.values(), "", faults);
    assertThat(faults.list()).isEmpty();
    return mapping;
  }

  private static MappingBody yaml(String text) throws IOException {
    return DefaultMappings.yaml().readValue(text, MappingBody.class);
  }

  private record Spelled(String into, JsonNode fields) {}

  private static Spelled spelled(Mapped<Into> said) {
    var into = said.into() == null ? "skipped" : said.into().word();
    return new Spelled(said.test() ? "test " + into : into, said.fields());
  }

  private static Spelled expected(String text) {
    int brace = text.indexOf('{');
    try {
      return new Spelled(
          text.substring(0, brace).strip(), DefaultMappings.yaml().readTree(text.substring(brace)));
    } catch (IOException wrong) {
      throw new AssertionError(text, wrong);
    }
  }
}
