package baton.charter;

import baton.charter.expression.Nearest;
import baton.charter.expression.Place;
import baton.contracts.HandoffStep;
import baton.contracts.Side;
import baton.contracts.Vocabulary;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a charter's tree into its terms and says everything that is wrong with it. What refers to
 * something else is checked last, when all of it has been read.
 */
final class Reader {
  private static final List<String> STAGES =
      List.of("captured", "mql", "sal", "sql", "opportunity", "won");
  private final Faults faults;
  private final RuleReader rules;

  Reader(Faults faults) {
    this.faults = faults;
    this.rules = new RuleReader(faults);
  }

  /** The attributes that some rule reads or some line requires. */
  Set<String> attributes() {
    return rules.attributes();
  }

  Terms terms(JsonNode document) {
    var root = Section.of(faults, "", document);
    var name = root.text("name");
    if (name.length() > 200) {
      root.fault("name", "is longer than 200 characters");
    }
    var effectiveFrom = root.instant("effectiveFrom");
    var reportingCurrency = root.currency("reportingCurrency");
    var rates = rates(root, reportingCurrency);
    var fiscalYearStart = root.whole("fiscalYearStart", 1, 12, 1);
    var review = review(root);
    var signatories = signatories(root.optionalSection("signatories"));
    var calendars = new CalendarReader(faults).calendars(root);
    var stages = stages(root);
    var vocabulary = vocabulary(root);
    var tiers = tiers(root);
    var personas = personas(root, vocabulary);
    var scoring = scoring(root.optionalSection("scoring"));
    var routing = routing(root.optionalSection("routing"));
    var clauses =
        new ClauseReader(faults, rules, calendars, recipients(stages), vocabulary).clauses(root);
    var goals = GoalReader.goals(root);
    var meeting = meeting(root);
    var process = root.sections("process", this::task);
    root.unique(process.stream().map(Task::id).toList(), i -> "/process/" + i + "/id");
    root.end();
    return new Terms(
        name,
        effectiveFrom == null ? null : effectiveFrom.toInstant(),
        reportingCurrency,
        rates,
        fiscalYearStart,
        review,
        signatories,
        calendars,
        stages,
        vocabulary,
        tiers,
        personas,
        scoring,
        routing,
        clauses.sales(),
        clauses.marketing(),
        goals,
        meeting,
        process);
  }

  // ---- money, review, signatures

  private Map<Currency, BigDecimal> rates(Section root, @Nullable Currency reporting) {
    var section = root.optionalSection("rates");
    var rates = new LinkedHashMap<Currency, BigDecimal>();
    if (section.there() && !root.has("reportingCurrency")) {
      root.fault("rates", "need a reportingCurrency to convert to");
    }
    for (var code : section.keys()) {
      var currency = section.currencyOf(code, section.at(code));
      var value = section.raw(code);
      if (value == null) {
        continue;
      }
      var rate = section.amountOf(value, section.at(code), "0.000000001", "1000000000");
      if (currency != null && currency.equals(reporting)) {
        section.fault(code, "is the reporting currency itself; leave it out");
      } else if (currency != null) {
        rates.put(currency, rate);
      }
    }
    return rates;
  }

  private static @Nullable Review review(Section root) {
    var section = root.optionalSection("review");
    if (!section.there()) {
      return null;
    }
    var every = section.window("every", false);
    if (!every.time().isZero()) {
      section.fault("every", "must be whole days, such as P90D");
    }
    section.end();
    return new Review(every);
  }

  private Signatories signatories(Section section) {
    if (!section.there()) {
      return Signatories.ANYBODY;
    }
    var marketing = section.texts("marketing");
    var sales = section.texts("sales");
    for (int i = 0; i < sales.size(); i++) {
      if (marketing.contains(sales.get(i)) && !sales.get(i).isBlank()) {
        faults.add(
            section.at("sales") + "/" + i, "\"" + sales.get(i) + "\" can't sign for both sides");
      }
    }
    section.end();
    return new Signatories(marketing, sales);
  }

  // ---- who owns what, and the words

  private static List<StageOwner> stages(Section root) {
    var stages =
        root.sections(
            "stages",
            section -> {
              var stage = section.choice("stage", STAGES);
              var owner = section.word("owner");
              var backup = section.optionalWord("backup");
              if (backup != null && backup.equals(owner)) {
                section.fault("backup", "is the owner; name somebody else");
              }
              section.end();
              return new StageOwner(stage == null ? "" : stage, owner, backup);
            });
    root.unique(stages.stream().map(StageOwner::stage).toList(), i -> "/stages/" + i + "/stage");
    return stages;
  }

