package baton.local.load;

import baton.local.stack.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mappings by their names: a file's own, or one of those shipped. */
public final class Mappings {
  private static final String ENDING = ".yaml";

  private Mappings() {}

  /** A file, or one shipped by its name alone. */
  public static Path find(String name) throws Unusable {
    var file = Path.of(name);
    if (Files.exists(file)) {
      return file;
    }
    var shipped = shipped().resolve(name + ENDING);
    if (!Files.exists(shipped)) {
      throw new Unusable("there is no mapping " + name);
    }
    return shipped;
  }

  /** The shipped one that finds all its columns among these; null if none does. */
  public static @Nullable MappingFile fitting(List<String> columns, Posts posts)
      throws IOException, Unusable {
    try (var files = Files.list(shipped())) {
      for (var file : files.filter(one -> one.toString().endsWith(ENDING)).sorted().toList()) {
        var mapping = MappingFile.read(file);
        if (mapping.posts() == posts && mapping.mapping().lacking(Set.copyOf(columns)).isEmpty()) {
          return mapping;
        }
      }
    }
    return null;
  }

  private static Path shipped() {
    return Checkout.here().root().resolve("deploy/local/mappings");
  }
}
