/**
 * Who did what to keys, sellers, charters, connectors and the like, in a table that only grows and
 * whose rows seal each other. Whoever does such an act writes it in the act's own transaction, as
 * the last thing there, since the log is locked until the commit:
 *
 * <pre>{@code
 * audit.note(tx, "seller.changed", sellerId)
 * audit.note(tx, "lead.erased", leadId.toString(), Map.of("receipt", receipt))
 * }</pre>
 *
 * ({@code SessionAudit} for a session of Hibernate Reactive's.) Who calls is known; what a timer or
 * a consumer does is the service's own. An act is named by its noun and a past participle; the
 * subject is an id, and neither it nor a detail is ever a name, an address or a secret. One row for
 * one act, however many rows it touched. {@code GET /audit} reads it.
 */
@NullMarked
package baton.chassis.audit;

import org.jspecify.annotations.NullMarked;
