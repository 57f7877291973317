package baton.chassis.access;

import baton.chassis.limit.Limit;
import baton.chassis.problem.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may send how much: callers by their role, connectors, and addresses that fail. */
@ApplicationScoped
public class Limits {
  private static final int NETWORK_BYTES = 8;

  private final Map<Role, Limit> ofRoles = new EnumMap<>(Role.class);
  private final Limit ofConnectors;
  private final Limit ofFailures;

  Limits(LimitSettings settings) {
    var window = settings.window();
    Stream.of(Role.values())
        .forEach(role -> ofRoles.put(role, new Limit(role.word(), quota(settings, role), window)));
    ofConnectors = new Limit("webhook", settings.webhook(), window);
    ofFailures = new Limit("failures", settings.failures(), window);
  }

  private static long quota(LimitSettings settings, Role role) {
    return switch (role) {
      case CAPTURE -> settings.capture();
      case MARKETING -> settings.marketing();
      case SALES -> settings.sales();
      case SALES_MANAGER -> settings.salesManager();
      case REPORT -> settings.report();
      case ADMIN -> settings.admin();
    };
  }

  /** Counts a request; every answer says what is left. Refuses one too many. */
  void count(Caller caller, HttpServerResponse response) {
    var limit = ofRoles.get(caller.role());
    if (limit != null) {
      count(limit, caller.keyId(), response);
    }
  }

  /** Counts a delivery that its tool proved; refuses one too many. */
  public void countDelivery(String connectorId, HttpServerRequest request) {
    count(ofConnectors, connectorId, request.response());
  }

  /** Counts a credential, or a proof, that doesn't hold; refuses to say so too often. */
  public void countFailure(HttpServerRequest request) {
    if (ofFailures.isOn()) {
      var standing = ofFailures.take(address(request));
      if (!standing.isGranted()) {
        throw Problem.tooMany(standing.retry());
      }
    }
  }

  /** Refuses to look at a credential from where too many failed. */
  void checkFailures(HttpServerRequest request) {
    if (ofFailures.isOn() && ofFailures.isSpent(address(request))) {
      throw Problem.tooMany(ofFailures.refill());
    }
  }

  private static void count(Limit limit, String who, HttpServerResponse response) {
    if (!limit.isOn()) {
      return;
    }
    var standing = limit.take(who);
    response.putHeader("RateLimit-Policy", limit.policy());
    response.putHeader("RateLimit", limit.left(standing));
    if (!standing.isGranted()) {
      throw Problem.tooMany(standing.retry());
    }
  }

  private static String address(HttpServerRequest request) {
    var remote = request.remoteAddress();
    return remote == null ? "" : network(remote.hostAddress());
  }

  /** An IPv4 address, or the network of an IPv6 one: whoever has one has all of it. */
  static String network(@Nullable String address) {
    if (address == null || address.indexOf(':') < 0) {
      return String.valueOf(address);
    }
    try {
      var bytes = InetAddress.getByName(address).getAddress();
      return bytes.length <= NETWORK_BYTES
          ? InetAddress.getByAddress(bytes).getHostAddress()
          : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
    } catch (UnknownHostException scoped) {
      return address;
    }
  }
}
