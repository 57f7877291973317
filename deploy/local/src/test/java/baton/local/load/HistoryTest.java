package baton.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {
  private static final String LEAD = "01980f5a-3c00-7000-8000-000000000001";

  @Test
  void a_row_is_the_lead_its_attempt_and_how_it_ended() throws Exception {
    var history =
        History.of(
                row(
                    """
                    {"externalIds": [{"system": "crm", "id": "7"}], "source": "google",
                     "occurredAt": "2025-03-03T09:00:00Z", "qualifiedAt": "2025-03-04T09:00:00Z",
                     "owner": "ada", "firstOutreachAt": "2025-03-05T09:00:00Z",
                     "firstOutreachChannel": "call", "status": "won", "statusAt": "2025-03-20T09:00:00Z",
                     "amount": {"amount": "1250.00", "currency": "EUR"}}
                    """))
            .of(LEAD);

    assertThat(history.faults()).isEmpty();
    assertThat(history.lead())
        .isEqualTo(
            row(
                """
                {"externalIds": [{"system": "crm", "id": "7"}], "source": "google",
                 "occurredAt": "2025-03-03T09:00:00Z", "qualifiedAt": "2025-03-04T09:00:00Z",
                 "owner": "ada", "qualified": true}
                """));
    assertThat(history.steps())
        .containsExactly(
            row(
                """
                {"step": "attempted", "occurredAt": "2025-03-05T09:00:00Z", "seller": "ada",
                 "channel": "call", "leadId": "%1$s",
                 "externalId": {"system": "history", "id": "%1$s.attempted"}}
                """
                    .formatted(LEAD)));
    assertThat(history.outcome())
        .isEqualTo(
            row(
                """
                {"result": "won", "occurredAt": "2025-03-20T09:00:00Z", "seller": "ada",
                 "amount": {"amount": "1250.00", "currency": "EUR"}, "leadId": "%1$s",
                 "externalId": {"system": "history", "id": "%1$s"}}
                """
                    .formatted(LEAD)));
  }

  @Test
  void a_status_that_is_a_step_is_told_as_one() throws Exception {
    var history =
        History.of(
            row(
                """
                {"status": "rejected", "statusAt": "2025-03-05T09:00:00Z", "statusReason": "spam"}
                """));

    assertThat(history.outcome()).isNull();
    assertThat(history.steps())
        .containsExactly(
            row(
                """
                {"step": "rejected", "occurredAt": "2025-03-05T09:00:00Z", "reason": "spam"}
                """));
  }

  @Test
  void a_row_without_a_status_is_a_lead_alone() throws Exception {
    var history = History.of(row("{\"source\": \"google\", \"owner\": \"ada\"}"));

    assertThat(history.lead()).isEqualTo(row("{\"source\": \"google\", \"owner\": \"ada\"}"));
    assertThat(history.steps()).isEmpty();
    assertThat(history.outcome()).isNull();
    assertThat(history.faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'status': 'Closed Won', 'statusAt': '2025-03-05T09:00:00Z'} | /status must be one of",
        "{'status': 'won'} | /statusAt is required"
      })
  void a_status_without_a_meaning_or_a_date_is_refused(String row, String why) throws Exception {
    var history = History.of(row(row.replace('\'', '"')));

    assertThat(history.faults()).singleElement().asString().startsWith(why);
  }

  private static ObjectNode row(String json) throws Exception {
    return (ObjectNode) Export.JSON.readTree(json);
  }
}
