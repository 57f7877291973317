package baton.chassis.seal;

import baton.contracts.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads the installation's pepper from the keys file, once. */
final class SealOfInstallation {
  private SealOfInstallation() {}

  @Produces
  @Singleton
  static Seal seal(@ConfigProperty(name = "BATON_KEYS_FILE") String keysFile) {
    try {
      var pepper = Json.mapper().readTree(Files.readAllBytes(Path.of(keysFile))).path("pepper");
      return new Seal(Base64.getDecoder().decode(pepper.textValue()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the keys file can't be read", unreadable);
    }
  }
}
