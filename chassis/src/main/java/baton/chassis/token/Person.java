package baton.chassis.token;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody the provider vouches for.
 *
 * @param roles as the provider calls them, or as they are called here where a setting says so
 */
public record Person(String subject, Set<String> roles, @Nullable String sellerId, Instant until) {}
