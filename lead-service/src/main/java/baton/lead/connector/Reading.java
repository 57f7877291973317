package baton.lead.connector;

import baton.chassis.access.Caller;
import baton.chassis.access.Role;
import baton.chassis.mapping.Mapped;
import baton.chassis.mapping.Mapping;
import baton.chassis.mapping.MappingReader;
import baton.chassis.mapping.Target;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Faults;
import baton.chassis.pseudonym.Pseudonyms;
import baton.chassis.webhook.Payload;
import baton.contracts.ExternalId;
import baton.contracts.Json;
import baton.lead.capture.Checks;
import baton.lead.dossier.Capture;
import baton.lead.identity.Email;
import baton.lead.identity.Identity;
import baton.lead.tool.Into;
import baton.lead.touch.Commands;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Makes the commands of ours that a delivery means. */
@ApplicationScoped
public class Reading {
  /**
   * Which delivery of its connector it is, and when it came: that is when happened what says no
   * time.
   */
  public record Received(long number, Instant at) {}

  /**
   * What an element of a delivery means.
   *
   * @param command what is to be captured, or describes whom the element is about; null where it is
   *     skipped, or was refused
   * @param errors what was wrong: without a command all of it is refused, with one these fields are
   *     left out
   * @param visit of somebody who may be nobody yet; null where it is something else
   */
  public record Meant(
      Mapped<Into> mapped, @Nullable Capture command, List<Fault> errors, @Nullable Visit visit) {
    Meant(Mapped<Into> mapped, @Nullable Capture command, List<Fault> errors) {
      this(mapped, command, errors, null);
    }
  }

  private static final int NAMED_AT_MOST = 20;

  private final Commands commands;
  private final Pseudonyms pseudonyms;

  Reading(Commands commands, Pseudonyms pseudonyms) {
    this.commands = commands;
    this.pseudonyms = pseudonyms;
  }

  /**
   * Each element for itself: a bad one spoils no other. None where the body is nothing that this
   * tool sends.
   */
  public Optional<List<Meant>> of(
      Connector connector, String contentType, byte[] body, Received received) {
    var mapping = mapping(connector);
    return Bodies.read(connector.kind(), contentType, body, mapping.each())
        .map(pieces -> of(connector, mapping.of(pieces, received.at()), received));
  }

  private List<Meant> of(Connector connector, List<Mapped<Into>> elements, Received received) {
    var meant = new ArrayList<Meant>();
    for (var mapped : elements) {
      narrow(connector, mapped.fields());
      meant.add(
          meant(connector, mapped, received, toldAs(connector, mapped, received, meant.size())));
    }
    return meant;
  }

  /**
   * What a vendor's answer means of somebody who was only announced. The same answer again is the
   * same fact; another one is another.
   */
  public Meant fetched(Connector connector, Meant announced, JsonNode answer, Received received) {
    var leads =
        mapping(connector).of(answer).stream().filter(each -> each.into() == Into.LEAD).toList();
    if (leads.isEmpty()) {
      var why = new Fault("", "the vendor's answer fits no case of the mapping that makes a lead");
      return new Meant(announced.mapped(), null, List.of(why));
    }
    var mapped = leads.getFirst();
    var fields = mapped.fields();
    narrow(connector, fields);
    var ids = fields.withArray("/externalIds");
    for (var id : announced.mapped().fields().path("externalIds")) {
      if (StreamSupport.stream(ids.spliterator(), false).noneMatch(id::equals)) {
        ids.add(id);
      }
    }
    var said = fields.deepCopy();
    said.remove("occurredAt");
    var toldAs =
        Identity.key("fetched", connector.connectorId() + "\n" + Json.mapper().valueToTree(said));
    if (!fields.has("occurredAt") && announced.mapped().fields().has("occurredAt")) {
      fields.set("occurredAt", announced.mapped().fields().path("occurredAt"));
    }
    return meant(connector, mapped, received, toldAs);
  }

