package baton.handoff.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A delivery claimed for one attempt. {@code attempt} counts all there ever were and fences a
 * worker that comes back too late; {@code tried} counts those since it was last asked for. {@code
 * data} is JSON, {@code secrets} the live ones, the newest first.
 */
public record Errand(
    long number,
    UUID subscriptionId,
    UUID webhookId,
    int attempt,
    int tried,
    String url,
    Format format,
    List<byte[]> secrets,
    String type,
    Instant occurredAt,
    String data) {}
