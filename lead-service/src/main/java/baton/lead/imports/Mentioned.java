package baton.lead.imports;

import baton.chassis.table.Row;
import baton.contracts.ExternalId;
import baton.lead.identity.Email;
import baton.lead.identity.Identity;
import baton.lead.identity.Phone;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a row tells of, as far as it can be read, also where it is none that could be taken: the
 * keys of what a lead would be recognised by.
 */
final class Mentioned {
  private static final Pattern ADDRESS = Pattern.compile("[^\\s,;:\"'<>()]+@[^\\s,;:\"'<>()]+");
  private static final Pattern NUMBER = Pattern.compile("\\+[0-9][0-9 ()./-]{5,24}[0-9]");
  private static final List<String> IDS = List.of("externalIds", "leadExternalId", "externalId");

  private Mentioned() {}

  /**
   * @param fields what a mapping makes of it, where it can
   */
  static Set<UUID> in(Row row, @Nullable ObjectNode fields) {
    var keys = new TreeSet<UUID>();
    for (var cell : row.cells()) {
      for (var address : found(ADDRESS, cell)) {
        var email = Email.read(address);
        if (email != null) {
          keys.add(Identity.of(email).key());
        }
      }
      for (var number : found(NUMBER, cell)) {
        var phone = Phone.read(number, null);
        if (phone != null) {
          keys.add(Identity.of(phone).key());
        }
      }
    }
    if (fields != null) {
      for (var name : IDS) {
        var ids = fields.path(name);
        for (var id : ids.isArray() ? ids : List.of(ids)) {
          if (id.path("system").isTextual() && id.path("id").isTextual()) {
            keys.add(
                Identity.of(new ExternalId(id.path("system").asText(), id.path("id").asText()))
                    .key());
          }
        }
      }
    }
    return keys;
  }

  private static List<String> found(Pattern pattern, String cell) {
    return pattern.matcher(cell).results().map(MatchResult::group).toList();
  }
}
