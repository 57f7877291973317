package baton.handoff.notification.http;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where an address leads, by IANA's registries of special-purpose addresses. Of IPv6 only global
 * unicast is public, and of that nothing which carries another address inside.
 */
enum Reach {
  PUBLIC,
  /** The operator's own network. */
  PRIVATE,
  /** Nobody's, everybody's, or the keys to the machine itself. */
  FORBIDDEN;

  /** What clouds tell a machine about itself, credentials included. */
  private static final List<IpSubnetFilterRule> METADATA =
      networks(
          "169.254.0.0/16",
          "168.63.129.16/32",
          "100.100.100.200/32",
          "192.0.0.192/32",
          "fd00:ec2::/32",
          "fd20:ce::/32");

  private static final List<IpSubnetFilterRule> OWN =
      networks(
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "::1/128",
          "fc00::/7");

  private static final List<IpSubnetFilterRule> NO_HOSTS =
      networks(
          "0.0.0.0/8",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.31.196.0/24",
          "192.52.193.0/24",
          "192.88.99.0/24",
          "192.175.48.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "2620:4f:8000::/48",
          "3fff::/20");

  private static final List<IpSubnetFilterRule> GLOBAL_UNICAST = networks("2000::/3");

  static Reach of(InetAddress address) {
    if (within(METADATA, address)) {
      return FORBIDDEN;
    }
    if (within(OWN, address)) {
      return PRIVATE;
    }
    if (within(NO_HOSTS, address)) {
      return FORBIDDEN;
    }
    return address instanceof Inet4Address || within(GLOBAL_UNICAST, address) ? PUBLIC : FORBIDDEN;
  }

  private static boolean within(List<IpSubnetFilterRule> networks, InetAddress address) {
    var socket = new InetSocketAddress(address, 0);
    return networks.stream().anyMatch(network -> network.matches(socket));
  }

  private static List<IpSubnetFilterRule> networks(String... blocks) {
    return Stream.of(blocks)
        .map(
            block -> {
              var slash = block.indexOf('/');
              return new IpSubnetFilterRule(
                  block.substring(0, slash),
                  Integer.parseInt(block.substring(slash + 1)),
                  IpFilterRuleType.REJECT);
            })
        .toList();
  }
}
