package baton.reporting.restatement.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.json.AnswerJson;
import baton.reporting.meeting.Corrections;
import baton.reporting.restatement.Restatements.Asked;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Restatements for the meeting, as {@code GET /restatements} tells them. */
@ApplicationScoped
class CorrectionsTold implements Corrections {
  private final Retelling retelling;

  CorrectionsTold(Retelling retelling) {
    this.retelling = retelling;
  }

  @Override
  public Uni<Corrected> heard(
      @Nullable LocalDate from, LocalDate to, Instant heardFrom, Instant heardTo, int most) {
    var asked = new Asked(from, to, heardFrom, heardTo, null, most);
    return retelling
        .counts(asked)
        .chain(
            counts ->
                most == 0 || counts.isEmpty()
                    ? Uni.createFrom().item(new Corrected("[]", counts))
                    : retelling
                        .page(asked)
                        .map(
                            page ->
                                new Corrected(
                                    new String(AnswerJson.bytes(page.items()), UTF_8), counts)));
  }
}
