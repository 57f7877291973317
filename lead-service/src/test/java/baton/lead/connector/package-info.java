@NullMarked
package baton.lead.connector;

import org.jspecify.annotations.NullMarked;
