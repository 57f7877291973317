package baton.chassis.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.contracts.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;

/** JSON in a column that only its own package writes and reads, whole. */
public final class KeptJson {
  private KeptJson() {}

  public static String of(Object value) {
    return new String(Json.bytes(value), UTF_8);
  }

  public static <T> T read(String json, Class<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }

  public static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }
}
