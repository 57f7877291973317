package baton.lead.score;

import baton.charter.scoring.Judge;
import baton.charter.scoring.Judgement;
import baton.charter.scoring.Readiness;
import baton.chassis.charter.Signed;
import baton.contracts.ScorePart;
import baton.lead.dossier.Dossier;
import baton.lead.dossier.Frozen;
import baton.lead.dossier.Leads.Judged;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead's score with every part. {@code line} is the score from which its persona is ready, null
 * where only a rule makes it so; {@code fallsBelow} is when age alone takes it below, null where it
 * is or stays there. Falling below never ends a pass.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Score(
    UUID leadId,
    Instant asOf,
    int charterVersion,
    String persona,
    @Nullable String tier,
    BigDecimal score,
    List<ScorePart> parts,
    @Nullable String excludedBy,
    Ready readiness,
    @Nullable BigDecimal line,
    @Nullable Instant fallsBelow,
    @Nullable Qualified latestPass) {

  /** {@code missing} names the required fields that aren't known. */
  public record Ready(boolean ready, String why, List<String> missing) {}

  /**
   * Why the latest pass was opened, as it was published then. Its score and parts are null of a
   * pass that was opened before scores were kept.
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Qualified(
      UUID passId,
      int number,
      Instant qualifiedAt,
      @Nullable Instant endedAt,
      @Nullable Integer charterVersion,
      @Nullable String why,
      @Nullable String persona,
      @Nullable String tier,
      @Nullable BigDecimal score,
      List<ScorePart> parts) {}

  /** What a charter makes of a lead at an instant. */
  public static Score of(Judged known, Signed charter, Instant now) {
    var lead = known.lead();
    var pass = lead.pass();
    var since = pass == null ? null : pass.endedAt();
    var standing = lead.standing();
    var said = standing == null ? null : standing.saidQualifiedAt();
    var facts =
        Dossier.of(charter, lead, known.touches())
            .asOf(now, said != null && (since == null || said.isAfter(since)));
    var judge = new Judge(charter.agreement());
    var judgement = judge.judge(facts, now, since);
    var line = judgement.persona().ready().score();
    return new Score(
        lead.leadId(),
        now,
        charter.version(),
        judgement.persona().id(),
        judgement.tier(),
        judgement.score(),
        judgement.parts().stream()
            .map(part -> new ScorePart(part.rule(), part.points(), part.why()))
            .toList(),
        judgement.excludedBy(),
        ready(judgement),
        line,
        line == null ? null : judge.fallsBelow(facts, line, now),
        qualified(known));
  }

  private static Ready ready(Judgement judgement) {
    return switch (judgement.readiness()) {
      case Readiness.Ready(var why) -> new Ready(true, why, List.of());
      case Readiness.NotYet(var why, var missing) -> new Ready(false, why, missing);
    };
  }

  private static @Nullable Qualified qualified(Judged known) {
    var pass = known.lead().pass();
    if (pass == null) {
      return null;
    }
    if (!(known.frozen() instanceof Frozen frozen) || !frozen.passId().equals(pass.passId())) {
      return new Qualified(
          pass.passId(),
          pass.number(),
          pass.qualifiedAt(),
          pass.endedAt(),
          null,
          null,
          null,
          null,
          null,
          List.of());
    }
    return new Qualified(
        pass.passId(),
        pass.number(),
        pass.qualifiedAt(),
        pass.endedAt(),
        frozen.charterVersion(),
        frozen.why(),
        frozen.persona(),
        frozen.tier(),
        frozen.score(),
        frozen.parts());
  }
}
