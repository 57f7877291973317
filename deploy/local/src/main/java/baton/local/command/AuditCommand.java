package baton.local.command;

import baton.charter.print.Pages;
import baton.local.audit.Audit;
import baton.local.audit.AuditPages;
import baton.local.audit.Guess;
import baton.local.audit.Terminal;
import baton.local.load.Export;
import baton.local.load.Line;
import baton.local.load.MappingFile;
import baton.local.load.Mappings;
import baton.local.load.Posts;
import baton.local.load.Unusable;
import baton.local.progress.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Says what an export of leads and one of deals tell about marketing and sales together:",
      "leads never tried, how soon, which sources bring customers, deals without a lead, gaps,",
      "and what a charter would change. Prints it, and writes audit.html and audit.md.",
      "Needs no running stack, and sends nothing anywhere.",
      "",
      "CSV as spreadsheets and CRMs write it. Columns are told by their names; what was guessed",
      "is said at the end. --mapping (as in ./baton load) says it otherwise: a lead's first",
      "outreach is attributes.firstOutreachAt, the lead of a deal leadExternalId.SYSTEM or",
      "contact.email.",
      "",
      "  ./baton audit contacts.csv deals.csv"
    })
final class AuditCommand implements Callable<Integer> {
  private static final int SAMPLE = 500;

  @Parameters(index = "0", paramLabel = "LEADS", description = "CSV, a row for each lead")
  private Path leads = Path.of("");

  @Parameters(index = "1", paramLabel = "DEALS", description = "CSV, a row for each deal")
  private Path deals = Path.of("");

  @Mixin private final MappingOptions mappings = new MappingOptions();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "of dates that don't say theirs (default: ${DEFAULT-VALUE})")
  private String zone = "UTC";

  @Option(names = "--day-first", description = "01/02/2026 is in February")
  private boolean dayFirst;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "where audit.html and audit.md go (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".");

  private final PrintStream out;

  AuditCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new Refusal(zone + " is no time zone; write one as Europe/Berlin");
    }
    try {
      return audit();
    } catch (Unusable unusable) {
      throw new Refusal(String.valueOf(unusable.getMessage()));
    }
  }

  private int audit() throws IOException, Unusable {
    var leadHead = head(leads);
    var dealHead = head(deals);
    var habits = new Guess.Habits(zone, dayFirst);
    var asLeads = reading(leads, Posts.LEADS, leadHead, Guess.ofLeads(leadHead, dealHead, habits));
    var asDeals =
        reading(deals, Posts.OUTCOMES, dealHead, Guess.ofDeals(dealHead, leadHead, habits));
    require(asLeads, "externalIds.", "a lead's id, e-mail or phone (as Lead ID, Email, Phone)");
    require(asDeals, "leadExternalId.", "which lead a deal is of (as Lead ID, Contact ID, Email)");
    var audit = new Audit();
    read(asLeads, "leads", audit::lead);
    read(asDeals, "deals", audit::deal);

    var blocks = AuditPages.of(audit.findings(), asLeads.told(), asDeals.told());
    Files.createDirectories(folder);
    var html =
        Files.writeString(folder.resolve("audit.html"), Pages.html("Alignment audit", blocks));
    var markdown = Files.writeString(folder.resolve("audit.md"), Pages.markdown(blocks));
    out.println();
    out.print(Terminal.text(blocks));
    out.printf("%nThe same to print: %s, and to paste: %s%n", html, markdown);
    return 0;
  }

  private record Reading(Export export, AuditPages.Read told) {}

  private Export.Head head(Path file) throws IOException, Unusable {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Refusal(file + " can't be read");
    }
    if (!(Export.of(file, Posts.LEADS, null, mappings.charset()) instanceof Export.Csv csv)) {
      throw new Refusal(file + " is no CSV: export it as CSV with a line of column names");
    }
    var head = csv.head(SAMPLE);
    if (head.rows().isEmpty()) {
      throw new Refusal(file + " has no row below its column names");
    }
    return head;
  }

  /** By the mapping given, else a shipped one that fits whole, else by the names of columns. */
  private Reading reading(Path file, Posts posts, Export.Head head, Guess guess)
      throws IOException, Unusable {
    var given = mappings.of(posts);
    if (given != null) {
      return reading(file, posts, given, "is read by " + given.name(), List.of());
    }
    var shipped = Mappings.fitting(head.columns(), posts);
    if (shipped != null) {
      return reading(
          file, posts, shipped, "is read by the shipped mapping " + shipped.name(), List.of());
    }
    if (guess.columns().isEmpty()) {
      throw new Refusal(
          "no column of %s is known by its name (%s): write a mapping and give it by --mapping"
              .formatted(file, String.join(", ", head.columns())));
    }
    return reading(
        file,
        posts,
        MappingFile.of(file, guess.mapping()),
        "is read by the names of its columns",
        guess.columns());
  }

  private Reading reading(
      Path file, Posts posts, MappingFile mapping, String how, List<Guess.Column> columns)
      throws IOException, Unusable {
    return new Reading(
        Export.of(file, posts, mapping, mappings.charset()),
        new AuditPages.Read(String.valueOf(file.getFileName()), how, columns, mapping.fields()));
  }

  private static void require(Reading reading, String ids, String what) {
    var fields = reading.told().fields();
    if (fields.stream().noneMatch(field -> field.startsWith(ids))
        && !fields.contains("contact.email")
        && !fields.contains("contact.phone")) {
      throw new Refusal(
          "no column of %s says %s: export it too, or write a mapping and give it by --mapping"
              .formatted(reading.told().file(), what));
    }
  }

  private void read(Reading reading, String what, Consumer<Line> to) throws IOException, Unusable {
    try (var progress = new Progress(what, reading.export().lines(), out)) {
      reading
          .export()
          .forEach(
              line -> {
                to.accept(line);
                progress.step();
              });
    }
  }
}