  /** What was delivered, as {@link Payload#shown}. */
  public static Optional<JsonNode> shown(Connector connector, String contentType, byte[] body) {
    return Payload.shown(
        each -> Bodies.read(connector.kind(), contentType, body, each), mapping(connector).each());
  }

  private static Mapping<Into> mapping(Connector connector) {
    var own = connector.mapping();
    return own == null
        ? DefaultMappings.mapping(connector.kind())
        : MappingReader.read(own, Into.values(), "", new Faults());
  }

  private Meant meant(
      Connector connector, Mapped<Into> mapped, Received received, @Nullable UUID toldAs) {
    var into = mapped.into();
    if (into == null || mapped.test()) {
      return new Meant(mapped, null, mapped.isUnread() ? mapped.unread() : List.of());
    }
    var fields = mapped.fields();
    if (into == Into.LEAD || into == Into.TOUCH || into == Into.VISIT) {
      Target.fill(fields, into, connector.defaults());
    }
    if (into == Into.VISIT) {
      return visit(connector, mapped, received, toldAs);
    }
    if (into == Into.CHANGE) {
      return change(connector, mapped, received);
    }
    var faults = new Faults();
    var capture = read(connector, into, fields, received, toldAs, faults);
    if (faults.any()) {
      var rest = without(fields, faults.list());
      var left = new Faults();
      capture = rest == null ? null : read(connector, into, rest, received, toldAs, left);
      capture = left.any() ? null : capture;
    }
    if (into == Into.LEAD && isNobody(connector, fields, capture)) {
      var nobody = new ArrayList<>(faults.list());
      nobody.removeIf(fault -> fault.pointer().equals("/contact"));
      nobody.add(new Fault("", nobody(mapped)));
      return new Meant(mapped, null, nobody);
    }
    return new Meant(mapped, capture, and(faults.list(), mapped.unread()));
  }

  private static List<Fault> and(List<Fault> faults, List<Fault> more) {
    return Stream.concat(faults.stream(), more.stream()).distinct().toList();
  }

  /** What it was before says who it is. */
  private Meant change(Connector connector, Mapped<Into> mapped, Received received) {
    var whom = mapped.fields().deepCopy();
    var faults = new Faults();
    if (Email.read(whom.at("/contact/email").asText()) == null) {
      faults.add("/contact/email", "must be an e-mail address");
    }
    whom.set("contact", whom.remove("former"));
    var capture = read(connector, Into.CHANGE, whom, received, null, faults);
    return new Meant(mapped, faults.any() ? null : capture, faults.list());
  }

  private Meant visit(
      Connector connector, Mapped<Into> mapped, Received received, @Nullable UUID toldAs) {
    var touch = mapped.fields().deepCopy();
    var faults = new Faults();
    var given = new ArrayList<ExternalId>();
    for (var id : touch.path(Into.VISITOR)) {
      given.add(new ExternalId(id.path("system").asText(), id.path("id").asText()));
    }
    touch.remove(Into.VISITOR);
    var visitor =
        new Checks(faults)
            .externalIds(List.copyOf(given)).stream().map(pseudonyms::of).distinct().toList();
    if (visitor.isEmpty()) {
      faults.add("/" + Into.VISITOR, "say whose visit it is");
      return new Meant(mapped, null, faults.list());
    }
    touch
        .putObject("leadExternalId")
        .put("system", visitor.getFirst().system())
        .put("id", visitor.getFirst().id());
    var capture = read(connector, Into.VISIT, touch, received, toldAs, faults);
    if (capture == null || faults.any()) {
      return new Meant(mapped, null, faults.list());
    }
    var again = capture.toldAs();
    return new Meant(
        mapped,
        capture.of(null, visitor),
        mapped.unread(),
        again == null ? null : new Visit(connector.connectorId(), again, visitor, touch));
  }

