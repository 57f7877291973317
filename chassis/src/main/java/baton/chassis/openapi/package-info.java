/** What every service's OpenAPI document says beside its own operations. */
@NullMarked
package baton.chassis.openapi;

import org.jspecify.annotations.NullMarked;
