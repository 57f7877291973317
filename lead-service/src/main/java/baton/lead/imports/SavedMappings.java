package baton.lead.imports;

import baton.chassis.mapping.MappingBody;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mappings that were kept. */
public interface SavedMappings {
  /** In place of the one that had this name. */
  Uni<SavedMapping> save(String name, MappingBody mapping);

  Uni<Optional<SavedMapping>> find(String name);

  /** By their names. */
  Uni<List<SavedMapping>> list(@Nullable String after, int limit);
}
