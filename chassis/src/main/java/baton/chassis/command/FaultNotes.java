package baton.chassis.command;

import baton.chassis.problem.Faults;
import baton.chassis.problem.Problem;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes what Jackson would stop at, by pointer, and reads on. */
@SuppressWarnings("NullAway") // Jackson is not annotated; null is what a bad field reads as
final class FaultNotes extends DeserializationProblemHandler {
  private static final Object KEY = FaultNotes.class;
  private static final String FORM = "is not in the form expected here";
  private static final int NEAR = 2;

  static Object key() {
    return KEY;
  }

  static void note(DeserializationContext context, JsonParser json, String detail) {
    note(context, json.getParsingContext().pathAsPointer(), detail);
  }

  private static void note(DeserializationContext context, JsonPointer at, String detail) {
    ((Faults) context.getAttribute(KEY)).add(at.toString(), detail);
  }

  @Override
  public boolean handleUnknownProperty(
      DeserializationContext context,
      JsonParser json,
      JsonDeserializer<?> deserializer,
      Object beanOrClass,
      String name)
      throws IOException {
    var at = context.getParser().getParsingContext().pathAsPointer();
    note(
        context,
        json == context.getParser() ? at : at.appendProperty(name),
        unknown(deserializer, name));
    json.skipChildren();
    return true;
  }

  private static String unknown(JsonDeserializer<?> deserializer, String name) {
    var known = deserializer.getKnownPropertyNames();
    var near = known == null ? null : nearest(name, known);
    return near == null
        ? "is not a known field"
        : "is not a known field; did you mean " + near + "?";
  }

  @Override
  public Object handleUnexpectedToken(
      DeserializationContext context,
      JavaType target,
      JsonToken token,
      JsonParser json,
      String failure)
      throws IOException {
    note(context, json, expected(target.getRawClass()));
    json.skipChildren();
    return null;
  }

  @Override
  public Object handleMissingInstantiator(
      DeserializationContext context,
      Class<?> type,
      ValueInstantiator instantiator,
      JsonParser json,
      String message)
      throws IOException {
    note(context, json, expected(type));
    json.skipChildren();
    return null;
  }

  @Override
  public Object handleWeirdStringValue(
      DeserializationContext context, Class<?> type, String value, String failure) {
    note(context, context.getParser(), FORM);
    return null;
  }

  @Override
  public Object handleWeirdNumberValue(
      DeserializationContext context, Class<?> type, Number value, String failure) {
    note(context, context.getParser(), "is not a number expected here");
    return null;
  }

  @Override
  public Object handleWeirdKey(
      DeserializationContext context, Class<?> type, String key, String failure) {
    note(context, context.getParser(), "is not a name expected here");
    return null;
  }

  /** A record that refuses its own parts; when one of them was noted already, that says it all. */
  @Override
  public Object handleInstantiationProblem(
      DeserializationContext context, Class<?> type, Object argument, Throwable why) {
    if (why instanceof Problem problem) {
      var at = context.getParser().getParsingContext().pathAsPointer();
      var faults = (Faults) context.getAttribute(KEY);
      problem.errors().forEach(fault -> faults.add(at + fault.pointer(), fault.detail()));
    } else if (!((Faults) context.getAttribute(KEY)).any()) {
      note(context, context.getParser(), "is not complete or not consistent");
    }
    return null;
  }

  @Override
  public @Nullable JavaType handleUnknownTypeId(
      DeserializationContext context,
      JavaType base,
      String id,
      TypeIdResolver resolver,
      String failure) {
    note(context, context.getParser(), "is not of a known kind");
    return context.constructType(Void.class);
  }

  /** What was expected where Jackson couldn't read on. */
  static String expectation(JsonMappingException stopped) {
    return stopped instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
        ? expected(mismatch.getTargetType())
        : FORM;
  }

  private static String expected(Class<?> type) {
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "must be a list";
    }
    return type.isRecord() || Map.class.isAssignableFrom(type) ? "must be an object" : FORM;
  }

  private static @Nullable String nearest(String name, Collection<Object> known) {
    String nearest = null;
    int least = Math.min(NEAR, name.length() / 2) + 1;
    for (var candidate : new ArrayList<>(known)) {
      int distance = distance(letters(name), letters(candidate.toString()));
      if (distance < least) {
        least = distance;
        nearest = candidate.toString();
      }
    }
    return nearest;
  }

  /** {@code first_name} and {@code FirstName} are meant as {@code firstName}. */
  private static String letters(String name) {
    var letters = name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    return letters.length() > 64 ? letters.substring(0, 64) : letters;
  }

  /** Levenshtein's: how many letters to add, drop or replace. */
  private static int distance(String from, String to) {
    var last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      var row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
      }
      last = row;
    }
    return last[to.length()];
  }
}
