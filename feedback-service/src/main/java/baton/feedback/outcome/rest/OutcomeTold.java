package baton.feedback.outcome.rest;

import baton.chassis.command.OccurredAt;
import baton.chassis.command.Sum;
import baton.chassis.problem.Faults;
import baton.contracts.ExternalId;
import baton.contracts.OutcomeResult;
import baton.contracts.Vocabulary;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An outcome as it is sent. */
record OutcomeTold(
    @Nullable UUID leadId,
    @Nullable Named leadExternalId,
    @Nullable OutcomeResult result,
    @Nullable Sum amount,
    @Nullable LocalDate expectedClose,
    @Nullable String reason,
    @Nullable String seller,
    @Nullable Named externalId,
    @Nullable Instant occurredAt) {
  private static final int LONGEST_NAME = 200;

  record Named(@Nullable String system, @Nullable String id) {
    void check(String pointer, Faults faults) {
      text(system, pointer + "/system", faults);
      text(id, pointer + "/id", faults);
    }

    private static void text(@Nullable String text, String pointer, Faults faults) {
      faults.require(text, pointer);
      faults.fits(text, LONGEST_NAME, pointer);
    }

    ExternalId name() {
      return new ExternalId(String.valueOf(system), String.valueOf(id));
    }
  }

  void check(Instant now, Vocabulary vocabulary, Faults faults) {
    if (leadId == null && leadExternalId == null) {
      faults.require(null, "/leadId");
    }
    if (leadId != null && leadExternalId != null) {
      faults.add("/leadExternalId", "must not be given beside leadId");
    }
    if (leadExternalId != null) {
      leadExternalId.check("/leadExternalId", faults);
    }
    faults.require(result, "/result");
    if (result == OutcomeResult.VOIDED && externalId == null) {
      faults.add("/result", "voided takes an outcome back: name it by its externalId");
    }
    if (amount != null) {
      amount.check("/amount", faults);
    }
    var reasons = reasons(vocabulary);
    if (reason != null && result != null && !reasons.contains(reason)) {
      faults.addUnknown("/reason", reasons);
    }
    if (seller != null) {
      faults.require(seller, "/seller");
      faults.fits(seller, LONGEST_NAME, "/seller");
    }
    if (externalId != null) {
      externalId.check("/externalId", faults);
    }
    OccurredAt.check(occurredAt, now, "/occurredAt", faults);
  }

  private List<String> reasons(Vocabulary vocabulary) {
    return result == OutcomeResult.DISQUALIFIED
        ? vocabulary.rejectionReasons()
        : vocabulary.lossReasons();
  }
}
