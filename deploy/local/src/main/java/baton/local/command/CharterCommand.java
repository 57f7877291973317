package baton.local.command;

import baton.charter.Agreement;
import baton.local.client.Refused;
import baton.local.client.Rest;
import baton.local.table.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "charter",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "What marketing and sales agree on, from a template to both signatures.",
      "",
      "  ./baton charter init                      a template, in charter.yaml: make it yours",
      "  ./baton charter propose charter.yaml      checked whole; becomes a version",
      "  ./baton charter diff 1                    what it would change",
      "  ./baton charter sign 1 --side marketing",
      "  ./baton charter sign 1 --side sales       both: it is in force",
      ""
    })
final class CharterCommand {
  private static final String SERVICE = "handoff";
  private static final String READER = "report";
  static final int INVALID = 422;
  private static final String CURRENT = "current";

  /** Who signs for whom. */
  enum Side {
    MARKETING("marketing"),
    SALES("sales-manager");

    private final String role;

    Side(String role) {
      this.role = role;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    Side other() {
      return this == MARKETING ? SALES : MARKETING;
    }
  }

  private final PrintStream out;

  CharterCommand(PrintStream out) {
    this.out = out;
  }

  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Writes a template to a file: b2b-inside-sales, enterprise or small-business.")
  int init(
      @Parameters(
              arity = "0..1",
              paramLabel = "TEMPLATE",
              defaultValue = "b2b-inside-sales",
              description = "the charter to start from (default: ${DEFAULT-VALUE})")
          String template,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "FILE",
              defaultValue = "charter.yaml",
              description = "where to (default: ${DEFAULT-VALUE})")
          Path file,
      @Option(names = "--force", description = "also over a file that is there") boolean force)
      throws IOException {
    var text = Agreement.template(template);
    if (text == null) {
      throw new Refusal(
          "there is no template "
              + template
              + "; there are "
              + String.join(", ", Agreement.templates()));
    }
    try {
      Files.writeString(
          file,
          text,
          force
              ? new StandardOpenOption[] {
                StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING
              }
              : new StandardOpenOption[] {StandardOpenOption.CREATE_NEW});
    } catch (FileAlreadyExistsException there) {
      throw new Refusal(file + " is there already; --force writes over it");
    }
    out.printf("%s is written: make it yours, then%n", file);
    out.printf("  ./baton charter propose %s%n", file);
    return 0;
  }

  @Command(
      name = "propose",
      mixinStandardHelpOptions = true,
      description = {
        "Proposes a file (YAML, or JSON by its name) as the next version.",
        "All that is wrong with it is listed at once, each with the place as a JSON Pointer."
      })
  int propose(
      @Mixin DataOption data,
      @Parameters(paramLabel = "FILE", description = "the charter") Path file,
      @Option(
              names = "--as",
              paramLabel = "ROLE",
              defaultValue = "marketing",
              description =
                  "whose key: marketing, sales-manager or admin (default: ${DEFAULT-VALUE})")
          String role)
      throws IOException {
    var text = text(file);
    try (var rest = new Rest(data.stack())) {
      var answer = rest.post(SERVICE, role, "/charters", mediaType(file), text);
      var version = answer.path("version").asInt();
      out.printf("version %d is proposed, content %s%n", version, hash(answer));
      out.printf("  ./baton charter show %d%n", version);
      for (var side : Side.values()) {
        out.printf("  ./baton charter sign %d --side %s%n", version, side.word());
      }
      return 0;
    } catch (Refused refused) {
      if (refused.status() != INVALID) {
        throw refused;
      }
      out.print(faults(refused.problem()));
      return 1;
    }
  }

