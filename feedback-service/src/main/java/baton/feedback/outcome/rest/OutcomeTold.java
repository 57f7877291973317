package baton.feedback.outcome.rest;

import baton.chassis.command.NamedId;
import baton.chassis.command.OccurredAt;
import baton.chassis.command.Sum;
import baton.chassis.problem.Faults;
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
    @Nullable NamedId leadExternalId,
    @Nullable OutcomeResult result,
    @Nullable Sum amount,
    @Nullable LocalDate expectedClose,
    @Nullable String reason,
    @Nullable String seller,
    @Nullable NamedId externalId,
    @Nullable Instant occurredAt) {
  void check(Instant now, Vocabulary vocabulary, Faults faults) {
    NamedId.checkLead(leadId, leadExternalId, faults);
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
      faults.fits(seller, NamedId.LONGEST, "/seller");
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
