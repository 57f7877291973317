package baton.feedback.crm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.chassis.mapping.Mapped;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What CRMs' words are here, by their documentation. */
class TranslationTest {
  static final Instant RECEIVED = Instant.parse("2026-03-02T09:00:00Z");
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  static final Settings AS_DELIVERED = new Settings(null, null, null, null, null);

  static Stream<Arguments> deliveries() {
    return Stream.of(
        row(
            Kind.SALESFORCE,
            "salesforce/outbound-message.opportunity.xml",
            "{leadExternalId: {system: salesforce, id: 0017F000007ydJmQAI}, result: opportunity,"
                + " externalId: {system: crm, id: 0067F000003pmdWQAQ}, amount: {amount: '120000.0'},"
                + " expectedClose: '2017-04-03', occurredAt: '2026-03-02T09:00:00Z'}"),
        row(
            Kind.HUBSPOT,
            "hubspot/deal-propertyChange.dealstage.json",
            "{leadExternalId: {system: hubspot-deal, id: '332507367156'}, result: opportunity,"
                + " externalId: {system: crm, id: '332507367156'}, occurredAt:"
                + " '2026-06-25T07:19:32.793Z'}"),
        row(Kind.HUBSPOT, "hubspot/deal-propertyChange.amount.json", "nothing"),
        row(
            Kind.PIPEDRIVE,
            "pipedrive/deal-updated.v1.json",
            "{leadExternalId: {system: pipedrive-deal, id: '9'}, result: opportunity,"
                + " externalId: {system: crm, id: '9'}, amount: {amount: '0', currency: USD},"
                + " seller: '1234567890', occurredAt: '2025-02-17T21:22:41Z'}"),
        row(
            Kind.PIPEDRIVE,
            "pipedrive/deal-change.v2.json",
            "{leadExternalId: {system: pipedrive, id: '3'}, result: won,"
                + " externalId: {system: crm, id: '1'}, amount: {amount: '1250.5', currency: USD},"
                + " seller: '18487521', occurredAt: '2024-09-27T14:25:27Z'}"),
        row(
            Kind.CLOSE,
            "close/opportunity-won.json",
            "{leadExternalId: {system: close, id:"
                + " cont_BwlwYQkIP6AooiXP1CMvc6Zbb5gGh2gPu4dqIDlDrII}, result: won, externalId:"
                + " {system: crm, id: oppo_8H4sjNso7FyBFaeR3RXi5PMJbilfo0c6UPCxsJtEhCO}, amount:"
                + " {amount: '1000.00', currency: USD}, seller:"
                + " user_N6KhMpzHRCYQHdn4gRNIFNN5JExnsrprKA6ekxM63XA, occurredAt:"
                + " '2019-01-15T12:48:23.395Z'}"));
  }

