package baton.local.audit;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Arrays;

/** What sales needs to know of a lead, and charters ask marketing for. */
public enum Field {
  EMAIL("e-mail", "/contact/email"),
  PHONE("phone", "/contact/phone"),
  COMPANY("company", "/company/name"),
  JOB_TITLE("job title", "/contact/jobTitle"),
  COUNTRY("country", "/country"),
  SOURCE("source", "/source"),
  SELLER("seller", "/owner"),
  CAME("came", "/occurredAt");

  /** Those of the clause {@code complete} in the charter to start from, as bits. */
  static final int PROMISED = bits(EMAIL, COMPANY, JOB_TITLE);

  private final String word;
  private final JsonPointer pointer;

  Field(String word, String pointer) {
    this.word = word;
    this.pointer = JsonPointer.compile(pointer);
  }

  String word() {
    return word;
  }

  JsonPointer pointer() {
    return pointer;
  }

  private static int bits(Field... fields) {
    return Arrays.stream(fields).mapToInt(field -> 1 << field.ordinal()).sum();
  }
}
