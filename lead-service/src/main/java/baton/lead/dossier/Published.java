package baton.lead.dossier;

import baton.contracts.LeadEvent;
import org.jspecify.annotations.Nullable;

/** An event with its place among those of its lead. */
public record Published(LeadEvent event, long sequence, @Nullable String traceparent) {}
