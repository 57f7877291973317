package baton.reporting.restatement.rest;

import baton.chassis.json.AnswerJson;
import baton.reporting.meeting.Corrections;
import baton.reporting.restatement.Restatements.Asked;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Restatements for the meeting: the first page of what {@code GET /restatements} tells. */
@ApplicationScoped
class CorrectionsTold implements Corrections {
  private static final int MOST = 200;

  private final Retelling retelling;

  CorrectionsTold(Retelling retelling) {
    this.retelling = retelling;
  }

  @Override
  public Uni<Corrected> heard(
      @Nullable LocalDate from, LocalDate to, Instant heardFrom, Instant heardTo) {
    return retelling
        .page(new Asked(from, to, heardFrom, heardTo, null, MOST))
        .map(
            page ->
                new Corrected(
                    new String(AnswerJson.bytes(page.items()), StandardCharsets.UTF_8),
                    page.items().stream()
                        .map(each -> each.number().metric())
                        .collect(Collectors.toSet())));
  }
}
