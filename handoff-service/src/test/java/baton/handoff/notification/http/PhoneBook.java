package baton.handoff.notification.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Names that only the tests know; all other names are the machine's own affair. */
public final class PhoneBook extends InetAddressResolverProvider {
  private static final Map<String, List<String>> NAMES = new ConcurrentHashMap<>();

  static void write(String name, String... addresses) {
    NAMES.put(name, List.of(addresses));
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    var machine = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        var addresses = NAMES.get(host);
        return addresses == null
            ? machine.lookupByName(host, policy)
            : addresses.stream().map(InetAddress::ofLiteral);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return machine.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "the tests' phone book";
  }
}
