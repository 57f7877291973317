package baton.lead.touch;

import baton.chassis.access.Caller;
import baton.chassis.command.CommandReader;
import baton.chassis.problem.Faults;
import baton.contracts.Json;
import baton.lead.capture.Captures;
import baton.lead.capture.LeadBody;
import baton.lead.dossier.Capture;
import baton.lead.tool.Into;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Makes captures of commands that a mapping made: of leads and of touches. */
@ApplicationScoped
public class Commands {
  private final CommandReader reader;
  private final Captures captures;
  private final Touches touches;

  Commands(CommandReader reader, Captures captures, Touches touches) {
    this.reader = reader;
    this.captures = captures;
    this.touches = touches;
  }

  /** The capture that a command means, right only when no faults were added. */
  public @Nullable Capture capture(Into into, ObjectNode fields, Caller caller, Faults faults) {
    var command = fields.deepCopy();
    command.remove(Into.MESSAGE);
    var content = Json.bytes(command);
    return into == Into.TOUCH || into == Into.VISIT
        ? reader.make(
            content,
            TouchBody.class,
            faults,
            (body, wrong) -> touches.read(body, content, caller, null, wrong))
        : reader.make(
            content,
            LeadBody.class,
            faults,
            (body, wrong) -> captures.read(body, content, caller, null, wrong));
  }
}
