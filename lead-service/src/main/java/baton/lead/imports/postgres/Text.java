package baton.lead.imports.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.contracts.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.UncheckedIOException;

/** JSON that only this package writes and reads, whole. */
final class Text {
  private Text() {}

  static String of(Object value) {
    return new String(Json.bytes(value), UTF_8);
  }

  static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException ours) {
      throw new UncheckedIOException(ours);
    }
  }
}
