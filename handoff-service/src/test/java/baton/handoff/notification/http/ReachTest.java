package baton.handoff.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "8.8.8.8, PUBLIC",
    "1.1.1.1, PUBLIC",
    "93.184.215.14, PUBLIC",
    "172.15.255.255, PUBLIC",
    "172.32.0.0, PUBLIC",
    "100.63.255.255, PUBLIC",
    "100.128.0.0, PUBLIC",
    "192.167.255.255, PUBLIC",
    "223.255.255.255, PUBLIC",
    "198.17.255.255, PUBLIC",
    "198.20.0.0, PUBLIC",
    "2606:4700:4700::1111, PUBLIC",
    "2a00:1450:4001:80e::200e, PUBLIC",
    "2001:4860:4860::8888, PUBLIC",
    "127.0.0.1, PRIVATE",
    "127.255.255.254, PRIVATE",
    "10.0.0.1, PRIVATE",
    "10.255.255.255, PRIVATE",
    "172.16.0.1, PRIVATE",
    "172.31.255.255, PRIVATE",
    "192.168.0.1, PRIVATE",
    "100.64.0.1, PRIVATE",
    "100.127.255.255, PRIVATE",
    "::1, PRIVATE",
    "fc00::1, PRIVATE",
    "fdff:ffff::1, PRIVATE",
    "::ffff:127.0.0.1, PRIVATE",
    "::ffff:10.1.2.3, PRIVATE",
    "::ffff:7f00:1, PRIVATE",
    "0.0.0.0, FORBIDDEN",
    "0.1.2.3, FORBIDDEN",
    "169.254.169.254, FORBIDDEN",
    "169.254.0.1, FORBIDDEN",
    "::ffff:169.254.169.254, FORBIDDEN",
    "::ffff:a9fe:a9fe, FORBIDDEN",
    "168.63.129.16, FORBIDDEN",
    "100.100.100.200, FORBIDDEN",
    "192.0.0.192, FORBIDDEN",
    "fd00:ec2::254, FORBIDDEN",
    "fd20:ce::254, FORBIDDEN",
    "192.0.0.8, FORBIDDEN",
    "192.0.2.1, FORBIDDEN",
    "192.88.99.1, FORBIDDEN",
    "198.18.0.1, FORBIDDEN",
    "198.19.255.255, FORBIDDEN",
    "198.51.100.7, FORBIDDEN",
    "203.0.113.9, FORBIDDEN",
    "224.0.0.1, FORBIDDEN",
    "239.255.255.250, FORBIDDEN",
    "240.0.0.1, FORBIDDEN",
    "255.255.255.255, FORBIDDEN",
    "::, FORBIDDEN",
    "::127.0.0.1, FORBIDDEN",
    "fe80::1, FORBIDDEN",
    "fec0::1, FORBIDDEN",
    "ff02::1, FORBIDDEN",
    "64:ff9b::7f00:1, FORBIDDEN",
    "64:ff9b:1::a00:1, FORBIDDEN",
    "2002:7f00:1::, FORBIDDEN",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, FORBIDDEN",
    "2001:db8::1, FORBIDDEN",
    "3fff::1, FORBIDDEN",
    "100::1, FORBIDDEN",
    "5f00::1, FORBIDDEN"
  })
  void an_address_leads_where_the_registries_say(String address, Reach reach)
      throws UnknownHostException {
    assertThat(Reach.of(InetAddress.getByName(address))).isEqualTo(reach);
  }
}
