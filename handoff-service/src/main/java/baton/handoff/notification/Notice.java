package baton.handoff.notification;

import baton.contracts.BreachStep;
import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something subscribers may want to hear of. {@code type} is the topic, and the step where the
 * topic has steps; {@code data} is ids, codes and times.
 *
 * @param charterVersion whose routing says whether anybody is told
 */
public record Notice(String type, Instant at, int charterVersion, Map<String, Object> data) {
  private static final String HANDOFF = "lead-handoff";
  private static final String BREACH = "sla-breach";
  private static final String MET = "sla-met";
  private static final String WARNING = "sla-warning";
  private static final String ESCALATION = "sla-escalation";

  /** Every word that a subscription may name; a topic stands for all its steps. */
  public static final List<String> WORDS =
      Stream.of(
              Stream.of(HANDOFF),
              Stream.of(HandoffStep.values()).map(step -> HANDOFF + "." + step.word()),
              Stream.of(BREACH),
              Stream.of(BreachStep.values()).map(step -> BREACH + "." + step.word()),
              Stream.of(MET, WARNING, ESCALATION))
          .flatMap(words -> words)
          .toList();

  /** A step is stamped with what was in force then; its handoff may be under an older charter. */
  public static Notice of(LeadHandoff step, int charterVersion) {
    var data = new TreeMap<String, Object>();
    about(data, step.handoffId(), step.leadId(), step.passId(), step.sellerId(), step.team());
    put(data, "step", step.step().word());
    put(data, "revision", step.revision());
    put(data, "reason", step.reason());
    put(data, "charterVersion", step.charterVersion());
    return new Notice(HANDOFF + "." + step.step().word(), step.occurredAt(), charterVersion, data);
  }

  public static Notice of(SlaBreach breach) {
    var data = new TreeMap<String, Object>();
    about(
        data,
        breach.handoffId(),
        breach.leadId(),
        breach.passId(),
        breach.sellerId(),
        breach.team());
    promise(data, breach.clauseId(), breach.owedBy(), breach.startedAt(), breach.dueAt());
    put(data, "step", breach.step().word());
    put(data, "revision", breach.revision());
    put(data, "breachId", breach.breachId());
    put(data, "judgedAt", breach.judgedAt());
    put(data, "charterVersion", breach.charterVersion());
    link(data, "breach", "/breaches/" + breach.breachId());
    return new Notice(
        BREACH + "." + breach.step().word(), breach.occurredAt(), breach.charterVersion(), data);
  }

  public static Notice of(SlaMet met) {
    var data = new TreeMap<String, Object>();
    about(data, met.handoffId(), met.leadId(), met.passId(), met.sellerId(), met.team());
    promise(data, met.clauseId(), met.owedBy(), met.startedAt(), met.dueAt());
    put(data, "verdictId", met.verdictId());
    put(data, "judgedAt", met.judgedAt());
    put(data, "charterVersion", met.charterVersion());
    return new Notice(MET, met.occurredAt(), met.charterVersion(), data);
  }

  /** A promise that is about to be broken: {@code used} of its time is gone, from 0 to 1. */
  public record Warning(
      Instant at,
      int charterVersion,
      String clauseId,
      Side owedBy,
      @Nullable UUID handoffId,
      @Nullable UUID leadId,
      @Nullable UUID passId,
      @Nullable String sellerId,
      @Nullable String team,
      Instant startedAt,
      Instant dueAt,
      double used) {}

  public static Notice of(Warning warning) {
    var data = new TreeMap<String, Object>();
    about(
        data,
        warning.handoffId(),
        warning.leadId(),
        warning.passId(),
        warning.sellerId(),
        warning.team());
    promise(data, warning.clauseId(), warning.owedBy(), warning.startedAt(), warning.dueAt());
    put(data, "used", warning.used());
    put(data, "charterVersion", warning.charterVersion());
    return new Notice(WARNING, warning.at(), warning.charterVersion(), data);
  }

  /** A breach that still stands, told to {@code whom} the charter's ladder names. */
  public record Escalation(
      Instant at,
      int charterVersion,
      UUID breachId,
      String clauseId,
      Side owedBy,
      String whom,
      @Nullable UUID handoffId,
      @Nullable UUID leadId,
      @Nullable UUID passId,
      @Nullable String sellerId,
      @Nullable String team,
      Instant startedAt,
      Instant dueAt) {}

  public static Notice of(Escalation told) {
    var data = new TreeMap<String, Object>();
    about(data, told.handoffId(), told.leadId(), told.passId(), told.sellerId(), told.team());
    promise(data, told.clauseId(), told.owedBy(), told.startedAt(), told.dueAt());
    put(data, "breachId", told.breachId());
    put(data, "whom", told.whom());
    put(data, "charterVersion", told.charterVersion());
    link(data, "breach", "/breaches/" + told.breachId());
    return new Notice(ESCALATION, told.at(), told.charterVersion(), data);
  }

  /** The topic a type belongs to. */
  public String topic() {
    var dot = type.indexOf('.');
    return dot < 0 ? type : type.substring(0, dot);
  }

  private static void about(
      Map<String, Object> data,
      @Nullable UUID handoffId,
      @Nullable UUID leadId,
      @Nullable UUID passId,
      @Nullable String sellerId,
      @Nullable String team) {
    put(data, "handoffId", handoffId);
    put(data, "leadId", leadId);
    put(data, "passId", passId);
    put(data, "sellerId", sellerId);
    put(data, "team", team);
    if (handoffId != null) {
      link(data, "handoff", "/handoffs/" + handoffId);
    }
  }

  private static void promise(
      Map<String, Object> data, String clauseId, Side owedBy, Instant startedAt, Instant dueAt) {
    put(data, "clauseId", clauseId);
    put(data, "owedBy", owedBy.word());
    put(data, "startedAt", startedAt);
    put(data, "dueAt", dueAt);
  }

  private static void put(Map<String, Object> data, String name, @Nullable Object value) {
    if (value != null) {
      data.put(name, value);
    }
  }

  /** A path of this service; where it stands for the outside is the operator's to say. */
  private static void link(Map<String, Object> data, String name, String path) {
    @SuppressWarnings("unchecked")
    var links = (Map<String, String>) data.computeIfAbsent("links", _ -> new TreeMap<>());
    links.put(name, path);
  }
}
