package baton.handoff.charter;

import baton.charter.Agreement;
import baton.charter.Form;
import java.time.Instant;

/** A charter that somebody puts forward, and the text in which he wrote it. */
public record Draft(
    Agreement agreement, Form form, String written, String by, String role, Instant at) {}
