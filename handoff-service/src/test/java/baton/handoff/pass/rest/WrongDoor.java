package baton.handoff.pass.rest;

import baton.handoff.pass.postgres.WrongRow;

/** An adapter for everybody that looks at another: two rules must notice. */
public record WrongDoor(WrongRow row) {}
