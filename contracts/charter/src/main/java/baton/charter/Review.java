package baton.charter;

import baton.charter.time.Window;

/** How often both sides look at the charter again; they are reminded before it is due. */
public record Review(Window every) {}
