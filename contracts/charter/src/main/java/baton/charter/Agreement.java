package baton.charter;

import baton.charter.time.Calendar;
import baton.contracts.Vocabulary;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * What a charter says, checked whole and ready to be judged by: its rules are compiled and its
 * calendars made. Immutable, and equal to another that says the same. ({@code
 * baton.contracts.Charter} is the event that a version of it was signed.)
 */
public final class Agreement {
  private static final List<String> TEMPLATES =
      List.of("b2b-inside-sales", "enterprise", "small-business");

  private final JsonNode document;
  private final String contentHash;
  private final Terms terms;
  private final Map<String, Calendar> calendars;
  private final Set<String> attributes;

  private Agreement(JsonNode document, Terms terms, Set<String> attributes) {
    this.document = document;
    this.contentHash = hash(document);
    this.terms = terms;
    this.calendars = new LinkedHashMap<>();
    terms.calendars().forEach((name, hours) -> calendars.put(name, hours.calendar()));
    this.attributes = Collections.unmodifiableSet(new TreeSet<>(attributes));
  }

  /** Never throws, whatever the bytes. */
  public static Read read(byte[] bytes, Form form) {
    var faults = new Faults();
    return read(Tree.of(bytes, form, faults), faults);
  }

  /** A document as the {@code charter} topic or a database has it. */
  public static Read of(JsonNode document) {
    var faults = new Faults();
    return read(Tree.of(document, faults), faults);
  }

  private static Read read(@Nullable JsonNode document, Faults faults) {
    if (document == null) {
      return new Read.Faulty(faults.list());
    }
    var reader = new Reader(faults);
    var terms = reader.terms(document);
    return faults.any()
        ? new Read.Faulty(faults.list())
        : new Read.Good(new Agreement(document, terms, reader.attributes()));
  }

  /** What holds before any charter is signed: Baton's own defaults, and no promises. */
  public static Agreement versionZero() {
    return VersionZero.AGREEMENT;
  }

  private static final class VersionZero {
    static final Agreement AGREEMENT = shipped("version-0");
  }

  /** The names of the charters to start from. */
  public static List<String> templates() {
    return TEMPLATES;
  }

  /** A template as its author wrote it, comments and all; null where there is none of the name. */
  public static @Nullable String template(String name) {
    return TEMPLATES.contains(name) ? resource(name) : null;
  }

  private static Agreement shipped(String name) {
    return switch (read(resource(name).getBytes(StandardCharsets.UTF_8), Form.YAML)) {
      case Read.Good(var agreement) -> agreement;
      case Read.Faulty(var faults) -> throw new IllegalStateException(name + ": " + faults);
    };
  }

  private static String resource(String name) {
    try (var in = Agreement.class.getResourceAsStream("/baton/charter/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The document itself, the same tree whether it was written in YAML or JSON. Don't change it. */
  public JsonNode document() {
    return document;
  }

  /** SHA-256 over the document's canonical JSON (RFC 8785), in lower-case hexadecimal. */
  public String contentHash() {
    return contentHash;
  }

  public Terms terms() {
    return terms;
  }

  public Vocabulary vocabulary() {
    return terms.vocabulary().codes();
  }

  /** The calendar that counts where a clause names none; its zone is the charter's. */
  public Calendar calendar() {
    return calendar(Terms.DEFAULT_CALENDAR);
  }

  /** Tells that calendar from others: the same in versions that leave it as it was written. */
  public int calendarId() {
    return document().path("calendars").path(Terms.DEFAULT_CALENDAR).toString().hashCode();
  }

  /**
   * A calendar by its name. {@link Clause.Limit#ASSIGNEE} is a seller's own, which only the caller
   * knows; the charter's stands in for a seller who has none.
   */
  public Calendar calendar(String name) {
    var named = calendars.get(name);
    return named != null
        ? named
        : java.util.Objects.requireNonNull(calendars.get(Terms.DEFAULT_CALENDAR));
  }

  /** Every promise of both sides, sales' first. */
  public List<Clause> clauses() {
    return java.util.stream.Stream.concat(terms.sales().stream(), terms.marketing().stream())
        .toList();
  }

  public @Nullable Clause clause(String id) {
    return clauses().stream().filter(clause -> clause.id().equals(id)).findFirst().orElse(null);
  }

  public @Nullable Persona persona(@Nullable String id) {
    return terms.personas().stream()
        .filter(persona -> persona.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  /** The free attributes that a rule reads or a line requires: those that events carry. */
  public Set<String> attributes() {
    return attributes;
  }

  private static String hash(JsonNode document) {
    try {
      var canonical = new JsonCanonicalizer(document.toString()).getEncodedUTF8();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (IOException | NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Agreement agreement && contentHash.equals(agreement.contentHash);
  }

  @Override
  public int hashCode() {
    return contentHash.hashCode();
  }

  @Override
  public String toString() {
    return terms.name() + " " + contentHash;
  }
}
