/**
 * Asks tools' vendors for whom they announced, at the addresses that the operator set up and no
 * other: nothing that a delivery says becomes more than the last part of a path.
 */
@NullMarked
package baton.lead.connector.http;

import org.jspecify.annotations.NullMarked;
