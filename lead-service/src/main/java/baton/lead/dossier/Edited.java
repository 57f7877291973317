package baton.lead.dossier;

/** What a lead says after somebody edited it. */
public record Edited(Facts facts, Contact contact) {}
