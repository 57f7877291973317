@NullMarked
package baton.chassis.webhook;

import org.jspecify.annotations.NullMarked;
