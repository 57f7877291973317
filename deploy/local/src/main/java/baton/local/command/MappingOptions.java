package baton.local.command;

import baton.local.load.MappingFile;
import baton.local.load.Mappings;
import baton.local.load.Posts;
import baton.local.load.Unusable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files are to be read. */
final class MappingOptions {
  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      split = ",",
      description = "how columns become fields; once for each kind of file")
  private List<String> names = List.of();

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "of CSV that is neither UTF-8 nor marked, as windows-1252")
  private @Nullable Charset charset;

  @Nullable Charset charset() {
    return charset;
  }

  /** The one given for this kind of file, if any. */
  @Nullable MappingFile of(Posts posts) throws Unusable {
    return all().stream().filter(one -> one.posts() == posts).findFirst().orElse(null);
  }

  private List<MappingFile> all() throws Unusable {
    var read = new ArrayList<MappingFile>();
    for (var name : names) {
      var mapping = MappingFile.read(Mappings.find(name));
      if (read.stream().anyMatch(other -> other.posts() == mapping.posts())) {
        throw new Refusal("two mappings post " + mapping.posts().many());
      }
      read.add(mapping);
    }
    return read;
  }
}
