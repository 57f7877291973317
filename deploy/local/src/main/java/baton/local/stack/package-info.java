/**
 * The stack as processes of one machine: PostgreSQL, Kafka and the four services, each on a
 * loopback port counted from one base, with their data, logs and secrets in one folder. It starts,
 * finds, ends and kills them; it doesn't watch over them.
 */
@NullMarked
package baton.local.stack;

import org.jspecify.annotations.NullMarked;
