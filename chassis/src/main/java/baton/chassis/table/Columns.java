package baton.chassis.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What a header calls its columns; the second of one name is {@code Name (2)}. */
public record Columns(List<String> names) {
  public Columns {
    names = List.copyOf(names);
  }

  public static Columns of(Row header) {
    var names = new ArrayList<String>(header.cells().size());
    var taken = new HashSet<String>();
    for (var cell : header.cells()) {
      var name = cell.strip();
      for (int n = 2; !taken.add(name); n++) {
        name = cell.strip() + " (" + n + ")";
      }
      names.add(name);
    }
    return new Columns(names);
  }

  /** A row as an object; cells without a word are left out. */
  public ObjectNode object(Row row) {
    var object = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < names.size(); i++) {
      var cell = Cell.bare(row.cells().get(i)).strip();
      if (!cell.isEmpty()) {
        object.put(names.get(i), cell);
      }
    }
    return object;
  }
}