  /** A charter's file. */
  static String text(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new Refusal(file + " can't be read");
    }
    return Files.readString(file);
  }

  static String mediaType(Path file) {
    return String.valueOf(file.getFileName()).endsWith(".json")
        ? "application/json"
        : "application/yaml";
  }

  /** What is wrong and where, a line each. */
  static String faults(JsonNode problem) {
    var table = new Table(2, List.of("where", "what is wrong"));
    for (var fault : problem.path("errors")) {
      var pointer = fault.path("pointer").asText();
      table.row(List.of(pointer.isEmpty() ? "(whole)" : pointer, fault.path("detail").asText()));
    }
    return table.text();
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Says what a version means that another, or the one in force, doesn't.")
  int diff(
      @Mixin DataOption data,
      @Parameters(
              arity = "1..2",
              paramLabel = "VERSION",
              description = "the later one; or the earlier one, then the later one")
          List<String> versions) {
    try (var rest = new Rest(data.stack())) {
      var from = number(rest, versions.size() == 1 ? CURRENT : versions.getFirst());
      var to = number(rest, versions.getLast());
      var changes = rest.get(SERVICE, READER, "/charters/" + from + "/diff/" + to).path("changes");
      if (changes.isEmpty()) {
        out.printf("versions %s and %s mean the same%n", from, to);
        return 0;
      }
      var table = new Table(2, List.of("where", "from version " + from + " to " + to));
      changes.forEach(
          change ->
              table.row(
                  List.of(change.path("pointer").asText(), change.path("sentence").asText())));
      out.print(table.text());
    }
    return 0;
  }

  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = {
        "Signs a version for a side, with that side's own key.",
        "It is in force once both have signed, or from its effectiveFrom if that is later."
      })
  int sign(
      @Mixin DataOption data,
      @Parameters(paramLabel = "VERSION") int version,
      @Option(
              names = "--side",
              required = true,
              paramLabel = "SIDE",
              description = "marketing or sales")
          Side side,
      @Option(
              names = "--hash",
              paramLabel = "HASH",
              description = "the content that was read; refused where the version says another")
          @Nullable String read) {
    try (var rest = new Rest(data.stack())) {
      var path = "/charters/" + version;
      var signing =
          JsonNodeFactory.instance
              .objectNode()
              .put("side", side.word())
              .put("contentHash", read == null ? hash(rest.get(SERVICE, side.role, path)) : read);
      var answer = rest.post(SERVICE, side.role, path + "/signatures", signing);
      out.printf("%s has signed version %d, content %s%n", side.word(), version, hash(answer));
      if (answer.hasNonNull("effectiveFrom")) {
        out.printf("both have: in force from %s%n", answer.path("effectiveFrom").asText());
      } else {
        out.printf(
            "%s has yet to:%n  ./baton charter sign %d --side %s%n",
            side.other().word(), version, side.other().word());
      }
    }
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints a version as Markdown, to read or to sign on paper.")
  int show(
      @Mixin DataOption data,
      @Parameters(
              arity = "0..1",
              paramLabel = "VERSION",
              defaultValue = CURRENT,
              description = "a number (default: the one in force)")
          String version,
      @Option(
              names = "--as",
              paramLabel = "FORM",
              defaultValue = "markdown",
              description = "markdown, html, yaml or json (default: ${DEFAULT-VALUE})")
          Form form) {
    try (var rest = new Rest(data.stack())) {
      out.println(
          rest.text(SERVICE, READER, "/charters/" + number(rest, version), form.mediaType)
              .stripTrailing());
    }
    return 0;
  }

  /** How a charter is printed. */
  enum Form {
    MARKDOWN("text/markdown"),
    HTML("text/html"),
    YAML("application/yaml"),
    JSON("application/json");

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  private static String number(Rest rest, String version) {
    if (version.equals(CURRENT)) {
      return rest.get(SERVICE, READER, "/charters/" + CURRENT).path("version").asText();
    }
    if (!version.matches("\\d{1,9}")) {
      throw new Refusal(version + " is no version: say a number, or " + CURRENT);
    }
    return version;
  }

  private static String hash(JsonNode charter) {
    return charter.path("contentHash").asText();
  }
}