  private static Set<String> recipients(List<StageOwner> stages) {
    var recipients = new LinkedHashSet<>(List.of("seller", "sales", "sales-manager", "marketing"));
    for (var stage : stages) {
      recipients.add(stage.owner());
      if (stage.backup() != null) {
        recipients.add(stage.backup());
      }
    }
    recipients.remove("");
    return recipients;
  }

  private Words vocabulary(Section root) {
    var section = root.optionalSection("vocabulary");
    var otherwise = Vocabulary.DEFAULT;
    var codes =
        new Vocabulary(
            codes(section, "rejectionReasons", otherwise.rejectionReasons()),
            codes(section, "returnReasons", otherwise.returnReasons()),
            codes(section, "lossReasons", otherwise.lossReasons()),
            codes(section, "objections", otherwise.objections()),
            codes(section, "painPoints", otherwise.painPoints()));
    var glossary = dictionary(section.optionalSection("glossary"));
    var synonyms = dictionary(section.optionalSection("synonyms"));
    var terms = new LinkedHashSet<String>();
    terms.addAll(codes.rejectionReasons());
    terms.addAll(codes.returnReasons());
    terms.addAll(codes.lossReasons());
    terms.addAll(codes.objections());
    terms.addAll(codes.painPoints());
    terms.addAll(glossary.keySet());
    synonyms.forEach(
        (synonym, term) -> {
          if (!term.isBlank() && !terms.contains(term)) {
            faults.add(
                Pointer.of("/vocabulary/synonyms", synonym),
                "\"" + term + "\" is no term of this vocabulary" + Nearest.hint(term, terms));
          }
        });
    section.end();
    return new Words(codes, glossary, synonyms);
  }

  private static List<String> codes(Section section, String key, List<String> otherwise) {
    if (!section.has(key)) {
      section.allow(key);
      return otherwise;
    }
    return section.words(key);
  }

  private static Map<String, String> dictionary(Section section) {
    var dictionary = new LinkedHashMap<String, String>();
    for (var word : section.keys()) {
      dictionary.put(word, section.text(word));
    }
    return dictionary;
  }

  // ---- definitions

  private List<Tier> tiers(Section root) {
    var section = root.optionalSection("idealCustomer");
    var tiers =
        section.sections(
            "tiers",
            tier -> {
              var name = tier.word("tier");
              var when = rules.rule(tier, "when", Place.TIER);
              tier.end();
              return new Tier(name, when);
            });
    section.end();
    var where = "/idealCustomer/tiers/";
    section.unique(tiers.stream().map(Tier::tier).toList(), i -> where + i + "/tier");
    rules.lastOneCatches(tiers.stream().map(Tier::when).toList(), where, "companies", "a tier");
    return tiers;
  }

  private List<Persona> personas(Section root, Words vocabulary) {
    if (!root.has("personas") && root.there()) {
      root.fault("personas", "is required: without a persona no lead is ever ready");
    }
    var personas = root.sections("personas", section -> persona(section, vocabulary));
    if (root.hasList("personas") && personas.isEmpty()) {
      root.fault("personas", "needs at least one; without a persona no lead is ever ready");
    }
    root.unique(personas.stream().map(Persona::id).toList(), i -> "/personas/" + i + "/id");
    rules.lastOneCatches(
        personas.stream().map(Persona::when).toList(), "/personas/", "leads", "a persona");
    return personas;
  }

  private Persona persona(Section section, Words vocabulary) {
    var id = section.word("id");
    var name = section.optionalText("name");
    var when = rules.rule(section, "when", Place.PERSONA);
    var painPoints = section.choices("painPoints", vocabulary.codes().painPoints());
    var objections = section.choices("objections", vocabulary.codes().objections());
    var stages = new LinkedHashMap<String, Persona.StageMeaning>();
    var meanings = section.optionalSection("stages");
    for (var stage : STAGES) {
      if (meanings.has(stage)) {
        stages.put(stage, meaning(meanings, stage));
      } else {
        meanings.allow(stage);
      }
    }
    meanings.end();
    var ready = ready(section.section("ready"));
    section.end();
    return new Persona(id, name == null ? id : name, when, painPoints, objections, stages, ready);
  }

  private static Persona.StageMeaning meaning(Section meanings, String stage) {
    if (meanings.raw(stage) instanceof JsonNode value && value.isObject()) {
      var section = meanings.section(stage);
      var text = section.text("text");
      var required = section.words("required");
      section.end();
      return new Persona.StageMeaning(text, required);
    }
    return new Persona.StageMeaning(meanings.text(stage), List.of());
  }

  private Persona.Ready ready(Section section) {
    var score = section.optionalDecimal("score", "-10000", "10000");
    var fields = rules.fields(section, "fields");
    var instantly =
        section.has("instantly") ? rules.rule(section, "instantly", Place.READINESS) : null;
    section.allow("instantly");
    if (section.there() && score == null && instantly == null && !section.has("score")) {
      section.fault("needs a score, or an instantly rule, or nobody of this persona is ever ready");
    }
    section.end();
    return new Persona.Ready(score, fields, instantly);
  }

