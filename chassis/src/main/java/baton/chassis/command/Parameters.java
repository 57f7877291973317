package baton.chassis.command;

import baton.chassis.problem.Problem;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A query parameter that can't be read is a bad field, named, and not a path that isn't there. */
@Provider
public class Parameters implements ParamConverterProvider {
  private record Form(Function<String, Object> read, String expectation) {}

  private static final Map<Class<?>, Form> FORMS =
      Map.of(
          Integer.class, new Form(Integer::valueOf, "must be a whole number in range"),
          Long.class, new Form(Long::valueOf, "must be a whole number in range"),
          Boolean.class, new Form(Parameters::truth, "must be true or false"),
          UUID.class, new Form(UUID::fromString, "must be an id"),
          Instant.class,
              new Form(Times::read, "must be a time with an offset, as 2026-11-22T10:15:30Z"),
          LocalDate.class, new Form(LocalDate::parse, "must be a date, as 2026-11-22"));

  private static boolean truth(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  @Override
  public <T> @Nullable ParamConverter<T> getConverter(
      Class<T> type, Type generic, Annotation @Nullable [] annotations) {
    var form = FORMS.get(type);
    var name = annotations == null ? null : name(annotations);
    return form == null || name == null ? null : new Reading<>(type, form, name);
  }

  private static @Nullable String name(Annotation[] annotations) {
    return Arrays.stream(annotations)
        .map(
            annotation ->
                switch (annotation) {
                  case QueryParam query -> query.value();
                  case RestQuery query -> query.value();
                  default -> "";
                })
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(null);
  }

  private record Reading<T>(Class<T> type, Form form, String name) implements ParamConverter<T> {
    @Override
    public @Nullable T fromString(@Nullable String value) {
      try {
        return value == null ? null : type.cast(form.read().apply(value));
      } catch (IllegalArgumentException | DateTimeException bad) {
        throw Problem.invalid("/" + name, form.expectation());
      }
    }

    @Override
    public String toString(T value) {
      return String.valueOf(value);
    }
  }
}