  private static Arguments row(Kind kind, String file, String command) {
    return Arguments.of(kind, file, command);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("deliveries")
  void a_delivery_is_told_as_its_vendor_documents_it(Kind kind, String file, String command)
      throws IOException {
    var told = deal(connector(kind, AS_DELIVERED), List.of(Payloads.bytes(file)));

    assertThat(told).isEqualTo(command.equals("nothing") ? null : YAML.readTree(command));
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        Arguments.of(
            Kind.HUBSPOT,
            "[{subscriptionType: contact.propertyChange, propertyName: hs_lead_status,"
                + " propertyValue: BAD_TIMING, objectId: 51, occurredAt: 1782371972793}]",
            "{leadExternalId: {system: hubspot, id: '51'}, step: returned, externalId: {system:"
                + " crm, id: 51/BAD_TIMING}, reason: timing}"),
        Arguments.of(
            Kind.HUBSPOT,
            "[{subscriptionType: contact.propertyChange, propertyName: hubspot_owner_id,"
                + " propertyValue: '77', objectId: 51, occurredAt: 1782371972793}]",
            "{leadExternalId: {system: hubspot, id: '51'}, step: reassigned, externalId: {system:"
                + " crm, id: 51/hubspot_owner_id}, seller: '77'}"),
        Arguments.of(
            Kind.PIPEDRIVE,
            "{meta: {entity: activity}, data: {id: 4, done: true, type: Call Back, person_id: 3,"
                + " owner_id: 8}}",
            "{leadExternalId: {system: pipedrive, id: '3'}, step: attempted, externalId: {system:"
                + " crm, id: '4'}, seller: '8', channel: call-back}"),
        Arguments.of(
            Kind.CLOSE,
            "{event: {object_type: activity.call, data: {id: acti_1, disposition: answered,"
                + " direction: outbound, user_id: user_1, lead_id: lead_1}}}",
            "{leadExternalId: {system: close, id: lead_1}, step: connected, externalId: {system:"
                + " crm, id: acti_1}, seller: user_1, channel: call}"),
        Arguments.of(
            Kind.CLOSE,
            "{event: {object_type: lead, data: {id: lead_1, status_label: Potential}}}",
            "nothing"),
        Arguments.of(
            Kind.GENERIC,
            "{step: connected, externalId: {id: c-1}, leadExternalId: {id: '7'}, channel: Call}",
            "{leadExternalId: {system: crm, id: '7'}, step: connected, externalId: {system: crm,"
                + " id: c-1}, channel: call}"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("steps")
  void what_a_seller_did_is_told_as_a_step(Kind kind, String body, String command)
      throws IOException {
    var translation = new Translation(connector(kind, AS_DELIVERED));
    var mapped = translation.settings().read().of(YAML.readTree(body)).getFirst();

    var told =
        translation.step(
            Objects.requireNonNull(Settings.text(mapped.fields().get("id"))), mapped.fields());

    assertThat(told).isEqualTo(command.equals("nothing") ? null : YAML.readTree(command));
  }

  @RepeatedTest(30)
  void a_deal_is_the_same_however_its_changes_come(RepetitionInfo run) throws IOException {
    var changes = new ArrayList<byte[]>();
    changes.add(change("dealstage", "appointmentscheduled", 1));
    changes.add(change("amount", "100", 2));
    changes.add(change("dealstage", "closedwon", 3));
    changes.add(change("amount", "250", 4));
    changes.add(change("deal_currency_code", "EUR", 2));
    changes.add(change("dealstage", "closedwon", 5));
    changes.add(change("amount", "250", 4));
    Collections.shuffle(changes, new SplittableRandom(run.getCurrentRepetition()));

    var told = deal(connector(Kind.HUBSPOT, AS_DELIVERED), changes);

    assertThat(told)
        .isEqualTo(
            YAML.readTree(
                "{leadExternalId: {system: hubspot-deal, id: '7'}, result: won, externalId:"
                    + " {system: crm, id: '7'}, amount: {amount: '250', currency: EUR}, occurredAt:"
                    + " '2026-03-02T09:03:00Z'}"));
  }

  @Test
  void stages_are_read_by_their_pipeline_and_a_closing_status_before_any_stage() {
    var settings =
        new Settings(
            null,
            Map.of(
                "*", Map.of("won", "won", "open", "opportunity", "*", "ignore"),
                "2", Map.of("5", "qualified")),
            null,
            null,
            null);

    assertThat(
            Stream.of(
                settings.outcome("2", "5", "open"),
                settings.outcome("2", "5", "won"),
                settings.outcome("3", "5", "open"),
                settings.outcome("3", "5", null),
                settings.outcome("3", null, null)))
        .containsExactly("qualified", "won", "opportunity", "ignore", null);
  }

  @Test
  void a_loss_is_told_with_the_vocabularys_word_for_its_reason() throws IOException {
    var settings = new Settings(null, null, null, Map.of("Went with ACME", "competitor"), null);
    var lost =
        """
        {"meta": {"object": "deal"}, "current": {"id": 1, "status": "lost", "person_id": 3,
         "lost_reason": "Went with ACME", "lost_time": "2025-02-17 21:22:41"}}
        """;

    var told = deal(connector(Kind.PIPEDRIVE, settings), List.of(lost.getBytes(UTF_8)));

    assertThat(told)
        .isEqualTo(
            YAML.readTree(
                "{leadExternalId: {system: pipedrive, id: '3'}, result: lost, externalId: {system:"
                    + " crm, id: '1'}, reason: competitor, occurredAt: '2025-02-17T21:22:41Z'}"));
  }

  @Test
  void settings_that_are_wrong_say_everything_that_is() throws IOException {
    var faults = new Faults();

    YAML.readValue(
            """
            mapping: {cases: [{into: person, fields: {stge: [/a]}}]}
            outcomes: {"*": {Closed: gone}}
            steps: {Working: {reason: timing}}
            defaults: {currncy: EUR}
            """,
            Settings.class)
        .check(faults);

    assertThat(faults.list().stream().map(Fault::pointer))
        .containsExactlyInAnyOrder(
            "/mapping/cases/0/into",
            "/mapping/cases/0/fields/stge",
            "/outcomes/*/Closed",
            "/steps/Working/step",
            "/defaults/currncy");
  }

  @Test
  void a_change_that_cannot_be_read_spoils_none_beside_it() {
    var mapping = Settings.of(Kind.HUBSPOT).read();
    var changes =
        """
        [{"subscriptionType": "deal.propertyChange", "propertyName": "dealstage",
          "propertyValue": "closedwon", "objectId": 7, "objectId": 8, "occurredAt": 1},
         {"subscriptionType": "deal.propertyChange", "propertyName": "dealstage",
          "propertyValue": "closedwon", "objectId": 9, "occurredAt": 1}]
        """;

    var read = Kind.HUBSPOT.read(changes.getBytes(UTF_8), mapping.each()).orElseThrow();

    assertThat(mapping.of(read, RECEIVED).stream().map(Mapped::isUnread))
        .containsExactly(true, false);
  }

  private static @Nullable JsonNode deal(Connector connector, List<byte[]> bodies) {
    var translation = new Translation(connector);
    var deal = Deal.UNKNOWN;
    @Nullable String id = null;
    for (var body : bodies) {
      var mapping = translation.settings().read();
      var read = connector.kind().read(body, mapping.each()).orElseThrow();
      for (var mapped : mapping.of(read, RECEIVED)) {
        assertThat(mapped.into()).isEqualTo(Into.DEAL);
        ObjectNode fields = mapped.fields();
        id = Settings.text(fields.get("id"));
        var at = Translation.at(fields);
        deal = deal.with(Deal.said(fields, at == null ? RECEIVED : at, "1"));
      }
    }
    var standing = deal.standing(translation.settings());
    return standing.result() == null
        ? null
        : translation.outcome(Objects.requireNonNull(id), deal, standing);
  }

  private static byte[] change(String property, String value, int minute) {
    return """
    [{"subscriptionType": "deal.propertyChange", "propertyName": "%s", "propertyValue": "%s",
      "objectId": 7, "occurredAt": %d}]
    """
        .formatted(property, value, at(minute).toEpochMilli())
        .getBytes(UTF_8);
  }

  private static Instant at(int minute) {
    return RECEIVED.plusSeconds(60L * minute);
  }

  private static Connector connector(Kind kind, Settings own) {
    return new Connector("crm", kind, 1, List.of("secret-secret"), null, own, RECEIVED);
  }
}
