package baton.local.audit;

import baton.charter.print.Block;
import baton.charter.print.Block.Bullets;
import baton.charter.print.Block.Heading;
import baton.charter.print.Block.Paragraph;
import baton.charter.print.Block.Table;
import baton.local.audit.Audit.By;
import baton.local.audit.Audit.Result;
import baton.local.audit.Findings.Speed;
import baton.local.audit.Findings.Tally;
import baton.local.table.Cells;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Two pages that a person would bring to a first meeting, in plain words. */
public final class AuditPages {
  /** So many fit on the page; the others are added up. */
  private static final int MOST_SOURCES = 12;

  /** Fewer say nothing about a rate. */
  private static final long ENOUGH = 30;

  private static final int MOST_REASONS = 5;
  private static final double PROMISED_SHARE = 0.95;

  /**
   * What was read, and how.
   *
   * @param fields of the API, that a mapping makes of the leads
   */
  public record Read(String file, String how, List<Guess.Column> columns, Set<String> fields) {}

  private final Findings findings;
  private final Read leads;
  private final Read deals;
  private final List<Block> blocks = new ArrayList<>();

  private AuditPages(Findings findings, Read leads, Read deals) {
    this.findings = findings;
    this.leads = leads;
    this.deals = deals;
  }

  public static List<Block> of(Findings findings, Read leads, Read deals) {
    var pages = new AuditPages(findings, leads, deals);
    pages.write();
    return pages.blocks;
  }

  private void write() {
    blocks.add(new Heading(1, "Alignment audit"));
    blocks.add(
        new Paragraph(
            "%s leads of %s beside %s deals of %s. People are counted once; times are of the wall clock. Nothing was sent anywhere."
                .formatted(
                    count(findings.all().leads()),
                    leads.file(),
                    count(findings.deals().counted()),
                    deals.file())));
    sources();
    speed();
    deals();
    gaps();
    blocks.add(new Heading(2, "What a charter would change"));
    blocks.add(new Bullets(changes()));
    read();
  }

