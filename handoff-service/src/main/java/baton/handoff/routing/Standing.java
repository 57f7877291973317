package baton.handoff.routing;

/**
 * What a seller is owed in the rotation of a team. {@code credit} is in turns, negative when he has
 * had more than his weight's share; {@code givenBack} are turns he gets again because their leads
 * were bad; {@code arrears} are those he missed while he was away, and {@code caughtUp} is how many
 * of them he has had today.
 */
public record Standing(
    String team, String sellerId, double credit, int givenBack, double arrears, int caughtUp) {}
