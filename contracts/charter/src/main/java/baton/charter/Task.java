package baton.charter;

import baton.charter.time.Window;
import baton.contracts.HandoffStep;
import baton.contracts.Side;

/** Something to do at a step of every handoff, opened in the team's task tracker. */
public record Task(String id, HandoffStep on, Side owner, Window due, String text) {}
