package baton.feedback.step.rest;

import baton.chassis.command.NamedId;
import baton.chassis.command.OccurredAt;
import baton.chassis.problem.Faults;
import baton.contracts.SellerStep;
import baton.contracts.Vocabulary;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sales step as it is sent. */
record StepTold(
    @Nullable UUID leadId,
    @Nullable NamedId leadExternalId,
    @Nullable SellerStep step,
    @Nullable String channel,
    @Nullable String seller,
    @Nullable String reason,
    @Nullable NamedId externalId,
    @Nullable Instant occurredAt) {
  private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+){0,5}");
  private static final int LONGEST_CHANNEL = 40;

  void check(Instant now, Vocabulary vocabulary, Faults faults) {
    NamedId.checkLead(leadId, leadExternalId, faults);
    faults.require(step, "/step");
    if (channel != null
        && (channel.length() > LONGEST_CHANNEL || !CHANNEL.matcher(channel).matches())) {
      faults.add("/channel", "must be a word such as call, personal-email, social or sms");
    }
    if (seller != null || step == SellerStep.REASSIGNED) {
      faults.require(seller, "/seller");
      faults.fits(seller, NamedId.LONGEST, "/seller");
    }
    var reasons = reasons(vocabulary);
    if (reason != null && step != null && !reasons.contains(reason)) {
      faults.addUnknown("/reason", reasons);
    }
    if (externalId != null) {
      externalId.check("/externalId", faults);
    }
    OccurredAt.check(occurredAt, now, "/occurredAt", faults);
  }

  private List<String> reasons(Vocabulary vocabulary) {
    return step == SellerStep.REJECTED
        ? vocabulary.rejectionReasons()
        : step == SellerStep.RETURNED
            ? vocabulary.returnReasons()
            : Stream.concat(
                    vocabulary.rejectionReasons().stream(), vocabulary.returnReasons().stream())
                .toList();
  }
}
