package baton.lead.dossier;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lead with those that it absorbed, in the order in which they came. Each keeps what was told of
 * it; here it reads as one.
 */
public record Person(Lead survivor, List<Lead> absorbed) {

  public static Person of(Lead survivor, Collection<Lead> others) {
    return new Person(
        survivor,
        others.stream()
            .filter(other -> !other.leadId().equals(survivor.leadId()))
            .sorted(comparing((Lead other) -> other.first().at()).thenComparing(Lead::leadId))
            .toList());
  }

  /**
   * The survivor as it is shown: what it lacks is the others', and the latest pass is theirs all.
   */
  public Lead whole() {
    return absorbed.isEmpty()
        ? survivor
        : in(filled(), latest(comparing(Pass::qualifiedAt).thenComparing(Pass::passId)));
  }

  /** The survivor as rules read it: while any pass is open it has one. */
  Lead judged() {
    if (absorbed.isEmpty()) {
      return survivor;
    }
    var standing = standing();
    var lead = standing == null ? filled() : filled().judged(standing);
    return in(
        lead, latest(comparing(pass -> Objects.requireNonNullElse(pass.endedAt(), Instant.MAX))));
  }

  /** Every touch but the survivor's first: those that made the others known are among them. */
  public List<Touch> touches(Function<UUID, List<Touch>> later) {
    if (absorbed.isEmpty()) {
      return later.apply(survivor.leadId());
    }
    var touches = new ArrayList<Touch>(later.apply(survivor.leadId()));
    for (var other : absorbed) {
      touches.add(first(other));
      touches.addAll(later.apply(other.leadId()));
    }
    return touches;
  }

  public Stream<Lead> members() {
    return Stream.concat(Stream.of(survivor), absorbed.stream());
  }

  /** The member that is, or was, in the pass which this is about. */
  Lead concerned(Advance advance, Lead named) {
    var inOrder =
        members()
            .filter(member -> member.pass() != null)
            .sorted(comparing((Lead member) -> Objects.requireNonNull(member.pass()).qualifiedAt()))
            .toList();
    var concerned = inOrder.isEmpty() || advance.passId() != null ? named : inOrder.getFirst();
    for (var member : inOrder) {
      var pass = Objects.requireNonNull(member.pass());
      boolean its =
          advance.passId() == null
              ? !pass.qualifiedAt().isAfter(advance.at())
              : pass.passId().equals(advance.passId());
      if (its) {
        concerned = member;
      }
    }
    return concerned;
  }

  private Lead filled() {
    var facts = survivor.facts();
    var contact = survivor.contact();
    for (var other : absorbed) {
      var takesEmail = contact.email() == null && other.contact().email() != null;
      facts = facts.filledFrom(other.facts(), takesEmail);
      contact = contact.filledFrom(other.contact());
    }
    return survivor.saying(facts, contact);
  }

  private @Nullable Lead latest(java.util.Comparator<Pass> order) {
    return members()
        .filter(member -> member.pass() != null)
        .max(comparing(member -> Objects.requireNonNull(member.pass()), order))
        .orElse(null);
  }

  /** Passes are numbered across all members: of the latest, that is how many there were. */
  private Lead in(Lead lead, @Nullable Lead latest) {
    if (latest == null || latest.pass() == null) {
      return lead;
    }
    var pass = latest.pass();
    int passes = members().map(Lead::pass).filter(Objects::nonNull).mapToInt(Pass::number).sum();
    return lead.at(
        latest.stage(), new Pass(pass.passId(), passes, pass.qualifiedAt(), pass.endedAt()));
  }

  private @Nullable Standing standing() {
    var own = survivor.standing();
    if (own == null) {
      return null;
    }
    var standings = members().map(Lead::standing).filter(Objects::nonNull).toList();
    return new Standing(
        standings.stream().map(Standing::asOf).max(naturalOrder()).orElse(own.asOf()),
        own.persona(),
        own.tier(),
        own.score(),
        standings.stream()
            .map(Standing::saidQualifiedAt)
            .filter(Objects::nonNull)
            .max(naturalOrder())
            .orElse(null));
  }

  private static Touch first(Lead lead) {
    var first = lead.first();
    var facts = lead.facts();
    return new Touch(
        first.touchId(),
        lead.leadId(),
        first.at(),
        first.kind(),
        first.asset(),
        facts.source(),
        facts.medium(),
        facts.channel(),
        facts.campaignId(),
        Map.of(),
        first.toldAs());
  }
}
