/**
 * What people may ask of us: to be forgotten, and to be told what is known of them. It keeps the
 * receipts; what is personal it leaves to whoever keeps it ({@link
 * baton.lead.dossier.PersonalData}).
 */
@NullMarked
package baton.lead.privacy;

import org.jspecify.annotations.NullMarked;
