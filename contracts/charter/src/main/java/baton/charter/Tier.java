package baton.charter;

import baton.charter.expression.Expression;

/** A class of companies; the first whose rule holds is the company's. */
public record Tier(String tier, Expression when) {}
