package baton.lead.imports;

import baton.chassis.mapping.MappingBody;
import java.time.Instant;

/** A mapping that somebody keeps by its name. */
public record SavedMapping(String name, MappingBody mapping, Instant savedAt) {}
