package baton.lead.imports;

import baton.chassis.access.Caller;
import baton.chassis.access.Role;
import baton.chassis.mapping.Mapped;
import baton.chassis.mapping.Mapping;
import baton.chassis.problem.Fault;
import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import baton.chassis.table.Row;
import baton.lead.dossier.Capture;
import baton.lead.identity.Identity;
import baton.lead.tool.Into;
import baton.lead.touch.Commands;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a row of a file means. */
@ApplicationScoped
public class Reading {
  /** A row that was read. */
  public sealed interface Meant {
    record Fact(Capture capture) implements Meant {}

    /**
     * @param about by what whom it tells of is recognised
     */
    record Refused(List<String> reasons, Set<UUID> about) implements Meant {}
  }

  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private final Commands commands;

  Reading(Commands commands) {
    this.commands = commands;
  }

  /**
   * What a row means. The same words make the same fact, in whichever file, line or order of
   * columns they stand.
   *
   * @param number of the row in its import
   */
  public Meant of(Import job, Mapping<Into> mapping, Row row, long number) {
    if (row.fault() != null) {
      return refused(List.of(row.fault()), row, null);
    }
    var mapped = mapping.ofRow(job.columns().object(row));
    var into = mapped.into();
    if (into == null) {
      return refused(List.of("no case of the mapping fits it"), row, null);
    }
    if (mapped.test() || into != Into.LEAD && into != Into.TOUCH) {
      return refused(
          List.of("the mapping makes neither a lead nor a touch of it"), row, mapped.fields());
    }
    if (!mapped.unread().isEmpty()) {
      return refused(mapped.unread().stream().map(Reading::told).toList(), row, mapped.fields());
    }
    var faults = new Faults();
    var capture = capture(job, mapped, into, faults);
    if (capture == null || faults.any()) {
      return refused(faults.list().stream().map(Reading::told).toList(), row, mapped.fields());
    }
    var ids = new RowIds(job.importId());
    return new Meant.Fact(capture.withIds(ids.lead(number), ids.touch(number), ids.pass(number)));
  }

  /** Why a row was refused that seemed right. */
  static List<String> reasons(Problem refused) {
    return refused.errors().isEmpty()
        ? List.of(String.valueOf(refused.getMessage()))
        : refused.errors().stream().map(Reading::told).toList();
  }

  private @Nullable Capture capture(Import job, Mapped<Into> mapped, Into into, Faults faults) {
    var fields = mapped.fields();
    boolean ownId = into == Into.TOUCH && fields.has("externalId");
    var toldAs = Identity.key("row", sorted(fields));
    if (!fields.has("occurredAt")) {
      fields.put("occurredAt", job.receivedAt().toString());
    }
    var caller = new Caller("import:" + job.mappingName(), Role.CAPTURE, null, job.source());
    var capture = commands.capture(into, fields, caller, faults);
    return capture == null || ownId ? capture : capture.toldAs(toldAs);
  }

  private static byte[] sorted(ObjectNode fields) {
    try {
      return SORTED.writeValueAsBytes(fields);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }

  private static Meant refused(List<String> reasons, Row row, @Nullable ObjectNode fields) {
    return new Meant.Refused(reasons, Mentioned.in(row, fields));
  }

  private static String told(Fault fault) {
    return fault.pointer().isEmpty() ? fault.detail() : fault.pointer() + " " + fault.detail();
  }
}
