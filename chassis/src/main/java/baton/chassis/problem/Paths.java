package baton.chassis.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which methods a path takes, and in which formats, as the service's own description says. */
@ApplicationScoped
class Paths {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  /**
   * @param methods and what bodies each takes
   */
  private record Place(Pattern path, Map<String, List<String>> methods) {}

  private final OpenApiDocumentService documents;
  private final ObjectMapper mapper;
  private volatile @Nullable List<Place> places;

  Paths(OpenApiDocumentService documents, ObjectMapper mapper) {
    this.documents = documents;
    this.mapper = mapper;
  }

  /** As {@code Allow} says them. */
  String methods(String path) {
    var allowed = new TreeSet<String>();
    for (var place : places()) {
      if (place.path().matcher(path).matches()) {
        allowed.addAll(place.methods().keySet());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return String.join(", ", allowed);
  }

  /** What kinds of bodies, the usual one first; none where nothing stands. */
  List<String> types(String method, String path) {
    return places().stream()
        .filter(place -> place.path().matcher(path).matches())
        .flatMap(place -> place.methods().getOrDefault(method, List.of()).stream())
        .distinct()
        .toList();
  }

  private List<Place> places() {
    var read = places;
    if (read == null) {
      read = read();
      places = read;
    }
    return read;
  }

  private List<Place> read() {
    try {
      var document =
          mapper.readTree(
              documents.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON));
      var found = new ArrayList<Place>();
      for (var path : document.path("paths").properties()) {
        found.add(new Place(pattern(path.getKey()), methods(path.getValue())));
      }
      return List.copyOf(found);
    } catch (IOException garbled) {
      throw new UncheckedIOException(garbled);
    }
  }

  private static Pattern pattern(String template) {
    var parts = VARIABLE.split(template, -1);
    return Pattern.compile(
        String.join("[^/]+", List.of(parts).stream().map(Pattern::quote).toList()) + "/?");
  }

  private static Map<String, List<String>> methods(JsonNode path) {
    var methods = new LinkedHashMap<String, List<String>>();
    for (var method : METHODS) {
      if (path.has(method)) {
        var types = new ArrayList<String>();
        path.at("/" + method + "/requestBody/content").fieldNames().forEachRemaining(types::add);
        methods.put(method.toUpperCase(Locale.ROOT), List.copyOf(types));
      }
    }
    return methods;
  }
}
