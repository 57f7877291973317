package baton.chassis.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.EnumDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every scalar, read without coercion. A bad one is noted and read as null, so that the rest of the
 * command is read as well.
 */
final class Scalars {
  private static final int MAX_PRECISION = 38;
  private static final int MAX_SCALE = 18;
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,18})?");
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Scalars() {}

  static SimpleModule module() {
    return new SimpleModule("commands")
        .addDeserializer(String.class, scalar(String.class, "must be a text", Scalars::text))
        .addDeserializer(
            Boolean.class, scalar(Boolean.class, "must be true or false", Scalars::truth))
        .addDeserializer(
            boolean.class, primitive(boolean.class, "must be true or false", Scalars::truth, false))
        .addDeserializer(Integer.class, scalar(Integer.class, WHOLE, Scalars::wholeInt))
        .addDeserializer(int.class, primitive(int.class, WHOLE, Scalars::wholeInt, 0))
        .addDeserializer(Long.class, scalar(Long.class, WHOLE, Scalars::wholeLong))
        .addDeserializer(long.class, primitive(long.class, WHOLE, Scalars::wholeLong, 0L))
        .addDeserializer(Double.class, scalar(Double.class, "must be a number", Scalars::number))
        .addDeserializer(
            double.class, primitive(double.class, "must be a number", Scalars::number, 0d))
        .addDeserializer(
            BigDecimal.class,
            scalar(BigDecimal.class, "must be a decimal number, as \"1250.00\"", Scalars::decimal))
        .addDeserializer(
            Instant.class,
            scalar(
                Instant.class,
                "must be a time with an offset, as \"2026-11-22T10:15:30+01:00\"",
                Scalars::instant))
        .addDeserializer(
            LocalDate.class,
            scalar(LocalDate.class, "must be a date, as \"2026-11-22\"", Scalars::date))
        .addDeserializer(
            UUID.class,
            scalar(
                UUID.class,
                "must be an id, as \"01980f5a-3c00-7000-8000-000000000000\"",
                Scalars::uuid))
        .setDeserializerModifier(new Words());
  }

  private static final String WHOLE = "must be a whole number in range";

  /** Reads the current token; null when it isn't one. */
  private interface Reading<T> {
    @Nullable T read(JsonParser json) throws IOException;
  }

  private static <T> JsonDeserializer<T> scalar(
      Class<T> type, String expectation, Reading<? extends T> reading) {
    return new Scalar<>(type, expectation, reading, null);
  }

  private static <T> JsonDeserializer<T> primitive(
      Class<T> type, String expectation, Reading<? extends T> reading, T absent) {
    return new Scalar<>(type, expectation, reading, absent);
  }

  private static final class Scalar<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1;

    private final String expectation;
    private final transient Reading<? extends T> reading;
    private final transient @Nullable T absent;

    Scalar(Class<T> type, String expectation, Reading<? extends T> reading, @Nullable T absent) {
      super(type);
      this.expectation = expectation;
      this.reading = reading;
      this.absent = absent;
    }

    @Override
    public @Nullable T deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      T value = reading.read(json);
      if (value == null) {
        FaultNotes.note(context, json, expectation);
        json.skipChildren();
        return absent;
      }
      return value;
    }

    @Override
    public @Nullable T getNullValue(DeserializationContext context) {
      return absent;
    }
  }

  private static @Nullable String text(JsonParser json) throws IOException {
    return json.hasToken(JsonToken.VALUE_STRING) ? json.getText() : null;
  }

  private static @Nullable Boolean truth(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static @Nullable Integer wholeInt(JsonParser json) throws IOException {
    return isWhole(json) && json.getNumberType() == JsonParser.NumberType.INT
        ? json.getIntValue()
        : null;
  }

  private static @Nullable Long wholeLong(JsonParser json) throws IOException {
    return isWhole(json) && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
        ? json.getLongValue()
        : null;
  }

  private static boolean isWhole(JsonParser json) {
    return json.hasToken(JsonToken.VALUE_NUMBER_INT);
  }

  private static @Nullable Double number(JsonParser json) throws IOException {
    return json.currentToken().isNumeric() ? json.getDoubleValue() : null;
  }

  private static @Nullable BigDecimal decimal(JsonParser json) throws IOException {
    if (json.currentToken().isNumeric()) {
      var number = json.getDecimalValue();
      return number.precision() <= MAX_PRECISION && Math.abs(number.scale()) <= MAX_SCALE
          ? number
          : null;
    }
    return json.hasToken(JsonToken.VALUE_STRING) && DECIMAL.matcher(json.getText()).matches()
        ? new BigDecimal(json.getText())
        : null;
  }

  private static @Nullable Instant instant(JsonParser json) throws IOException {
    if (!json.hasToken(JsonToken.VALUE_STRING)) {
      return null;
    }
    try {
      return Times.read(json.getText());
    } catch (DateTimeException bad) {
      return null;
    }
  }

  private static @Nullable LocalDate date(JsonParser json) throws IOException {
    if (!json.hasToken(JsonToken.VALUE_STRING) || json.getTextLength() != 10) {
      return null;
    }
    try {
      var date = LocalDate.parse(json.getText());
      return date.getYear() < 1 ? null : date;
    } catch (DateTimeException bad) {
      return null;
    }
  }

  private static @Nullable UUID uuid(JsonParser json) throws IOException {
    return json.hasToken(JsonToken.VALUE_STRING) && UUID_FORM.matcher(json.getText()).matches()
        ? UUID.fromString(json.getText())
        : null;
  }

  /** Enums by their words on the wire, the allowed ones named. */
  private static final class Words extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonDeserializer<?> given) {
      return given instanceof EnumDeserializer ? word(type.getRawClass()) : given;
    }

    private static JsonDeserializer<?> word(Class<?> type) {
      var words = words(type);
      return scalar(
          Object.class,
          "must be one of " + String.join(", ", words.keySet()),
          json -> json.hasToken(JsonToken.VALUE_STRING) ? words.get(json.getText()) : null);
    }

    private static Map<String, Object> words(Class<?> type) {
      var words = new LinkedHashMap<String, Object>();
      for (var field : type.getFields()) {
        if (field.isEnumConstant()) {
          var named = field.getAnnotation(JsonProperty.class);
          var word = named == null || named.value().isEmpty() ? field.getName() : named.value();
          words.put(word, constant(type, field.getName()));
        }
      }
      return words;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object constant(Class<?> type, String name) {
      return Enum.valueOf((Class<? extends Enum>) type, name);
    }
  }
}
