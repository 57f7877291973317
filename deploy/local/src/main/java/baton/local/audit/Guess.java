package baton.local.audit;

import baton.chassis.mapping.MappingBody;
import baton.chassis.mapping.MappingBody.CasePart;
import baton.chassis.mapping.MappingReader;
import baton.chassis.problem.Faults;
import baton.local.load.Export;
import baton.local.load.Posts;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which column says what, told by its name, and how its dates are written, told by its first rows.
 *
 * @param mapping in the language that mappings are written in
 */
public record Guess(MappingBody mapping, List<Column> columns) {
  /** What one column was taken for. */
  public record Column(String what, String name, String how) {}

  private static final List<@Nullable String> NULLS =
      List.of("-", "–", "n/a", "N/A", "null", "NULL", "none", "None", "never", "Never", "(blank)");
  private static final List<String> ISO =
      List.of("time", "date yyyy-MM-dd[['T'][ ]HH:mm[:ss][.SSS]]", "date yyyy/MM/dd[ HH:mm[:ss]]");
  private static final List<String> MONTH_FIRST =
      List.of("date M/d/yyyy[ H:mm[:ss]]", "date M/d/yyyy[ h:mm[:ss] a]");
  private static final List<String> DAY_FIRST = List.of("date d/M/yyyy[ H:mm[:ss]]");
  private static final List<String> WORDED =
      List.of(
          "date d.M.yyyy[ H:mm[:ss]]",
          "date d MMM yyyy[ H:mm]",
          "date d-MMM-yyyy[ H:mm]",
          "date MMM d, yyyy[ h:mm a]",
          "millis",
          "seconds");

  /** Ids of something else than the person or the deal that a row is about. */
  private static final Set<String> OF_OTHERS =
      Set.of("id", "recordid", "ownerid", "accountid", "companyid", "userid", "campaignid");

  /** A date is read in this zone unless it says its own. */
  public record Habits(String zone, boolean dayFirst) {}

  /** What the columns of an export of leads are. */
  public static Guess ofLeads(Export.Head leads, Export.Head deals, Habits habits) {
    return of(leads, Posts.LEADS, Wanted.OF_LEADS, Wanted.LEAD_ID, shared(leads, deals), habits);
  }

  /** What the columns of an export of deals are. */
  public static Guess ofDeals(Export.Head deals, Export.Head leads, Habits habits) {
    return of(
        deals, Posts.OUTCOMES, Wanted.OF_DEALS, Wanted.ID_OF_LEAD, shared(deals, leads), habits);
  }

  /** A column of ids that both files have under one name is the lead's. */
  private static @Nullable String shared(Export.Head one, Export.Head other) {
    var others = other.columns().stream().map(Guess::plain).toList();
    return one.columns().stream()
        .filter(
            name ->
                plain(name).endsWith("id")
                    && !OF_OTHERS.contains(plain(name))
                    && others.contains(plain(name)))
        .findFirst()
        .orElse(null);
  }

  private static Guess of(
      Export.Head head,
      Posts posts,
      List<Wanted> wanted,
      String idOfLead,
      @Nullable String sharedId,
      Habits habits) {
    var fields = new LinkedHashMap<String, List<String>>();
    var columns = new ArrayList<Column>();
    var taken = new HashSet<String>();
    for (var one : wanted) {
      var name =
          sharedId != null && one.field().equals(idOfLead) ? sharedId : named(one, head, taken);
      if (name == null || name.contains("|")) {
        continue;
      }
      var source = JsonPointer.empty().appendProperty(name).toString();
      if (!one.moment()) {
        taken.add(name);
        fields.put(one.field(), List.of(source));
        columns.add(new Column(one.what(), name, ""));
        continue;
      }
      var form = form(source, head.rows(), habits);
      if (form != null) {
        taken.add(name);
        fields.put(one.field(), List.of(source + " | " + form));
        columns.add(new Column(one.what(), name, said(form, habits)));
      }
    }
    return new Guess(body(posts, fields), columns);
  }

  private static @Nullable String named(Wanted one, Export.Head head, Collection<String> taken) {
    return one.names().stream()
        .flatMap(
            name ->
                head.columns().stream()
                    .filter(column -> !taken.contains(column) && plain(column).equals(name)))
        .findFirst()
        .orElse(null);
  }

  private static String plain(String column) {
    return column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** The form that reads most of the values, if it reads half of them. */
  private static @Nullable String form(String source, List<ObjectNode> rows, Habits habits) {
    String best = null;
    long most = 0;
    long there = read(source, rows).there();
    for (var form : forms(habits)) {
      long fit = read(source + " | " + form, rows).fit();
      if (fit > most) {
        most = fit;
        best = form;
      }
    }
    return most * 2 >= there ? best : null;
  }

  private static List<String> forms(Habits habits) {
    var slashes =
        habits.dayFirst() ? List.of(DAY_FIRST, MONTH_FIRST) : List.of(MONTH_FIRST, DAY_FIRST);
    return Stream.of(List.of(ISO), slashes, List.of(WORDED))
        .flatMap(List::stream)
        .flatMap(List::stream)
        .map(form -> form.startsWith("date") ? form + " in " + habits.zone() : form)
        .toList();
  }

  private record Reading(long there, long fit) {}

  private static Reading read(String source, List<ObjectNode> rows) {
    var faults = new Faults();
    var mapping =
        MappingReader.read(
            body(Posts.LEADS, Map.of("occurredAt", List.of(source))),
            new Posts[] {Posts.LEADS},
            "",
            faults);
    faults.throwIfAny();
    long there = 0;
    long fit = 0;
    for (var row : rows) {
      var mapped = mapping.ofRow(row);
      boolean has = mapped.fields().has("occurredAt");
      fit += has ? 1 : 0;
      there += has || !mapped.unread().isEmpty() ? 1 : 0;
    }
    return new Reading(there, fit);
  }

  private static MappingBody body(Posts posts, Map<String, List<String>> fields) {
    return new MappingBody(
        null,
        NULLS,
        null,
        null,
        List.of(new CasePart(null, null, posts.word(), null, fields, null, null)));
  }

  private static String said(String form, Habits habits) {
    if (!form.startsWith("date")) {
      return form.equals("time") ? "times with their offset" : "numbers: " + form;
    }
    var zone = " in " + habits.zone();
    if (MONTH_FIRST.stream().anyMatch(form::startsWith)) {
      return "month/day/year" + zone;
    }
    return (DAY_FIRST.stream().anyMatch(form::startsWith) ? "day/month/year" : "dates") + zone;
  }
}
