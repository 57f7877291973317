package baton.lead.connector;

import java.io.IOException;
import java.util.Objects;

/** Bodies that tools sent; where each is from stands in their SOURCES.md. */
public final class Payloads {
  private Payloads() {}

  public static byte[] bytes(String file) {
    try (var in = Payloads.class.getResourceAsStream("/payloads/" + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException unreadable) {
      throw new AssertionError(file, unreadable);
    }
  }
}
