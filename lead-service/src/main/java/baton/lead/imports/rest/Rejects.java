package baton.lead.imports.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.chassis.table.Cell;
import baton.lead.imports.Import;
import baton.lead.imports.Imports;
import baton.lead.imports.Imports.Reject;
import de.siegmar.fastcsv.writer.CsvWriter;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refused rows as CSV, some hundred at a time: however many there are, they take no more memory.
 */
final class Rejects {
  private static final int AT_ONCE = 500;

  private Rejects() {}

  static Multi<byte[]> of(Imports imports, Import job) {
    var after = new AtomicLong();
    var header = new ArrayList<>(List.of("line", "reasons"));
    job.columns().names().forEach(name -> header.add(Cell.harmless(name)));
    var rows =
        Multi.createBy()
            .repeating()
            .uni(() -> imports.rejects(job.importId(), after.get(), AT_ONCE))
            .whilst(found -> found.size() == AT_ONCE)
            .select()
            .where(found -> !found.isEmpty())
            .invoke(found -> after.set(found.getLast().line()))
            .map(found -> csv(found.stream().map(one -> cells(one, header.size())).toList()));
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().item(csv(List.of(header))), rows);
  }

  /** As wide as the header: of a row that can't be taken apart the whole line stands in front. */
  private static List<String> cells(Reject reject, int width) {
    var cells = new ArrayList<String>();
    cells.add(Long.toString(reject.line()));
    cells.add(Cell.harmless(String.join("; ", reject.reasons())));
    reject.cells().forEach(cell -> cells.add(Cell.harmless(cell)));
    cells.addAll(Collections.nCopies(Math.max(0, width - cells.size()), ""));
    return cells;
  }

  private static byte[] csv(List<List<String>> rows) {
    var text = new StringWriter();
    try (var csv = CsvWriter.builder().build(text)) {
      rows.forEach(csv::writeRecord);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return text.toString().getBytes(UTF_8);
  }
}