  private Scoring scoring(Section section) {
    var fit =
        section.sections(
            "fit",
            part -> {
              var id = part.word("id");
              var when = rules.rule(part, "when", Place.SCORING);
              var points = points(part);
              part.end();
              return new Scoring.Fit(id, when, points);
            });
    var engagement = section.sections("engagement", this::engagement);
    var exclude =
        section.sections(
            "exclude",
            part -> {
              var id = part.word("id");
              var when = rules.rule(part, "when", Place.SCORING);
              part.end();
              return new Scoring.Exclusion(id, when);
            });
    section.end();
    var ids = new ArrayList<String>();
    var where = new ArrayList<String>();
    for (int i = 0; i < fit.size(); i++) {
      ids.add(fit.get(i).id());
      where.add("/scoring/fit/" + i + "/id");
    }
    for (int i = 0; i < engagement.size(); i++) {
      ids.add(engagement.get(i).id());
      where.add("/scoring/engagement/" + i + "/id");
    }
    for (int i = 0; i < exclude.size(); i++) {
      ids.add(exclude.get(i).id());
      where.add("/scoring/exclude/" + i + "/id");
    }
    section.unique(ids, where::get);
    return new Scoring(fit, engagement, exclude);
  }

  private static BigDecimal points(Section part) {
    var points = part.decimal("points", "-1000", "1000");
    if (points.stripTrailingZeros().scale() > 2) {
      part.fault("points", "has more than two decimals");
    } else if (points.signum() == 0) {
      part.fault("points", "must not be 0");
    }
    return points;
  }

  private Scoring.Engagement engagement(Section part) {
    var id = part.word("id");
    var touch = part.word("touch");
    var points = points(part);
    var halfLife = part.optionalWindow("halfLife", false);
    var atMost = part.optionalDecimal("atMost", "0.01", "10000");
    if (atMost != null && points.signum() < 0) {
      part.fault("atMost", "caps points that are gained, but these are lost");
    }
    part.end();
    return new Scoring.Engagement(
        id,
        touch,
        points,
        halfLife == null ? null : Duration.ofDays(halfLife.days().getDays()).plus(halfLife.time()),
        atMost);
  }

  private Routing routing(Section section) {
    var mode = section.optionalConstant("mode", Routing.Mode.class, Routing.Mode.ASSIGN);
    var routes =
        section.sections(
            "rules",
            rule -> {
              var id = rule.word("id");
              var when = rules.rule(rule, "when", Place.HANDOFF);
              var team = rule.word("team");
              rule.end();
              return new Routing.Rule(id, when, team);
            });
    section.unique(
        routes.stream().map(Routing.Rule::id).toList(), i -> "/routing/rules/" + i + "/id");
    rules.lastOneCatches(
        routes.stream().map(Routing.Rule::when).toList(), "/routing/rules/", "leads", "a team");
    var keepCompanyOwner = section.flag("keepCompanyOwner", true);
    var catchUpCap = section.whole("catchUpCap", 0, 1_000, 3);
    section.end();
    if (mode == Routing.Mode.OBSERVE) {
      rules.alsoAsks("owner");
    }
    return new Routing(mode, routes, keepCompanyOwner, catchUpCap);
  }

  // ---- meeting, process

  private static @Nullable Meeting meeting(Section root) {
    var section = root.optionalSection("meeting");
    if (!section.there()) {
      return null;
    }
    var every = section.constant("every", Meeting.Every.class, Meeting.Every.WEEK);
    var day = section.choice("day", CalendarReader.DAYS);
    var at = time(section);
    var attendees = section.optionalSection("attendees");
    var marketing = attendees.whole("marketing", 0, 100, 1);
    var sales = attendees.whole("sales", 0, 100, 1);
    attendees.end();
    section.end();
    return new Meeting(
        every,
        DayOfWeek.of(day == null ? 1 : CalendarReader.DAYS.indexOf(day) + 1),
        at,
        marketing,
        sales);
  }

  private static LocalTime time(Section section) {
    var text = section.text("at");
    if (text.matches("([01]\\d|2[0-3]):[0-5]\\d")) {
      return LocalTime.parse(text);
    }
    if (!text.isBlank()) {
      section.fault("at", "must be a time of day such as \"10:00\"");
    }
    return LocalTime.MIDNIGHT;
  }

  private Task task(Section section) {
    var id = section.word("id");
    var on = section.constant("on", HandoffStep.class, HandoffStep.ACCEPTED);
    var owner = section.constant("owner", Side.class, Side.SALES);
    var due = section.window("due", section.flag("business", false));
    var text = section.text("text");
    section.end();
    return new Task(id, on, owner, due, text);
  }
}
