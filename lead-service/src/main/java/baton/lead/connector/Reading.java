package baton.lead.connector;

import baton.chassis.access.Caller;
import baton.chassis.access.Role;
import baton.chassis.command.CommandReader;
import baton.chassis.problem.Faults;
import baton.contracts.Json;
import baton.lead.capture.Captures;
import baton.lead.capture.LeadBody;
import baton.lead.dossier.Capture;
import baton.lead.mapping.Mapped;
import baton.lead.mapping.Mapping;
import baton.lead.mapping.MappingReader;
import baton.lead.mapping.Target;
import baton.lead.touch.TouchBody;
import baton.lead.touch.Touches;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the commands of ours that a delivery means. */
@ApplicationScoped
public class Reading {
  /**
   * What an element of a delivery means.
   *
   * @param capture what is to be captured; null where there is nothing or it was refused
   */
  public record Meant(Mapped mapped, @Nullable Capture capture, Faults faults) {}

  private final CommandReader commands;
  private final Captures captures;
  private final Touches touches;

  Reading(CommandReader commands, Captures captures, Touches touches) {
    this.commands = commands;
    this.captures = captures;
    this.touches = touches;
  }

  /** Each element for itself: a bad one spoils no other. */
  public List<Meant> of(Connector connector, JsonNode delivery) {
    return mapping(connector).of(delivery).stream().map(one -> meant(connector, one)).toList();
  }

  private static Mapping mapping(Connector connector) {
    var own = connector.mapping();
    return MappingReader.read(
        own == null ? DefaultMappings.body(connector.kind()) : own, "", new Faults());
  }

  private Meant meant(Connector connector, Mapped mapped) {
    var faults = new Faults();
    if (mapped.into() == null || mapped.test()) {
      return new Meant(mapped, null, faults);
    }
    return switch (mapped.into()) {
      case LEAD -> {
        var content = content(connector, mapped);
        var body = commands.read(content, LeadBody.class, faults);
        yield new Meant(
            mapped,
            body == null ? null : captures.read(body, content, caller(connector), null, faults),
            faults);
      }
      case TOUCH -> {
        var content = content(connector, mapped);
        var body = commands.read(content, TouchBody.class, faults);
        yield new Meant(
            mapped,
            body == null ? null : touches.read(body, content, caller(connector), null, faults),
            faults);
      }
      case ENRICHMENT, WITHDRAWAL, ERASURE -> new Meant(mapped, null, faults);
    };
  }

  /** Its bytes are the same whenever the same delivery is read by the same mapping. */
  private static byte[] content(Connector connector, Mapped mapped) {
    ObjectNode fields = mapped.fields();
    connector
        .defaults()
        .forEach(
            (path, value) -> {
              var target = Target.of(path);
              if (mapped.into() != null && target.isOf(mapped.into()) && !target.isIn(fields)) {
                target.put(fields, value);
              }
            });
    return Json.bytes(fields);
  }

  private static Caller caller(Connector connector) {
    return new Caller("connector:" + connector.connectorId(), Role.CAPTURE, null, null);
  }
}
