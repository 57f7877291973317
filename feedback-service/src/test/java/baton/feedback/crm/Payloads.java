package baton.feedback.crm;

import java.io.IOException;
import java.util.Objects;

/** Bodies that CRMs sent, or that their documentation prints. */
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