  private void sources() {
    blocks.add(new Heading(2, "Which leads became customers?"));
    var rows = new ArrayList<List<String>>();
    var sorted =
        findings.bySource().entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Tally> source) -> source.getValue().leads())
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .toList();
    sorted.stream()
        .limit(MOST_SOURCES)
        .forEach(source -> rows.add(row(source.getKey(), source.getValue())));
    if (sorted.size() > MOST_SOURCES) {
      var rest = sorted.subList(MOST_SOURCES, sorted.size());
      long many = rest.stream().mapToLong(source -> source.getValue().leads()).sum();
      long won = rest.stream().mapToLong(source -> source.getValue().won()).sum();
      rows.add(cells(rest.size() + " others", count(many), count(won), percent(won, many), "", ""));
    }
    rows.add(row("all", findings.all()));
    blocks.add(
        new Table(
            cells("Source", "Leads", "Customers", "Of leads", "Tried", "Half tried within"), rows));
    if (!hasSource()) {
      blocks.add(new Paragraph(leads.file() + " doesn't say where leads come from."));
    }
  }

  private List<String> row(String name, Tally tally) {
    return cells(
        name,
        count(tally.leads()),
        count(tally.won()),
        percent(tally.won(), tally.leads()),
        percent(tally.leads() - tally.never(), tally.leads()),
        took(tally.tried(), 0.5));
  }

  private List<String> cells(String... cells) {
    return List.of(cells).subList(0, hasOutreach() ? cells.length : Math.min(cells.length, 4));
  }

  private void speed() {
    blocks.add(new Heading(2, "How soon were they tried?"));
    var all = findings.all();
    if (!hasOutreach()) {
      blocks.add(
          new Paragraph(
              leads.file()
                  + " doesn't say when sales first tried to reach a lead. Export that date too (a column such as First Outreach), or map it to attributes."
                  + Wanted.OUTREACH
                  + "."));
      return;
    }
    blocks.add(
        new Paragraph(
            "Of %s leads, %s (%s) were never tried, as far as is written down. %s; %s. Those never tried stand as the slowest."
                .formatted(
                    count(all.leads()),
                    count(all.never()),
                    percent(all.never(), all.leads()),
                    tried(all.tried(), 0.5, "half", "Half"),
                    tried(all.tried(), 0.9, "nine of ten", "nine of ten"))));
    var rows = new ArrayList<List<String>>();
    for (var speed : Speed.values()) {
      long many = all.of(speed);
      if (many > 0) {
        rows.add(
            List.of(
                words(speed),
                count(many),
                percent(many, all.leads()),
                count(all.wonOf(speed)),
                percent(all.wonOf(speed), many)));
      }
    }
    blocks.add(new Table(List.of("First tried", "Leads", "Of all", "Customers", "Of these"), rows));
    var notes = new ArrayList<String>();
    if (all.untriedWon() > 0) {
      notes.add(
          "Customers never tried, by what is written down: %s. That is a gap in the records."
              .formatted(count(all.untriedWon())));
    }
    if (all.early() > 0) {
      notes.add("Tried before they came, by the dates: %s.".formatted(count(all.early())));
    }
    if (!notes.isEmpty()) {
      blocks.add(new Bullets(notes));
    }
  }

  private static String words(Speed speed) {
    return switch (speed) {
      case WITHIN_AN_HOUR -> "within an hour";
      case WITHIN_A_DAY -> "within a day";
      case LATER -> "later";
      case UNDATED -> "tried, but when the lead came isn't known";
      case NEVER -> "never";
    };
  }

  private void deals() {
    var told = findings.deals();
    blocks.add(new Heading(2, "Whose deals are they?"));
    var lines = new ArrayList<String>();
    lines.add(
        "%s of %s deals (%s) are a lead's of %s%s."
            .formatted(
                count(told.allMatched()),
                count(told.counted()),
                percent(told.allMatched(), told.counted()),
                leads.file(),
                told.allMatched() == 0 ? "" : ": " + by(told.matched())));
    lines.add(
        "Won %s, lost %s, open %s. Won amounts: %s."
            .formatted(
                count(told.results().getOrDefault(Result.WON, 0L)),
                count(told.results().getOrDefault(Result.LOST, 0L)),
                count(told.results().getOrDefault(Result.OPEN, 0L)),
                money(told.wonAmounts())));
    if (told.allUnmatched() > 0) {
      lines.add(
          "Deals without a lead here: %s, of them won %s, worth %s. Nobody can say what brought them."
              .formatted(
                  count(told.allUnmatched()),
                  count(told.unmatched().getOrDefault(Result.WON, 0L)),
                  money(told.unmatchedAmounts())));
    }
    var cycle = findings.all().cycle();
    if (cycle.count() > 0) {
      lines.add(
          "From lead to customer it took %s for half, %s for nine of ten."
              .formatted(took(cycle, 0.5), took(cycle, 0.9)));
    }
    if (findings.all().wonEarly() > 0) {
      lines.add(
          "Won before the lead came, by the dates: %s."
              .formatted(count(findings.all().wonEarly())));
    }
    if (findings.repeated().further() > 0) {
      lines.add(
          "Won deals that are further ones of a customer: %s."
              .formatted(count(findings.repeated().further())));
    }
    blocks.add(new Bullets(lines));
  }

  private static String by(Map<By, Long> counts) {
    return counts.entrySet().stream()
        .map(by -> count(by.getValue()) + " by " + words(by.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String words(By by) {
    return switch (by) {
      case ID -> "id";
      case EMAIL -> "e-mail";
      case PHONE -> "phone";
    };
  }

  private void gaps() {
    blocks.add(new Heading(2, "What is missing, and what is there twice?"));
    var rows = new ArrayList<List<String>>();
    for (var field : Field.values()) {
      long filled = findings.filled().getOrDefault(field, 0L);
      rows.add(
          List.of(
              field.word(),
              filled == 0 && !has(field) ? "no such column" : count(filled),
              percent(findings.all().leads() - filled, findings.all().leads())));
    }
    blocks.add(new Table(List.of("Field of a lead", "Filled in", "Missing"), rows));
    var lines = new ArrayList<String>();
    var repeated = findings.repeated();
    lines.add(
        "Rows of %s about somebody who is there already: %s%s."
            .formatted(
                leads.file(),
                count(repeated.rows()),
                repeated.rows() == 0 ? "" : " (" + by(repeated.leads()) + ")"));
    lines.add(
        "Rows of %s about a deal that is there already: %s."
            .formatted(deals.file(), count(repeated.deals())));
    if (repeated.nameless() > 0) {
      lines.add(
          "Leads without id, e-mail or phone: %s. No deal can be theirs."
              .formatted(count(repeated.nameless())));
    }
    unread(lines, leads.file(), findings.unreadLeads());
    unread(lines, deals.file(), findings.unreadDeals());
    if (findings.deals().unreadableAmounts() > 0) {
      lines.add(
          "Amounts that can't be read and count as none: %s."
              .formatted(count(findings.deals().unreadableAmounts())));
    }
    blocks.add(new Bullets(lines));
  }

  private static void unread(List<String> lines, String file, Map<String, Long> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    long many = reasons.values().stream().mapToLong(Long::longValue).sum();
    lines.add(
        "Rows of %s that can't be read and are left out: %s (%s)."
            .formatted(
                file,
                count(many),
                reasons.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(MOST_REASONS)
                    .map(reason -> count(reason.getValue()) + " × " + reason.getKey())
                    .collect(Collectors.joining("; "))));
  }

  private List<String> changes() {
    var lines = new ArrayList<String>();
    var all = findings.all();
    if (hasOutreach()) {
      promptness(lines, all);
    } else {
      lines.add(
          "No outreach is written down. A charter's clause of first attempts starts with that: sellers' attempts are taken from the CRM, and speed-to-lead is a number from the first day.");
    }
    if (findings.deals().allUnmatched() > 0) {
      lines.add(
          "%s of the deals have no lead. Once both sides write one id, every deal is credited to what brought it, or shown to have come by itself."
              .formatted(percent(findings.deals().allUnmatched(), findings.deals().counted())));
    }
    lines.add(
        "A promise of e-mail, company and job title on %.0f %% of leads would stand at %s."
            .formatted(100 * PROMISED_SHARE, percent(findings.complete(), all.leads())));
    quality(lines);
    if (findings.repeated().rows() > 0) {
      lines.add(
          "%s of the rows are somebody twice; a lead that is captured again would be recognised, counted once and stay with its seller."
              .formatted(percent(findings.repeated().rows(), findings.leadRows())));
    }
    lines.add(
        "To go on: ./baton charter init writes a charter to start from; both sides sign it, and these numbers are kept from then on.");
    return lines;
  }

  private static void promptness(List<String> lines, Tally all) {
    long inTime = all.of(Speed.WITHIN_AN_HOUR, Speed.WITHIN_A_DAY);
    long late = all.of(Speed.LATER);
    long broken = late + all.never();
    lines.add(
        "A promise to try every lead within a day would have been broken for %s of %s leads (%s): %s late, %s never."
            .formatted(
                count(broken),
                count(all.leads()),
                percent(broken, all.leads()),
                count(late),
                count(all.never())));
    long wonInTime = all.wonOf(Speed.WITHIN_AN_HOUR, Speed.WITHIN_A_DAY);
    long wonOtherwise = all.wonOf(Speed.LATER, Speed.NEVER);
    if (inTime >= ENOUGH && broken >= ENOUGH) {
      double difference = (double) wonInTime / inTime - (double) wonOtherwise / broken;
      lines.add(
          "Tried within a day, %s became customers; otherwise %s. %s This is a correlation: sellers may have tried the better leads first."
              .formatted(
                  percent(wonInTime, inTime),
                  percent(wonOtherwise, broken),
                  difference > 0
                      ? "Were the difference all due to speed, keeping the promise would have brought %s customers more."
                          .formatted(count(Math.round(difference * broken)))
                      : "Speed alone would not have brought more."));
    }
  }

  /** The best and the worst of those with enough leads to tell. */
  private void quality(List<String> lines) {
    var sorted =
        findings.bySource().entrySet().stream()
            .filter(source -> source.getValue().leads() >= ENOUGH)
            .filter(source -> !source.getKey().equals(Findings.NO_SOURCE))
            .sorted(Comparator.comparingDouble(source -> rate(source.getValue())))
            .toList();
    if (sorted.size() < 2) {
      return;
    }
    var worst = sorted.getFirst();
    var best = sorted.getLast();
    lines.add(
        "Of leads from %s %s became customers, of those from %s %s (%s leads). A charter gives rejections reasons, so that both sides see why, by source and campaign."
            .formatted(
                best.getKey(),
                percent(best.getValue().won(), best.getValue().leads()),
                worst.getKey(),
                percent(worst.getValue().won(), worst.getValue().leads()),
                count(worst.getValue().leads())));
  }

  private static double rate(Tally tally) {
    return (double) tally.won() / tally.leads();
  }

  private void read() {
    blocks.add(new Heading(2, "How the files were read"));
    for (var file : List.of(leads, deals)) {
      blocks.add(
          new Paragraph(
              file.file()
                  + " "
                  + file.how()
                  + (file.columns().isEmpty()
                      ? "."
                      : file.columns().stream()
                          .map(
                              column ->
                                  column.what()
                                      + " from “"
                                      + column.name()
                                      + "”"
                                      + (column.how().isEmpty() ? "" : " (" + column.how() + ")"))
                          .collect(Collectors.joining(", ", ": ", ".")))));
    }
    blocks.add(
        new Paragraph(
            "Rows with one id, e-mail address or phone number are one person; numbers match when both files write them with their country code."));
  }

  private boolean hasOutreach() {
    return leads.fields().contains("attributes." + Wanted.OUTREACH);
  }

  private boolean hasSource() {
    return has(Field.SOURCE);
  }

  private boolean has(Field field) {
    return leads.fields().contains(field.pointer().toString().substring(1).replace('/', '.'));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(long part, long of) {
    return of == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / of);
  }

  private static String tried(Span span, double share, String part, String first) {
    return span.percentile(share) == null
        ? "fewer than " + part + " were ever tried"
        : first + " were tried within " + took(span, share);
  }

  private static String took(Span span, double share) {
    var took = span.percentile(share);
    return took == null ? span.count() == 0 ? "–" : "never" : text(took);
  }

  private static String text(Duration took) {
    return took.isNegative() ? "−" + Cells.time(took.negated()) : Cells.time(took);
  }

  private static String money(Map<String, BigDecimal> amounts) {
    return amounts.isEmpty()
        ? "none said"
        : amounts.entrySet().stream()
            .map(
                amount ->
                    String.format(
                            Locale.ROOT,
                            "%,d",
                            amount.getValue().setScale(0, RoundingMode.HALF_EVEN).toBigInteger())
                        + (amount.getKey().isEmpty() ? "" : " " + amount.getKey()))
            .collect(Collectors.joining(" + "));
  }
}
