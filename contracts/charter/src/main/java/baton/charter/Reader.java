package baton.charter;

import baton.charter.Clause.Escalation;
import baton.charter.Clause.Limit;
import baton.charter.expression.Checked;
import baton.charter.expression.Expression;
import baton.charter.expression.Nearest;
import baton.charter.expression.Place;
import baton.charter.expression.Rules;
import baton.charter.time.Holidays;
import baton.charter.time.Hours;
import baton.charter.time.Window;
import baton.contracts.HandoffStep;
import baton.contracts.Side;
import baton.contracts.Vocabulary;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a charter's tree into its terms and says everything that is wrong with it. What refers to
 * something else is checked last, when all of it has been read.
 */
final class Reader {
  private static final List<String> CHANNELS =
      List.of(
          "call",
          "personal-email",
          "email",
          "social",
          "sms",
          "chat",
          "video",
          "meeting",
          "visit",
          "letter");
  private static final List<String> STAGES =
      List.of("captured", "mql", "sal", "sql", "opportunity", "won");
  private static final List<String> FIELDS =
      List.of(
          "email",
          "phone",
          "name",
          "company",
          "jobTitle",
          "country",
          "segment",
          "source",
          "medium",
          "campaign",
          "company.domain",
          "company.employees",
          "company.industry",
          "company.country");
  private static final Set<String> MONEY_METRICS =
      Set.of("revenue", "pipeline", "sourced-revenue", "spend");
  private static final Set<String> RATE_METRICS =
      Set.of("acceptance", "rejection-rate", "win-rate", "sla-attainment", "lead-to-customer-rate");
  private static final List<String> METRICS =
      List.of(
          "captured",
          "mql",
          "sal",
          "sql",
          "opportunity",
          "won",
          "content-delivered",
          "revenue",
          "pipeline",
          "sourced-revenue",
          "spend",
          "acceptance",
          "rejection-rate",
          "win-rate",
          "sla-attainment",
          "lead-to-customer-rate");
  private static final List<String> SALES_CLAUSES =
      List.of("decision", "first-attempt", "attempts", "disposition", "feedback", "assignment");
  private static final List<String> MARKETING_CLAUSES =
      List.of("mqls", "share", "rejection-rate", "fields", "content-reply", "campaign-notice");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int DEEPEST_GOAL = 6;

  private final Faults faults;
  private final Rules rules = new Rules();
  private final Set<String> attributes = new TreeSet<>();

  Reader(Faults faults) {
    this.faults = faults;
  }

