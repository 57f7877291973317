package baton.chassis.webhook;

import baton.chassis.access.Limits;
import baton.chassis.problem.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where deliveries come in. Nobody needs a key here: a delivery proves itself, and what doesn't is
 * refused alike, whether there is such a sender or not.
 */
@ApplicationScoped
public class Door {
  private final Limits limits;
  private final InstantSource clock;
  private final Optional<String> publicAddress;

  Door(
      Limits limits,
      InstantSource clock,
      @ConfigProperty(name = "baton.public-address") Optional<String> publicAddress) {
    this.limits = limits;
    this.clock = clock;
    this.publicAddress = publicAddress;
  }

  /** A request as its tool sent it. */
  public Delivered delivered(HttpServerRequest request, byte @Nullable [] body) {
    return Delivered.of(request, publicAddress, body == null ? new byte[0] : body);
  }

  /**
   * The sender whose delivery proves to be its own; counted, as is what proves nothing.
   *
   * @param found by the id in the address
   * @param kind the word in the address
   */
  public <S extends Sender> S admit(
      Optional<S> found, String kind, Delivered delivered, HttpServerRequest request) {
    var proven = found.filter(sender -> isOf(kind, sender) && isProven(sender, delivered));
    if (proven.isEmpty()) {
      limits.countFailure(request);
    }
    var sender = proven.orElseThrow(Problem::unauthenticated);
    limits.countDelivery(sender.connectorId(), request);
    return sender;
  }

  /** The sender that the address names; whatever else it names is refused as if unproven. */
  public static <S extends Sender> S named(Optional<S> found, String kind) {
    return found.filter(sender -> isOf(kind, sender)).orElseThrow(Problem::unauthenticated);
  }

  private static boolean isOf(String kind, Sender sender) {
    return sender.kind().word().equals(kind);
  }

  private boolean isProven(Sender sender, Delivered delivered) {
    return sender.kind().proof().holds(delivered, sender.secrets(), clock.instant())
        && sender.sends(delivered.body());
  }
}
