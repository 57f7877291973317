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
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which methods a path takes, as the service's own description says. */
@ApplicationScoped
class AllowedMethods {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  private record Place(Pattern path, List<String> methods) {}

  private final OpenApiDocumentService documents;
  private final ObjectMapper mapper;
  private volatile @Nullable List<Place> places;

  AllowedMethods(OpenApiDocumentService documents, ObjectMapper mapper) {
    this.documents = documents;
    this.mapper = mapper;
  }

  /** As {@code Allow} says them. */
  String of(String path) {
    var allowed = new TreeSet<String>();
    for (var place : places()) {
      if (place.path().matcher(path).matches()) {
        allowed.addAll(place.methods());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return String.join(", ", allowed);
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

  private static List<String> methods(JsonNode path) {
    return METHODS.stream()
        .filter(path::has)
        .map(method -> method.toUpperCase(Locale.ROOT))
        .toList();
  }
}