  /** Whether there is nobody behind it whom anyone could reach or would ever know again. */
  private static boolean isNobody(
      Connector connector, ObjectNode fields, @Nullable Capture capture) {
    if (capture == null) {
      return !fields.at("/contact").has("email")
          && !fields.at("/contact").has("phone")
          && !fields.has("externalIds");
    }
    return capture.contact().email() == null
        && capture.contact().phone() == null
        && capture.facts().externalIds().stream()
            .allMatch(id -> Identity.isAnonymous(id) || isOfSubmission(connector, id));
  }

  private static boolean isOfSubmission(Connector connector, ExternalId id) {
    return connector
        .kind()
        .idsOfSubmissions()
        .filter(own -> id.system().equals(own) || id.system().startsWith(own + "."))
        .isPresent();
  }

  private static String nobody(Mapped<Into> mapped) {
    var unmapped =
        mapped.unmapped().stream().filter(pointer -> !pointer.startsWith("/form/")).toList();
    var named =
        unmapped.stream()
            .limit(NAMED_AT_MOST)
            .map(pointer -> pointer.length() <= 120 ? pointer : pointer.substring(0, 120) + "…")
            .collect(Collectors.joining(", "));
    return "no e-mail, phone or id of a person was mapped; unmapped fields: "
        + (unmapped.isEmpty() ? "none" : named)
        + (unmapped.size() > NAMED_AT_MOST
            ? " and " + (unmapped.size() - NAMED_AT_MOST) + " more"
            : "")
        + "; edit the connector's mapping and replay";
  }

  /** Ids of one installation are nobody in another. */
  private static void narrow(Connector connector, ObjectNode fields) {
    if (connector.kind().hasIdsOfItsOwn()) {
      fields.path("externalIds").forEach(id -> narrow(id, connector));
      fields.path(Into.VISITOR).forEach(id -> narrow(id, connector));
      narrow(fields.path("leadExternalId"), connector);
    }
  }

  private static void narrow(JsonNode id, Connector connector) {
    if (id instanceof ObjectNode pair) {
      pair.put("system", pair.path("system").asText() + "." + connector.connectorId());
    }
  }

  /**
   * By what the same fact is known again, whatever the mapping was when it was read before; null
   * where the touch says it itself. Two calls about one person are two, unless their time or the
   * message says otherwise.
   */
  private static @Nullable UUID toldAs(
      Connector connector, Mapped<Into> mapped, Received received, int at) {
    var fields = mapped.fields();
    if (fields.has("externalId")) {
      return null;
    }
    var told = connector.connectorId() + "\n";
    if (mapped.into() == Into.LEAD && fields.has(Into.MESSAGE)) {
      return Identity.key("message", told + fields.path(Into.MESSAGE).asText());
    }
    boolean again = fields.has("occurredAt") || !connector.kind().hasIdsOfPersons();
    return mapped.into() == Into.LEAD && fields.has("externalIds") && again
        ? Identity.key("told", told + fields.path("externalIds") + "\n" + fields.path("occurredAt"))
        : Identity.key("delivered", told + received.number() + "/" + at);
  }

  private @Nullable Capture read(
      Connector connector,
      Into into,
      ObjectNode fields,
      Received received,
      @Nullable UUID toldAs,
      Faults faults) {
    if (!fields.has("occurredAt")) {
      fields.put("occurredAt", received.at().toString());
    }
    var caller = new Caller("connector:" + connector.connectorId(), Role.CAPTURE, null, null);
    var capture = commands.capture(into, fields, caller, faults);
    return capture == null || toldAs == null ? capture : capture.toldAs(toldAs);
  }

  /**
   * What is left when the fields at fault are taken out: a phone that can't be one loses no lead.
   * Null where a fault is no single field's.
   */
  private static @Nullable ObjectNode without(ObjectNode fields, List<Fault> faults) {
    var left = fields.deepCopy();
    for (var fault : faults) {
      if (!fault.pointer().startsWith("/")) {
        return null;
      }
      var pointer = JsonPointer.compile(fault.pointer());
      if (!(left.at(pointer.head()) instanceof ObjectNode parent)
          || parent.remove(pointer.last().getMatchingProperty()) == null) {
        return null;
      }
    }
    return left;
  }
}
