package baton.handoff.charter;

import baton.charter.Form;
import com.fasterxml.jackson.databind.JsonNode;

/** A version with all that it says: the document, and the text in which it was proposed. */
public record Paper(Version version, JsonNode document, Form form, String written) {}
