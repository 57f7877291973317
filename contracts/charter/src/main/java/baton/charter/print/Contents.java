package baton.charter.print;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.charter.Goal;
import baton.charter.Persona;
import baton.charter.Phrase;
import baton.charter.Scoring;
import baton.charter.Terms;
import baton.charter.WorkingTime;
import baton.charter.print.Block.Bullets;
import baton.charter.print.Block.Heading;
import baton.charter.print.Block.Paragraph;
import baton.charter.print.Block.Table;
import baton.contracts.Side;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What stands on the pages, in order: who, definitions, promises, calendars, goals. */
final class Contents {
  private final List<Block> blocks = new ArrayList<>();

  private Contents() {}

  static List<Block> of(Agreement agreement) {
    var contents = new Contents();
    contents.write(agreement);
    return contents.blocks;
  }

  private void write(Agreement agreement) {
    var terms = agreement.terms();
    blocks.add(new Heading(1, terms.name()));
    blocks.add(
        new Paragraph(
            (terms.effectiveFrom() == null
                    ? "In force from the second signature."
                    : "In force from "
                        + terms.effectiveFrom()
                        + ", or from the second signature if that is later.")
                + (terms.review() == null
                    ? ""
                    : " Reviewed every " + Phrase.of(terms.review().every()) + ".")
                + " Content "
                + agreement.contentHash()
                + "."));
    who(terms);
    definitions(terms);
    promises("What marketing promises", terms.marketing());
    promises("What sales promises", terms.sales());
    calendars(terms);
    goals(terms);
    blocks.add(
        new Paragraph(
            "Signed for marketing: ____________________   for sales: ____________________"));
  }

  private void who(Terms terms) {
    var lines = new ArrayList<String>();
    for (var stage : terms.stages()) {
      lines.add(
          stage.stage().toUpperCase(Locale.ROOT)
              + ": "
              + stage.owner()
              + (stage.backup() == null ? "" : ", in their absence " + stage.backup()));
    }
    if (!terms.signatories().marketing().isEmpty()) {
      lines.add("Signs for marketing: " + Phrase.list(terms.signatories().marketing(), "or"));
    }
    if (!terms.signatories().sales().isEmpty()) {
      lines.add("Signs for sales: " + Phrase.list(terms.signatories().sales(), "or"));
    }
    if (terms.meeting() != null) {
      lines.add(
          "Both meet every "
              + terms.meeting().every().word()
              + ", "
              + terms.meeting().day().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
              + " at "
              + terms.meeting().at());
    }
    section("Who", lines);
  }

  private void definitions(Terms terms) {
    blocks.add(new Heading(2, "Definitions"));
    blocks.add(
        new Table(
            List.of("Persona", "Who that is", "An MQL when"),
            terms.personas().stream()
                .map(
                    persona -> List.of(persona.name(), rule(persona.when().text()), ready(persona)))
                .toList()));
    if (!terms.tiers().isEmpty()) {
      blocks.add(
          new Paragraph(
              terms.tiers().stream()
                  .map(tier -> tier.tier() + " if " + rule(tier.when().text()))
                  .collect(
                      Collectors.joining("; ", "Tiers of companies, the first that fits: ", "."))));
    }
    if (!terms.scoring().fit().isEmpty() || !terms.scoring().engagement().isEmpty()) {
      blocks.add(new Paragraph("Points: " + points(terms.scoring()) + "."));
    }
    if (!terms.scoring().exclude().isEmpty()) {
      blocks.add(
          new Paragraph(
              "Never an MQL: "
                  + terms.scoring().exclude().stream()
                      .map(rule -> rule.id() + " (" + rule.when() + ")")
                      .collect(Collectors.joining(", "))
                  + "."));
    }
    if (!terms.vocabulary().glossary().isEmpty()) {
      blocks.add(
          new Bullets(
              terms.vocabulary().glossary().entrySet().stream()
                  .map(word -> word.getKey() + ": " + word.getValue())
                  .toList()));
    }
    var codes = terms.vocabulary().codes();
    blocks.add(
        new Paragraph(
            "A lead may be rejected as "
                + Phrase.list(codes.rejectionReasons(), "or")
                + "; returned for "
                + Phrase.list(codes.returnReasons(), "or")
                + "."));
  }

  private static String rule(String text) {
    return text.strip().equals("true") ? "anybody else" : text;
  }

  private static String ready(Persona persona) {
    var ways = new ArrayList<String>();
    if (persona.ready().score() != null) {
      ways.add("score of at least " + persona.ready().score().toPlainString());
    }
    if (persona.ready().instantly() != null) {
      ways.add("at once if " + persona.ready().instantly());
    }
    return String.join(", or ", ways)
        + (persona.ready().fields().isEmpty()
            ? ""
            : "; with " + Phrase.list(persona.ready().fields(), "and"));
  }

  private static String points(Scoring scoring) {
    var points = new ArrayList<String>();
    for (var fit : scoring.fit()) {
      points.add(fit.points().toPlainString() + " if " + fit.when());
    }
    for (var rule : scoring.engagement()) {
      points.add(
          rule.points().toPlainString()
              + " for each "
              + rule.touch()
              + (rule.halfLife() == null
                  ? ""
                  : ", halved every " + rule.halfLife().toDays() + " days")
              + (rule.atMost() == null ? "" : ", at most " + rule.atMost().toPlainString()));
    }
    return String.join("; ", points);
  }

  private void promises(String title, List<Clause> clauses) {
    if (!clauses.isEmpty()) {
      blocks.add(new Heading(2, title));
      blocks.add(
          new Table(
              List.of("Clause", "Promise"),
              clauses.stream().map(clause -> List.of(clause.id(), Promise.of(clause))).toList()));
    }
  }

  private void calendars(Terms terms) {
    var lines = new ArrayList<String>();
    terms.calendars().forEach((name, hours) -> lines.add(name + ": " + hours(hours)));
    section("Calendars", lines);
  }

  private static String hours(WorkingTime calendar) {
    return calendar.zone()
        + "; "
        + calendar.week().entrySet().stream()
            .map(
                day ->
                    day.getKey().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                        + " "
                        + day.getValue().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(" ")))
            .collect(Collectors.joining(", "))
        + (calendar.holidays() == null ? "" : "; public holidays of " + calendar.holidays())
        + (calendar.closed().isEmpty()
            ? ""
            : "; closed "
                + calendar.closed().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining(", ")));
  }

  private void goals(Terms terms) {
    var lines = new ArrayList<String>();
    terms.goals().forEach(goal -> goal(goal, "", lines));
    section("Goals", lines);
  }

  private static void goal(Goal goal, String indent, List<String> lines) {
    lines.add(
        indent
            + goal.metric()
            + " "
            + goal.target().toPlainString()
            + (goal.currency() == null ? "" : " " + goal.currency())
            + ", from "
            + goal.from()
            + " to before "
            + goal.to()
            + ", by "
            + Phrase.list(goal.owners().stream().map(Side::word).toList(), "and"));
    goal.children().forEach(child -> goal(child, indent + "– ", lines));
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      blocks.add(new Heading(2, title));
      blocks.add(new Bullets(lines));
    }
  }
}
