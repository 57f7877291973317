package baton.reporting.journey;

import baton.contracts.BreachStep;
import baton.contracts.ClockStep;
import baton.contracts.Company;
import baton.contracts.ErasureKind;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.Json;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadErased;
import baton.contracts.LeadEvent;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadMerged;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.LeadUnmerged;
import baton.contracts.LeadUpdated;
import baton.contracts.Money;
import baton.contracts.Origin;
import baton.contracts.OutcomeResult;
import baton.contracts.SalesStep;
import baton.contracts.SellerStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing known about a lead. Of the facts with one key only one is kept, the one that outranks
 * the others; that order is total, so neither arrival nor repetition decides.
 */
public sealed interface Fact {

  /** What a fact replaces: others of its kind, id and number. */
  record Key(int kind, UUID id, long number) implements Comparable<Key> {
    private static final UUID NONE = new UUID(0, 0);

    static Key of(int kind) {
      return new Key(kind, NONE, 0);
    }

    static Key of(int kind, long number) {
      return new Key(kind, NONE, number);
    }

    static Key of(int kind, UUID id) {
      return new Key(kind, id, 0);
    }

    @Override
    public int compareTo(Key other) {
      int order = Integer.compare(kind, other.kind);
      order = order != 0 ? order : id.compareTo(other.id);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  Key key();

  Instant at();

  int charter();

  /** The higher replaces the lower of the same key; between equals the bytes decide. */
  long rank();

  /** The lead's first appearance. */
  record Captured(
      Instant at,
      int charter,
      UUID touchId,
      String kind,
      @Nullable String asset,
      @Nullable String source,
      @Nullable String medium,
      String channel,
      @Nullable String campaign,
      @Nullable String landingPage,
      @Nullable String form,
      @Nullable String country,
      Origin origin,
      @Nullable String company,
      @Nullable String persona,
      @Nullable String segment,
      @Nullable String tier,
      @Nullable BigDecimal score)
      implements Fact {
    static final int KIND = 1;

    @Override
    public Key key() {
      return Key.of(KIND);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** A later interaction. */
  record Touched(
      Instant at,
      int charter,
      UUID touchId,
      String kind,
      @Nullable String asset,
      @Nullable String source,
      @Nullable String medium,
      String channel,
      @Nullable String campaign)
      implements Fact {
    static final int KIND = 2;

    @Override
    public Key key() {
      return Key.of(KIND, touchId);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** The facts about a lead that a patch may change and a report may name. */
  enum Field {
    SOURCE("source"),
    MEDIUM("medium"),
    CAMPAIGN("campaignId"),
    COUNTRY("country"),
    COMPANY("company"),
    PERSONA("persona"),
    SEGMENT("segment"),
    TIER("tier");

    private final String wire;

    Field(String wire) {
      this.wire = wire;
    }

    /** Its name on {@code lead-updated}. */
    public String wire() {
      return wire;
    }
  }

  /** A field as it was last set; a null value was removed. */
  record Updated(Instant at, int charter, Field field, long revision, @Nullable String value)
      implements Fact {
    static final int KIND = 3;

    @Override
    public Key key() {
      return Key.of(KIND, field.ordinal());
    }

    @Override
    public long rank() {
      return revision;
    }
  }

  /** Marketing's word that the lead is ready: a pass begins. */
  record Qualified(
      Instant at,
      int charter,
      UUID passId,
      String why,
      @Nullable String persona,
      @Nullable String segment,
      @Nullable String tier,
      @Nullable Integer priority,
      @Nullable BigDecimal score)
      implements Fact {
    static final int KIND = 4;

    @Override
    public Key key() {
      return Key.of(KIND, passId);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /**
   * One step of a handoff; every revision is a step of its own.
   *
   * @param clocks the promises whose time began or ended with it
   * @param worked how far the charter's working time had come; null if its charter was not known
   */
  record Handed(
      Instant at,
      int charter,
      UUID handoffId,
      long revision,
      UUID passId,
      HandoffStep step,
      @Nullable String seller,
      @Nullable String team,
      @Nullable String reason,
      @Nullable String channel,
      @Nullable String result,
      List<ClockStep> clocks,
      @Nullable Worked worked)
      implements Fact {
    static final int KIND = 5;

    public Handed {
      clocks = List.copyOf(clocks);
    }

    /** The same step, of other clocks. */
    public Handed with(List<ClockStep> others) {
      return new Handed(
          at, charter, handoffId, revision, passId, step, seller, team, reason, channel, result,
          others, worked);
    }

    @Override
    public Key key() {
      return new Key(KIND, handoffId, revision);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** What became of the lead, as last corrected. */
  record Became(
      Instant at,
      int charter,
      UUID outcomeId,
      long revision,
      @Nullable UUID passId,
      OutcomeResult result,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable LocalDate expectedClose,
      @Nullable String reason,
      @Nullable String seller,
      List<UUID> contacts)
      implements Fact {
    static final int KIND = 6;

    /** The same outcome, of no pass that is known. */
    public Became outside() {
      return new Became(
          at,
          charter,
          outcomeId,
          revision,
          null,
          result,
          amount,
          currency,
          expectedClose,
          reason,
          seller,
          contacts);
    }

    @Override
    public Key key() {
      return Key.of(KIND, outcomeId);
    }

    @Override
    public long rank() {
      return revision;
    }
  }

  /** What sales thinks of the lead, as last corrected. */
  record Rated(
      Instant at,
      int charter,
      UUID feedbackId,
      long revision,
      @Nullable UUID passId,
      @Nullable UUID handoffId,
      @Nullable Integer rating,
      List<String> reasons,
      List<String> objections,
      List<String> painPoints,
      @Nullable String seller)
      implements Fact {
    static final int KIND = 7;

    @Override
    public Key key() {
      return Key.of(KIND, feedbackId);
    }

    @Override
    public long rank() {
      return revision;
    }
  }

  /** What a seller did in the CRM. Shown, never counted: numbers count handoffs alone. */
  record Stepped(
      Instant at,
      int charter,
      UUID stepId,
      long revision,
      SellerStep step,
      @Nullable String channel,
      @Nullable String seller,
      @Nullable String reason)
      implements Fact {
    static final int KIND = 8;

    @Override
    public Key key() {
      return Key.of(KIND, stepId);
    }

    @Override
    public long rank() {
      return revision;
    }
  }

  /** A promise kept. */
  record Kept(
      Instant at,
      int charter,
      UUID verdictId,
      String clause,
      Side owedBy,
      @Nullable String seller,
      @Nullable String team,
      @Nullable UUID passId,
      Instant started,
      Instant due,
      Instant judged)
      implements Fact {
    static final int KIND = 9;

    @Override
    public Key key() {
      return Key.of(KIND, verdictId);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** A promise broken, or a later word on that; every revision is a step of its own. */
  record Broken(
      Instant at,
      int charter,
      UUID breachId,
      long revision,
      BreachStep step,
      String clause,
      Side owedBy,
      @Nullable String seller,
      @Nullable String team,
      @Nullable UUID passId,
      Instant started,
      Instant due,
      Instant judged,
      @Nullable String reason)
      implements Fact {
    static final int KIND = 10;

    /** Whether this word on it is that the other side doesn't hold it against them. */
    public boolean excused() {
      return step == BreachStep.EXCUSED;
    }

    @Override
    public Key key() {
      return new Key(KIND, breachId, revision);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** Two leads are one. */
  record Merged(Instant at, int charter, UUID mergeId, UUID survivor, UUID absorbed)
      implements Fact {
    static final int KIND = 11;

    /** Whom it makes one with this lead. */
    public UUID other(UUID lead) {
      return lead.equals(survivor) ? absorbed : survivor;
    }

    @Override
    public Key key() {
      return Key.of(KIND, mergeId);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** That merge is undone, for ever. */
  record Unmerged(Instant at, int charter, UUID mergeId, UUID survivor, UUID absorbed)
      implements Fact {
    static final int KIND = 12;

    @Override
    public Key key() {
      return Key.of(KIND, mergeId);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** The lead is gone, in one way or the other. */
  record Erased(Instant at, int charter, ErasureKind kind, UUID receipt) implements Fact {
    static final int KIND = 13;

    @Override
    public Key key() {
      return Key.of(KIND, kind.ordinal());
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** What rules read of a lead and no report names. */
  enum Trait {
    SOURCE,
    MEDIUM,
    CAMPAIGN,
    COUNTRY,
    SEGMENT,
    JOB_TITLE,
    EMAIL_FREE,
    EMAIL_DOMAIN,
    /** That there is one of which nothing is known; empty. */
    COMPANY,
    COMPANY_DOMAIN,
    EMPLOYEES,
    INDUSTRY,
    COMPANY_COUNTRY,
    /** Those that the charter of then reads, as a JSON object. */
    ATTRIBUTES
  }

  /**
   * A lead as rules read it, beyond what other facts say: as it was captured, which is revision 0,
   * or what a revision changed.
   *
   * @param cleared what was removed, by its name on {@code lead-updated}
   */
  record Described(
      Instant at, int charter, long revision, Map<Trait, String> traits, List<String> cleared)
      implements Fact {
    static final int KIND = 14;

    public Described {
      traits = Collections.unmodifiableMap(new TreeMap<>(traits));
      cleared = List.copyOf(cleared);
    }

    @Override
    public Key key() {
      return Key.of(KIND, revision);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /**
   * What a later interaction had to it.
   *
   * @param attributes those that the charter of then reads, as a JSON object
   */
  record Marked(Instant at, int charter, UUID touchId, String attributes) implements Fact {
    static final int KIND = 15;

    @Override
    public Key key() {
      return Key.of(KIND, touchId);
    }

    @Override
    public long rank() {
      return -at.toEpochMilli();
    }
  }

  /** Which of two facts of one key stays: positive if this one. */
  static int compare(Fact one, Fact other) {
    int order = Long.compare(one.rank(), other.rank());
    if (order == 0
        && one instanceof Captured(_, _, var touchId, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _)
        && other instanceof Captured captured) {
      order = captured.touchId.compareTo(touchId);
    }
    return order != 0 || one.equals(other) ? order : FactBytes.compare(one, other);
  }

  /** The facts that an event states about its lead. */
  static List<Fact> of(Event event, WorkingTime time) {
    return switch (event) {
      case LeadEvent about -> about(about, time);
      case SlaMet met when met.leadId() != null -> List.of(kept(met));
      case SlaBreach breach when breach.leadId() != null -> List.of(broken(breach));
      case SlaMet _,
          SlaBreach _,
          baton.contracts.ContentRequest _,
          baton.contracts.Campaign _,
          baton.contracts.Charter _,
          baton.contracts.Seller _,
          baton.contracts.AccessKey _ ->
          List.of();
    };
  }

  private static List<Fact> about(LeadEvent event, WorkingTime time) {
    return switch (event) {
      case LeadCaptured captured -> and(captured(captured), described(captured));
      case LeadTouched touched -> and(touched(touched), marked(touched));
      case LeadUpdated updated -> updated(updated);
      case LeadQualified qualified -> List.of(qualified(qualified));
      case LeadHandoff handoff -> List.of(handed(handoff, time));
      case LeadOutcome outcome -> List.of(became(outcome));
      case LeadFeedback feedback -> List.of(rated(feedback));
      case SalesStep step -> List.of(stepped(step));
      case LeadMerged merged ->
          List.of(
              new Merged(
                  millis(merged.occurredAt()),
                  merged.charterVersion(),
                  merged.mergeId(),
                  merged.survivor(),
                  merged.absorbed()));
      case LeadUnmerged unmerged ->
          List.of(
              new Unmerged(
                  millis(unmerged.occurredAt()),
                  unmerged.charterVersion(),
                  unmerged.mergeId(),
                  unmerged.survivor(),
                  unmerged.absorbed()));
      case LeadErased erased ->
          List.of(
              new Erased(
                  millis(erased.occurredAt()),
                  erased.charterVersion(),
                  erased.kind(),
                  erased.receipt()));
      case baton.contracts.LeadContact _ -> List.of();
    };
  }

  private static Captured captured(LeadCaptured event) {
    return new Captured(
        millis(event.occurredAt()),
        event.charterVersion(),
        event.touchId(),
        event.touchKind(),
        event.asset(),
        event.source(),
        event.medium(),
        event.channel(),
        event.campaignId(),
        event.landingPage(),
        event.form(),
        event.country(),
        event.origin(),
        domain(event.company()),
        event.persona(),
        event.segment(),
        event.tier(),
        plain(event.score()));
  }

  private static Touched touched(LeadTouched event) {
    return new Touched(
        millis(event.occurredAt()),
        event.charterVersion(),
        event.touchId(),
        event.kind(),
        event.asset(),
        event.source(),
        event.medium(),
        event.channel(),
        event.campaignId());
  }

  private static List<Fact> updated(LeadUpdated event) {
    var facts = new ArrayList<Fact>();
    for (var field : Field.values()) {
      var value =
          switch (field) {
            case SOURCE -> event.source();
            case MEDIUM -> event.medium();
            case CAMPAIGN -> event.campaignId();
            case COUNTRY -> event.country();
            case COMPANY -> domain(event.company());
            case PERSONA -> event.persona();
            case SEGMENT -> event.segment();
            case TIER -> event.tier();
          };
      if (value != null || event.cleared().contains(field.wire())) {
        facts.add(
            new Updated(
                millis(event.occurredAt()),
                event.charterVersion(),
                field,
                event.revision(),
                value));
      }
    }
    var described = described(event);
    if (described != null) {
      facts.add(described);
    }
    return facts;
  }

  private static List<Fact> and(Fact one, @Nullable Fact other) {
    return other == null ? List.of(one) : List.of(one, other);
  }

  private static @Nullable Described described(LeadCaptured event) {
    var traits = new EnumMap<Trait, String>(Trait.class);
    put(traits, Trait.JOB_TITLE, event.jobTitle());
    put(traits, Trait.EMAIL_FREE, event.emailFree());
    put(traits, Trait.EMAIL_DOMAIN, event.emailDomain());
    var company = event.company();
    if (company != null) {
      describe(traits, company);
      if (company.domain() != null) {
        traits.remove(Trait.COMPANY_DOMAIN);
      }
    }
    put(traits, Trait.ATTRIBUTES, Json.object(event.attributes()));
    return described(event, 0, traits, List.of());
  }

  private static @Nullable Described described(LeadUpdated event) {
    var traits = new EnumMap<Trait, String>(Trait.class);
    put(traits, Trait.SOURCE, event.source());
    put(traits, Trait.MEDIUM, event.medium());
    put(traits, Trait.CAMPAIGN, event.campaignId());
    put(traits, Trait.COUNTRY, event.country());
    put(traits, Trait.SEGMENT, event.segment());
    put(traits, Trait.JOB_TITLE, event.jobTitle());
    put(traits, Trait.EMAIL_FREE, event.emailFree());
    put(traits, Trait.EMAIL_DOMAIN, event.emailDomain());
    if (event.company() != null) {
      describe(traits, event.company());
    }
    put(traits, Trait.ATTRIBUTES, Json.object(event.attributes()));
    return described(event, event.revision(), traits, event.cleared());
  }

  private static @Nullable Described described(
      LeadEvent event, long revision, Map<Trait, String> traits, List<String> cleared) {
    return traits.isEmpty() && cleared.isEmpty()
        ? null
        : new Described(
            millis(event.occurredAt()), event.charterVersion(), revision, traits, cleared);
  }

  private static void describe(Map<Trait, String> traits, Company company) {
    put(traits, Trait.COMPANY_DOMAIN, company.domain());
    put(traits, Trait.EMPLOYEES, company.employees());
    put(traits, Trait.INDUSTRY, company.industry());
    put(traits, Trait.COMPANY_COUNTRY, company.country());
    if (company.equals(new Company(null, null, null, null))) {
      traits.put(Trait.COMPANY, "");
    }
  }

  private static void put(Map<Trait, String> traits, Trait trait, @Nullable Object value) {
    if (value != null) {
      traits.put(trait, value.toString());
    }
  }

  private static @Nullable Marked marked(LeadTouched event) {
    var attributes = Json.object(event.attributes());
    return attributes == null
        ? null
        : new Marked(
            millis(event.occurredAt()), event.charterVersion(), event.touchId(), attributes);
  }

  private static Qualified qualified(LeadQualified event) {
    return new Qualified(
        millis(event.occurredAt()),
        event.charterVersion(),
        event.passId(),
        event.why(),
        event.persona(),
        event.segment(),
        event.tier(),
        event.priority(),
        plain(event.score()));
  }

  private static Handed handed(LeadHandoff event, WorkingTime time) {
    var at = millis(event.occurredAt());
    return new Handed(
        at,
        event.charterVersion(),
        event.handoffId(),
        event.revision(),
        event.passId(),
        event.step(),
        event.sellerId(),
        event.team(),
        event.reason(),
        event.channel(),
        event.result(),
        event.clocks().stream().map(Fact::millis).toList(),
        time.worked(event.charterVersion(), at));
  }

  private static Became became(LeadOutcome event) {
    Money amount = event.amount();
    return new Became(
        millis(event.occurredAt()),
        event.charterVersion(),
        event.outcomeId(),
        event.revision(),
        event.passId(),
        event.result(),
        amount == null ? null : plain(amount.amount()),
        amount == null ? null : amount.currency(),
        event.expectedClose(),
        event.reason(),
        event.sellerId(),
        event.contacts().stream().sorted(Comparator.naturalOrder()).toList());
  }

  private static Rated rated(LeadFeedback event) {
    return new Rated(
        millis(event.occurredAt()),
        event.charterVersion(),
        event.feedbackId(),
        event.revision(),
        event.passId(),
        event.handoffId(),
        event.rating(),
        event.reasons(),
        event.objections(),
        event.painPoints(),
        event.sellerId());
  }

  private static Stepped stepped(SalesStep event) {
    return new Stepped(
        millis(event.occurredAt()),
        event.charterVersion(),
        event.stepId(),
        event.revision(),
        event.step(),
        event.channel(),
        event.sellerId(),
        event.reason());
  }

  private static Kept kept(SlaMet event) {
    return new Kept(
        millis(event.occurredAt()),
        event.charterVersion(),
        event.verdictId(),
        event.clauseId(),
        event.owedBy(),
        event.sellerId(),
        event.team(),
        event.passId(),
        millis(event.startedAt()),
        millis(event.dueAt()),
        millis(event.judgedAt()));
  }

  private static Broken broken(SlaBreach event) {
    return new Broken(
        millis(event.occurredAt()),
        event.charterVersion(),
        event.breachId(),
        event.revision(),
        event.step(),
        event.clauseId(),
        event.owedBy(),
        event.sellerId(),
        event.team(),
        event.passId(),
        millis(event.startedAt()),
        millis(event.dueAt()),
        millis(event.judgedAt()),
        event.reason());
  }

  private static ClockStep millis(ClockStep step) {
    var due = step.dueAt();
    return due == null ? step : new ClockStep(step.clauseId(), step.change(), millis(due));
  }

  private static Instant millis(Instant instant) {
    return Instant.ofEpochMilli(instant.toEpochMilli());
  }

  private static @Nullable String domain(@Nullable Company company) {
    return company == null ? null : company.domain();
  }

  /** 1.50 and 1.5 are one amount, and must be one value and one row of bytes. */
  private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
    return number == null ? null : number.stripTrailingZeros();
  }
}
