package baton.lead.dossier;

import java.util.List;

/** What a lead says after somebody edited it, and what was said of its consent. */
public record Edited(Facts facts, Contact contact, List<Evidence> consents) {}