  /** The attributes that some rule reads or some line requires. */
  Set<String> attributes() {
    return attributes;
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
    var calendars = calendars(root);
    var stages = stages(root);
    var vocabulary = vocabulary(root);
    var tiers = tiers(root);
    var personas = personas(root, vocabulary);
    var scoring = scoring(root.optionalSection("scoring"));
    var routing = routing(root.optionalSection("routing"));
    var recipients = recipients(stages);
    var sales = root.sections("sales", clause -> sales(clause, calendars, recipients));
    var marketing =
        root.sections("marketing", clause -> marketing(clause, calendars, recipients, vocabulary));
    clausesHoldTogether(root, sales, marketing);
    var goals = goals(root);
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
        present(sales),
        present(marketing),
        goals,
        meeting,
        process);
  }

  private static <T> List<T> present(List<Optional<T>> read) {
    return read.stream().flatMap(Optional::stream).toList();
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

  // ---- calendars

  private Map<String, WorkingTime> calendars(Section root) {
    var section = root.optionalSection("calendars");
    var calendars = new LinkedHashMap<String, WorkingTime>();
    for (var name : section.keys()) {
      var calendar = section.section(name);
      if (name.equals(Limit.ASSIGNEE)) {
        section.fault(name, "is the word for the seller's own calendar; name it otherwise");
      }
      if (calendar.there()) {
        calendars.put(name, workingTime(calendar));
      } else {
        calendars.put(name, ALWAYS);
      }
    }
    if (section.there() && !calendars.containsKey(Terms.DEFAULT_CALENDAR)) {
      section.fault(
          Terms.DEFAULT_CALENDAR,
          "is required: the calendar that counts where a clause names none");
    }
    calendars.putIfAbsent(Terms.DEFAULT_CALENDAR, ALWAYS);
    return calendars;
  }

  private static final WorkingTime ALWAYS = always();

  private static WorkingTime always() {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      week.put(day, List.of(new Hours(0, 24 * 60)));
    }
    return new WorkingTime(ZoneId.of("UTC"), week, null, new TreeSet<>());
  }

  private WorkingTime workingTime(Section calendar) {
    var zone = zone(calendar);
    var week = week(calendar.section("week"));
    var holidays = holidays(calendar.optionalSection("holidays"));
    var closed = new TreeSet<LocalDate>();
    calendar.list(
        "closed",
        (value, where) -> {
          var date = calendar.dateOf(value, where);
          if (date != null && !closed.add(date)) {
            faults.add(where, date + " is there twice");
          }
          return where;
        });
    calendar.end();
    return new WorkingTime(zone, week, holidays, closed);
  }

  private static ZoneId zone(Section calendar) {
    var zone = calendar.text("zone");
    if (zone.isBlank()) {
      return ZoneOffset.UTC;
    }
    var zones = ZoneId.getAvailableZoneIds();
    if (!zones.contains(zone)) {
      calendar.fault(
          "zone",
          "\"" + zone + "\" isn't a zone such as Europe/Berlin" + Nearest.hint(zone, zones));
      return ZoneOffset.UTC;
    }
    return ZoneId.of(zone);
  }

  private Map<DayOfWeek, List<Hours>> week(Section section) {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (int i = 0; i < DAYS.size(); i++) {
      var day = DAYS.get(i);
      var hours = new ArrayList<Hours>();
      section.list(
          day,
          (value, where) -> {
            var text = section.textOf(value, where);
            if (!text.isBlank()) {
              hoursOf(text, where, hours);
            }
            return where;
          });
      if (!hours.isEmpty()) {
        hours.sort(Comparator.comparingInt(Hours::from));
        week.put(DayOfWeek.of(i + 1), List.copyOf(hours));
      }
    }
    section.end();
    if (week.isEmpty() && section.there()) {
      section.fault("needs at least one open minute, or nothing counted in it would ever be due");
    }
    return week;
  }

  private void hoursOf(String text, String where, List<Hours> day) {
    try {
      var hours = Hours.of(text);
      for (var other : day) {
        if (hours.from() < other.until() && other.from() < hours.until()) {
          faults.add(where, text + " overlaps " + other);
          return;
        }
      }
      day.add(hours);
    } catch (IllegalArgumentException refused) {
      faults.add(where, "\"" + text + "\": " + refused.getMessage());
    }
  }

  private static WorkingTime.@Nullable Place holidays(Section section) {
    if (!section.there()) {
      return null;
    }
    var country = section.text("country");
    var region = section.optionalText("region");
    section.end();
    if (country.isBlank()) {
      return null;
    }
    try {
      Holidays.of(country, null);
    } catch (IllegalArgumentException unknown) {
      section.fault("country", String.valueOf(unknown.getMessage()));
      return null;
    }
    if (region != null && !region.isBlank()) {
      try {
        Holidays.of(country, region);
      } catch (IllegalArgumentException unknown) {
        section.fault("region", String.valueOf(unknown.getMessage()));
        return null;
      }
    }
    return new WorkingTime.Place(country, region);
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
              var when = rule(tier, "when", Place.TIER);
              tier.end();
              return new Tier(name, when);
            });
    section.end();
    var where = "/idealCustomer/tiers/";
    section.unique(tiers.stream().map(Tier::tier).toList(), i -> where + i + "/tier");
    lastOneCatches(tiers.stream().map(Tier::when).toList(), where, "companies", "a tier");
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
    lastOneCatches(
        personas.stream().map(Persona::when).toList(), "/personas/", "leads", "a persona");
    return personas;
  }

  private Persona persona(Section section, Words vocabulary) {
    var id = section.word("id");
    var name = section.optionalText("name");
    var when = rule(section, "when", Place.PERSONA);
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
    var fields = fields(section, "fields");
    var instantly = section.has("instantly") ? rule(section, "instantly", Place.READINESS) : null;
    section.allow("instantly");
    if (section.there() && score == null && instantly == null && !section.has("score")) {
      section.fault("needs a score, or an instantly rule, or nobody of this persona is ever ready");
    }
    section.end();
    return new Persona.Ready(score, fields, instantly);
  }

  private List<String> fields(Section section, String key) {
    var fields =
        section.list(
            key,
            (value, where) -> {
              var text = section.textOf(value, where);
              if (text.startsWith("attributes.") && text.length() > 11) {
                attributes.add(text.substring(11));
                return text;
              }
              if (text.isBlank()) {
                return "";
              }
              if (!FIELDS.contains(text)) {
                faults.add(
                    where,
                    "\""
                        + text
                        + "\" isn't a field; known are "
                        + String.join(", ", FIELDS)
                        + " and attributes.…"
                        + Nearest.hint(text, FIELDS));
              }
              return text;
            });
    return section.distinct(key, fields);
  }

  private Scoring scoring(Section section) {
    var fit =
        section.sections(
            "fit",
            part -> {
              var id = part.word("id");
              var when = rule(part, "when", Place.SCORING);
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
              var when = rule(part, "when", Place.SCORING);
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
    var rules =
        section.sections(
            "rules",
            rule -> {
              var id = rule.word("id");
              var when = rule(rule, "when", Place.HANDOFF);
              var team = rule.word("team");
              rule.end();
              return new Routing.Rule(id, when, team);
            });
    section.unique(
        rules.stream().map(Routing.Rule::id).toList(), i -> "/routing/rules/" + i + "/id");
    lastOneCatches(
        rules.stream().map(Routing.Rule::when).toList(), "/routing/rules/", "leads", "a team");
    var keepCompanyOwner = section.flag("keepCompanyOwner", true);
    var catchUpCap = section.whole("catchUpCap", 0, 1_000, 3);
    section.end();
    if (mode == Routing.Mode.OBSERVE) {
      attributes.add("owner");
    }
    return new Routing(mode, rules, keepCompanyOwner, catchUpCap);
  }

  /** Where the first match wins, the last must match whatever is left, and only the last. */
  private void lastOneCatches(List<Expression> whens, String where, String who, String what) {
    for (int i = 0; i < whens.size(); i++) {
      boolean last = i == whens.size() - 1;
      var when = whens.get(i);
      if (when == never) {
        continue;
      }
      if (!last && when.always()) {
        faults.add(where + i + "/when", "always holds, so that nothing after it is ever asked");
      }
      if (last && !when.always()) {
        faults.add(
            where + i + "/when",
            "must be true in the last one: say what happens to "
                + who
                + " that fit nothing else, or they are left without "
                + what);
      }
    }
  }

  // ---- rules

  private final Expression never = standIn();

  /** Takes the place of a rule that was refused. */
  private Expression standIn() {
    return switch (rules.check(Place.TIER, "false")) {
      case Checked.Fine(var expression) -> expression;
      case Checked.Refused(var detail) -> throw new IllegalStateException(detail);
    };
  }

  private Expression rule(Section section, String key, Place place) {
    var text = section.text(key);
    if (text.isBlank()) {
      return never;
    }
    return switch (rules.check(place, text)) {
      case Checked.Fine(var expression) -> {
        for (var path : expression.read()) {
          var from = path.indexOf("attributes.");
          if (from >= 0) {
            attributes.add(path.substring(from + 11).split("\\.", 2)[0]);
          }
        }
        yield expression;
      }
      case Checked.Refused(var detail) -> {
        section.fault(key, detail);
        yield never;
      }
    };
  }

  // ---- clauses

  private Optional<Clause> sales(
      Section clause, Map<String, WorkingTime> calendars, Set<String> recipients) {
    var id = clause.word("id");
    var owes = owes(clause, SALES_CLAUSES, MARKETING_CLAUSES, "marketing");
    if (owes == null) {
      return Optional.empty();
    }
    Clause made =
        switch (owes) {
          case "decision" -> {
            var silence = clause.optionalChoice("silence", List.of("deemed-accepted"));
            yield new Clause.Decision(
                id, limit(clause, calendars, recipients, true, true), silence != null);
          }
          case "first-attempt" -> {
            var counts = clause.choices("counts", CHANNELS);
            yield new Clause.FirstAttempt(
                id, limit(clause, calendars, recipients, true, true), new LinkedHashSet<>(counts));
          }
          case "attempts" -> attempts(clause, id, calendars, recipients);
          case "disposition" ->
              new Clause.Disposition(id, limit(clause, calendars, recipients, true, false));
          case "feedback" ->
              new Clause.Feedback(id, limit(clause, calendars, recipients, true, false));
          default -> new Clause.Assignment(id, limit(clause, calendars, recipients, true, false));
        };
    clause.end();
    return Optional.of(made);
  }

  private Clause attempts(
      Section clause, String id, Map<String, WorkingTime> calendars, Set<String> recipients) {
    var atLeast = clause.whole("atLeast", 1, 100);
    Integer onDays = clause.has("onDays") ? (Integer) clause.whole("onDays", 1, 100) : null;
    clause.allow("onDays");
    if (onDays != null && onDays > atLeast) {
      clause.fault("onDays", "can't be more days than attempts");
    }
    var unless = clause.optionalChoice("unless", List.of("connected"));
    var counts = clause.choices("counts", CHANNELS);
    return new Clause.Attempts(
        id,
        limit(clause, calendars, recipients, true, true),
        atLeast,
        onDays,
        unless != null,
        new LinkedHashSet<>(counts));
  }

  private @Nullable String owes(
      Section clause, List<String> mine, List<String> theirs, String otherSide) {
    var raw = clause.raw("owes");
    if (raw != null && raw.isTextual() && theirs.contains(raw.textValue())) {
      clause.fault("owes", raw.textValue() + " is what " + otherSide + " owes; move it there");
      return null;
    }
    return clause.choice("owes", mine);
  }

  private Limit limit(
      Section clause,
      Map<String, WorkingTime> calendars,
      Set<String> recipients,
      boolean aboutLead,
      boolean fromOffer) {
    var business = clause.flag("business", false);
    var within = clause.window("within", business);
    var calendar = calendar(clause, calendars, business, aboutLead);
    Expression when = null;
    if (aboutLead) {
      when = clause.has("when") ? rule(clause, "when", Place.HANDOFF) : null;
      clause.allow("when");
    }
    var warnAt = clause.optionalDecimal("warnAt", "0.01", "0.99");
    var onBreach =
        clause.sections("onBreach", step -> escalation(step, business, recipients, aboutLead));
    return new Limit(
        within,
        calendar,
        when,
        warnAt,
        present(onBreach),
        fromOffer ? relax(clause, business, within) : null);
  }

  private static String calendar(
      Section clause, Map<String, WorkingTime> calendars, boolean business, boolean aboutLead) {
    if (business && !clause.has("calendar") && calendars.get(Terms.DEFAULT_CALENDAR) == ALWAYS) {
      clause.fault("business", "needs a calendar: define calendars.default");
    }
    var choices = new LinkedHashSet<>(calendars.keySet());
    if (aboutLead) {
      choices.add(Limit.ASSIGNEE);
    }
    var calendar = clause.optionalChoice("calendar", choices);
    return calendar == null ? Terms.DEFAULT_CALENDAR : calendar;
  }

  private static Optional<Escalation> escalation(
      Section step, boolean business, Set<String> recipients, boolean aboutLead) {
    var after = step.optionalWindow("after", business);
    var notify = step.optionalChoice("notify", recipients);
    var reassign = false;
    if (aboutLead) {
      reassign = step.flag("reassign", false);
    }
    step.end();
    if (!step.there()) {
      return Optional.empty();
    }
    if (step.has("notify") == step.has("reassign") && aboutLead) {
      step.fault("says one thing to do: notify somebody, or reassign: true");
      return Optional.empty();
    }
    if (step.has("reassign") && !reassign) {
      step.fault("reassign", "does nothing; leave the step out");
      return Optional.empty();
    }
    if (reassign) {
      return Optional.of(new Escalation.Reassign(after));
    }
    if (!step.has("notify") && !aboutLead) {
      step.fault("notify", "is required");
    }
    return notify == null ? Optional.empty() : Optional.of(new Escalation.Notify(after, notify));
  }

  private static Clause.@Nullable Relax relax(Section clause, boolean business, Window within) {
    var section = clause.optionalSection("relax");
    if (!section.there()) {
      return null;
    }
    var over = section.whole("ifDailyMqlsOver", 1, 1_000_000);
    var to = section.window("to", business);
    section.end();
    if (to.days().getDays() <= within.days().getDays()
        && to.time().compareTo(within.time()) <= 0
        && to != Section.NO_TIME) {
      section.fault("to", "isn't longer than within, so it relaxes nothing");
    }
    return new Clause.Relax(over, to);
  }

  private Optional<Clause> marketing(
      Section clause,
      Map<String, WorkingTime> calendars,
      Set<String> recipients,
      Words vocabulary) {
    var id = clause.word("id");
    var owes = owes(clause, MARKETING_CLAUSES, SALES_CLAUSES, "sales");
    if (owes == null) {
      return Optional.empty();
    }
    Clause made =
        switch (owes) {
          case "mqls" -> new Clause.Mqls(id, per(clause), clause.whole("atLeast", 1, 100_000_000));
          case "share" ->
              new Clause.Share(
                  id,
                  per(clause),
                  rule(clause, "of", Place.HANDOFF),
                  clause.share("atLeast"),
                  clause.whole("minimum", 1, 1_000_000, 1));
          case "rejection-rate" ->
              new Clause.RejectionRate(
                  id,
                  per(clause),
                  clause.decimal("atMost", "0", "1"),
                  clause.whole("minimum", 1, 1_000_000, 1),
                  reasons(clause, vocabulary),
                  suspension(clause));
          case "fields" -> {
            var fields = fields(clause, "fields");
            if (fields.isEmpty()) {
              clause.fault(
                  "fields", clause.has("fields") ? "must name at least one" : "is required");
            }
            yield new Clause.Fields(id, per(clause), fields, clause.share("share"));
          }
          case "content-reply" ->
              new Clause.ContentReply(id, limit(clause, calendars, recipients, false, false));
          default -> {
            var business = clause.flag("business", false);
            yield new Clause.CampaignNotice(
                id, clause.window("ahead", business), calendar(clause, calendars, business, false));
          }
        };
    clause.end();
    return Optional.of(made);
  }

  private static Clause.Period per(Section clause) {
    return clause.constant("per", Clause.Period.class, Clause.Period.MONTH);
  }

  private static List<String> reasons(Section clause, Words vocabulary) {
    var all = vocabulary.codes().rejectionReasons();
    var counts = clause.choices("counts", all);
    return counts.isEmpty() ? all : counts;
  }

  private static Clause.@Nullable Suspension suspension(Section clause) {
    var section = clause.optionalSection("suspendedBy");
    if (!section.there()) {
      return null;
    }
    var other = section.word("clause");
    var below = section.share("below");
    section.end();
    return new Clause.Suspension(other, below);
  }

  private void clausesHoldTogether(
      Section root, List<Optional<Clause>> sales, List<Optional<Clause>> marketing) {
    var ids = new ArrayList<String>();
    var where = new ArrayList<String>();
    collect(sales, "/sales/", ids, where);
    collect(marketing, "/marketing/", ids, where);
    root.unique(ids, where::get);
    for (int i = 0; i < marketing.size(); i++) {
      if (marketing.get(i).orElse(null) instanceof Clause.RejectionRate rate
          && rate.suspendedBy() instanceof Clause.Suspension suspension
          && !suspension.clause().isBlank()) {
        var pointer = "/marketing/" + i + "/suspendedBy/clause";
        var others = present(sales).stream().map(Clause::id).toList();
        if (!others.contains(suspension.clause())) {
          faults.add(
              pointer,
              "\""
                  + suspension.clause()
                  + "\" is no clause of sales"
                  + Nearest.hint(suspension.clause(), others));
        }
      }
    }
  }

  private static void collect(
      List<Optional<Clause>> clauses, String parent, List<String> ids, List<String> where) {
    for (int i = 0; i < clauses.size(); i++) {
      ids.add(clauses.get(i).map(Clause::id).orElse(""));
      where.add(parent + i + "/id");
    }
  }

  // ---- goals, meeting, process

  private List<Goal> goals(Section root) {
    var ids = new ArrayList<String>();
    var where = new ArrayList<String>();
    var goals = root.sections("goals", goal -> goal(goal, null, 1, ids, where));
    root.unique(ids, where::get);
    return goals;
  }

  private Goal goal(
      Section section, @Nullable Goal parent, int depth, List<String> ids, List<String> where) {
    ids.add(section.word("id"));
    where.add(section.at("id"));
    var id = ids.getLast();
    var metric = section.choice("metric", METRICS);
    boolean money = metric != null && MONEY_METRICS.contains(metric);
    var target =
        metric != null && RATE_METRICS.contains(metric)
            ? section.share("target")
            : section.amount("target", "0.01", "1000000000000000");
    if (metric != null
        && !money
        && !RATE_METRICS.contains(metric)
        && target.stripTrailingZeros().scale() > 0) {
      section.fault("target", metric + " is counted, so the target is a whole number");
    }
    var currency = section.currency("currency");
    if (money && !section.has("currency")) {
      section.fault("currency", "is required where the metric is money");
    } else if (metric != null && !money && currency != null) {
      section.fault("currency", metric + " isn't money; leave the currency out");
    }
    var from = inherited(section, "from", parent == null ? null : parent.from());
    var to = inherited(section, "to", parent == null ? null : parent.to());
    if (from != SOME_DAY && to != SOME_DAY && !from.isBefore(to)) {
      section.fault(section.has("to") ? "to" : "from", "the goal ends before it begins");
    }
    if (parent != null && parent.from() != SOME_DAY && parent.to() != SOME_DAY) {
      if (from != SOME_DAY && from.isBefore(parent.from())) {
        section.fault("from", "is before its parent begins, " + parent.from());
      }
      if (to != SOME_DAY && to.isAfter(parent.to())) {
        section.fault("to", "is after its parent ends, " + parent.to());
      }
    }
    var owners = owners(section, parent);
    var own =
        new Goal(id, metric == null ? "" : metric, target, currency, from, to, owners, List.of());
    List<Goal> children = List.of();
    if (depth < DEEPEST_GOAL) {
      children = section.sections("children", child -> goal(child, own, depth + 1, ids, where));
    } else if (section.has("children")) {
      section.allow("children");
      section.fault("children", "goals are at most " + DEEPEST_GOAL + " deep");
    }
    section.end();
    return new Goal(own.id(), own.metric(), target, currency, from, to, owners, children);
  }

  private static final LocalDate SOME_DAY = LocalDate.EPOCH;

  private static LocalDate inherited(Section section, String key, @Nullable LocalDate parents) {
    var date = section.date(key);
    if (date != null) {
      return date;
    }
    if (parents != null && !section.has(key)) {
      return parents;
    }
    if (!section.has(key) && section.there()) {
      section.fault(key, "is required");
    }
    return SOME_DAY;
  }

  private static Set<Side> owners(Section section, @Nullable Goal parent) {
    var words = section.choices("owners", List.of("sales", "marketing"));
    if (words.isEmpty()) {
      return parent == null ? EnumSet.allOf(Side.class) : parent.owners();
    }
    var owners = EnumSet.noneOf(Side.class);
    for (var word : words) {
      if (!word.isBlank()) {
        owners.add(Side.valueOf(word.toUpperCase(Locale.ROOT)));
      }
    }
    return owners;
  }

  private static @Nullable Meeting meeting(Section root) {
    var section = root.optionalSection("meeting");
    if (!section.there()) {
      return null;
    }
    var every = section.constant("every", Meeting.Every.class, Meeting.Every.WEEK);
    var day = section.choice("day", DAYS);
    var at = time(section);
    var attendees = section.optionalSection("attendees");
    var marketing = attendees.whole("marketing", 0, 100, 1);
    var sales = attendees.whole("sales", 0, 100, 1);
    attendees.end();
    section.end();
    return new Meeting(
        every, DayOfWeek.of(day == null ? 1 : DAYS.indexOf(day) + 1), at, marketing, sales);
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
