package baton.handoff.routing;

import baton.handoff.pass.Pass;

/** Routing that knows the pass, which knows routing: a rule must notice. */
record WrongTurn(Pass pass) {}
