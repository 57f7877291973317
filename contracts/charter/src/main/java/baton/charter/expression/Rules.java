package baton.charter.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rules of one charter. Their patterns are literals and are compiled with them, so that
 * asking a rule compiles nothing; RE2 matches in linear time, and loops are counted.
 */
public final class Rules {
  private static final int LONGEST = 2_000;
  private static final int DEEPEST = 40;
  private static final int MOST_TOUCHES_ASKED = 100_000;

  private static final Set<String> CONTACT =
      Set.of("name", "firstName", "lastName", "phone", "address", "contact", "emailAddress");

  private static final CelOptions BOUNDS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEEPEST)
          .comprehensionMaxIterations(MOST_TOUCHES_ASKED)
          .build();

  private static final Map<Place, Variables> VARIABLES = variables();
  private static final java.util.regex.Pattern UNDEFINED_FIELD =
      java.util.regex.Pattern.compile("undefined field '(.*)'");
  private static final java.util.regex.Pattern UNDECLARED =
      java.util.regex.Pattern.compile("undeclared reference to '(.*)' \\(.*");
  private static final java.util.regex.Pattern NO_OVERLOAD =
      java.util.regex.Pattern.compile(
          "found no matching overload for '(.*)' applied to '\\((.*)\\)'.*",
          java.util.regex.Pattern.DOTALL);

  private record Variables(
      CelCompiler compiler, Set<String> names, Map<String, Set<String>> fieldsByVariable) {}

  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();
  private final CelRuntime runtime = runtime();

  public Checked check(Place place, String text) {
    var variables = java.util.Objects.requireNonNull(VARIABLES.get(place));
    var outcome = variables.compiler().compile(text);
    if (outcome.hasError()) {
      return new Checked.Refused(detail(outcome.getErrors(), variables, text));
    }
    try {
      var tree = outcome.getAst();
      var reading = new Reading(tree.getExpr());
      var unreadable = compilePatterns(reading.patterns);
      if (unreadable != null) {
        return new Checked.Refused(unreadable);
      }
      return new Checked.Fine(
          new Expression(text, runtime.createProgram(tree), Set.copyOf(reading.read)));
    } catch (CelValidationException | CelEvaluationException impossible) {
      return new Checked.Refused("can't be worked out: " + impossible.getMessage());
    }
  }

  private @Nullable String compilePatterns(List<Optional<String>> written) {
    for (var pattern : written) {
      if (pattern.isEmpty()) {
        return "the pattern of matches() must be written out, not worked out";
      }
      try {
        var compiled = Pattern.compile(pattern.get());
        if (compiled.programSize() > 2_000) {
          return "the pattern is too large: " + pattern.get();
        }
        patterns.put(pattern.get(), compiled);
      } catch (PatternSyntaxException unreadable) {
        return "the pattern can't be read (RE2 syntax): " + unreadable.getMessage();
      }
    }
    return null;
  }

  /** The patterns only grow while the charter is read, before any rule is asked. */
  @SuppressWarnings("Immutable")
  private CelRuntime runtime() {
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .setOptions(BOUNDS)
        .setStandardFunctions(
            CelStandardFunctions.newBuilder().excludeFunctions(StandardFunction.MATCHES).build())
        .addFunctionBindings(
            CelFunctionBinding.fromOverloads(
                "matches",
                CelFunctionBinding.from("matches", String.class, String.class, this::matches),
                CelFunctionBinding.from(
                    "matches_string", String.class, String.class, this::matches)))
        .build();
  }

  private boolean matches(String text, String pattern) {
    return java.util.Objects.requireNonNull(patterns.get(pattern)).matcher(text).find();
  }

  // ---- what is wrong, in words

  private static String detail(List<CelIssue> issues, Variables variables, String text) {
    if (text.isBlank()) {
      return "says nothing; write true for a rule that always holds";
    }
    var issue = issues.getFirst();
    var message = issue.getMessage();
    Matcher found = UNDEFINED_FIELD.matcher(message);
    if (found.matches()) {
      return undefinedField(found.group(1), issue, variables, text);
    }
    found = UNDECLARED.matcher(message);
    if (found.matches()) {
      var name = found.group(1);
      return name.equals("score")
          ? "score isn't known here: it is made after this rule"
          : name
              + " isn't known; rules read "
              + String.join(", ", variables.names())
              + Nearest.hint(name, variables.names());
    }
    if (message.startsWith("expected type 'bool'")) {
      return "must be true or false, but is " + message.replaceFirst(".*found '(.*)'.*", "$1");
    }
    found = NO_OVERLOAD.matcher(message);
    if (found.matches()) {
      return "can't apply "
          + found.group(1).replace("_", "").replace("@", "")
          + " to ("
          + found.group(2)
          + "), at character "
          + (issue.getSourceLocation().getColumn() + 1)
          + (found.group(2).contains("Email")
              ? "; the address itself is contact data: rules read lead.email.free and"
                  + " lead.email.domain"
              : "");
    }
    return message
        + ", at line "
        + issue.getSourceLocation().getLine()
        + ", character "
        + (issue.getSourceLocation().getColumn() + 1);
  }

  private static String undefinedField(
      String field, CelIssue issue, Variables variables, String text) {
    var lines = text.lines().toList();
    var line = lines.get(Math.clamp(issue.getSourceLocation().getLine() - 1, 0, lines.size() - 1));
    var before =
        line.substring(0, Math.clamp(issue.getSourceLocation().getColumn(), 0, line.length()));
    var owner = before.replaceFirst("(?s).*?([A-Za-z_][A-Za-z_0-9.]*)$", "$1");
    var fields = variables.fieldsByVariable().getOrDefault(owner, Set.of());
    if (owner.equals("lead") && CONTACT.contains(field)) {
      return "lead."
          + field
          + " is contact data, which rules can't read; lead.email.free and lead.email.domain are"
          + " there";
    }
    if (fields.isEmpty()) {
      fields = java.util.Objects.requireNonNull(variables.fieldsByVariable().get("touches"));
    }
    return owner
        + "."
        + field
        + " isn't known here; known are "
        + String.join(", ", new TreeSet<>(fields))
        + Nearest.hint(field, fields);
  }

  // ---- what a rule reads

  private static final class Reading {
    private final TreeSet<String> read = new TreeSet<>();
    private final List<Optional<String>> patterns = new ArrayList<>();
    private final Map<String, String> bound = new HashMap<>();

    Reading(CelExpr root) {
      var open = new ArrayDeque<CelExpr>();
      open.push(root);
      while (!open.isEmpty()) {
        visit(open.pop(), open);
      }
    }

    private void visit(CelExpr expression, ArrayDeque<CelExpr> open) {
      switch (expression.getKind()) {
        case SELECT -> {
          var select = expression.select();
          var path = path(expression);
          if (path != null && !select.testOnly()) {
            read.add(path);
            parents(select.operand());
          } else {
            open.push(select.operand());
          }
        }
        case CALL -> {
          var call = expression.call();
          call.target().ifPresent(open::push);
          call.args().forEach(open::push);
          if (call.function().equals("matches")) {
            patterns.add(literal(call.args().getLast()));
          }
        }
        case LIST -> expression.list().elements().forEach(open::push);
        case MAP ->
            expression
                .map()
                .entries()
                .forEach(
                    entry -> {
                      open.push(entry.key());
                      open.push(entry.value());
                    });
        case STRUCT -> expression.struct().entries().forEach(entry -> open.push(entry.value()));
        case COMPREHENSION -> {
          var loop = expression.comprehension();
          var range = path(loop.iterRange());
          bound.put(loop.iterVar(), range == null ? "it" : range);
          open.push(loop.result());
          open.push(loop.loopStep());
          open.push(loop.loopCondition());
          open.push(loop.accuInit());
          open.push(loop.iterRange());
        }
        case NOT_SET, CONSTANT, IDENT -> {}
      }
    }

    /** {@code lead.email} of {@code lead.email.free}: it may be the one that is missing. */
    private void parents(CelExpr operand) {
      if (operand.getKind() == Kind.SELECT && path(operand) instanceof String path) {
        read.add(path);
        parents(operand.select().operand());
      }
    }

    private @Nullable String path(CelExpr expression) {
      return switch (expression.getKind()) {
        case IDENT -> bound.getOrDefault(expression.ident().name(), expression.ident().name());
        case SELECT -> {
          var operand = path(expression.select().operand());
          yield operand == null ? null : operand + "." + expression.select().field();
        }
        default -> null;
      };
    }

    private static Optional<String> literal(CelExpr argument) {
      return argument.getKind() == Kind.CONSTANT
              && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE
          ? Optional.of(argument.constant().stringValue())
          : Optional.empty();
    }
  }

  // ---- what a rule may read, where

  private static Map<Place, Variables> variables() {
    var all = new EnumMap<Place, Variables>(Place.class);
    for (var place : Place.values()) {
      all.put(place, variables(place));
    }
    return all;
  }

  private static Variables variables(Place place) {
    var email = new LinkedHashMap<String, CelType>();
    email.put("free", SimpleType.BOOL);
    email.put("domain", SimpleType.STRING);

    var lead = strings("source", "medium", "channel", "campaign", "landingPage", "country");
    lead.putAll(strings("origin", "jobTitle", "segment"));
    lead.put("email", StructTypeReference.create("Email"));
    lead.put("attributes", MapType.create(SimpleType.STRING, SimpleType.DYN));
    var company = strings("domain", "industry", "country");
    company.put("employees", SimpleType.INT);
    var touch = strings("kind");
    touch.put("at", SimpleType.TIMESTAMP);

    if (place.compareTo(Place.TIER) > 0) {
      company.put("tier", SimpleType.STRING);
    }
    if (place.compareTo(Place.PERSONA) > 0) {
      lead.put("persona", SimpleType.STRING);
    }
    if (place != Place.HANDOFF) {
      lead.put("qualified", SimpleType.BOOL);
      touch.putAll(strings("asset", "source", "medium", "channel", "campaign"));
      touch.put("attributes", MapType.create(SimpleType.STRING, SimpleType.DYN));
    }
    boolean scored = place.compareTo(Place.SCORING) > 0;

    var types =
        new Types(
            struct("Email", email),
            struct("Lead", lead),
            struct("Company", company),
            struct("Touch", touch));
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(BOUNDS)
            .setTypeProvider(types)
            .setStandardMacros(
                CelStandardMacro.HAS,
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE,
                CelStandardMacro.FILTER)
            .addVar("lead", StructTypeReference.create("Lead"))
            .addVar("company", StructTypeReference.create("Company"))
            .addVar("touches", ListType.create(StructTypeReference.create("Touch")))
            .setResultType(SimpleType.BOOL);
    if (scored) {
      builder.addVar("score", SimpleType.DOUBLE);
    }
    return new Variables(
        builder.build(),
        scored
            ? ImmutableSet.of("lead", "company", "touches", "score")
            : ImmutableSet.of("lead", "company", "touches"),
        Map.of(
            "lead", lead.keySet(),
            "lead.email", email.keySet(),
            "company", company.keySet(),
            "touches", touch.keySet()));
  }

  private static Map<String, CelType> strings(String... names) {
    var fields = new LinkedHashMap<String, CelType>();
    for (var name : names) {
      fields.put(name, SimpleType.STRING);
    }
    return fields;
  }

  private static StructType struct(String name, Map<String, CelType> written) {
    var fields = ImmutableMap.copyOf(written);
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }

  private record Types(ImmutableList<CelType> all) implements CelTypeProvider {
    Types(StructType... types) {
      this(ImmutableList.copyOf(types));
    }

    @Override
    public ImmutableCollection<CelType> types() {
      return all;
    }

    @Override
    public Optional<CelType> findType(String name) {
      return all.stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }
}
