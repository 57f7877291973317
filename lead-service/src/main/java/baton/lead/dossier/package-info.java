/**
 * What lead-service knows of each lead and how a fact changes it: the pure decisions, and the port
 * that decides and keeps them in one transaction. It reads no request and hears no topic.
 */
@NullMarked
package baton.lead.dossier;

import org.jspecify.annotations.NullMarked;
