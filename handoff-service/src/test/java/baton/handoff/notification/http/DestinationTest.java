package baton.handoff.notification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @Test
  void an_address_keeps_its_host_port_path_and_query() throws Destination.Unfit {
    assertThat(Destination.of("https://Hooks.Example.com/a%20b?k=v&x", false))
        .isEqualTo(new Destination(true, "hooks.example.com", 443, "/a%20b?k=v&x"));
    assertThat(Destination.of("https://example.com:6443", false))
        .isEqualTo(new Destination(true, "example.com", 6443, "/"));
    assertThat(Destination.of("https://[2606:4700::1111]:8443/x", false))
        .isEqualTo(new Destination(true, "2606:4700::1111", 8443, "/x"));
    assertThat(Destination.of("http://203.0.113.9/x", true))
        .isEqualTo(new Destination(false, "203.0.113.9", 80, "/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hook",
        "//example.com/",
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "https:example.com",
        "https:///path",
        "https://",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com#@127.0.0.1/",
        "https://example.com/#fragment",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:port/",
        "https://exa mple.com/",
        "https://example.com/a b",
        "https://example.com\\@127.0.0.1/",
        "https://exämple.com/",
        "https://a_b.example.com/",
        "https://example.com./",
        "https://.example.com/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://127.0.0.1.2/",
        "https://127.0.0.256/",
        "https://127.0.0.01/",
        "https://127.0.0.0x1/",
        "https://①②⑦.0.0.1/",
        "https://[::1%25lo]/",
        "https://[::1",
        "https://%31%32%37.0.0.1/",
        "https://localhost\t/",
        "https://example.com/\u0000"
      })
  void what_could_be_read_in_two_ways_is_no_address(String url) {
    assertThatThrownBy(() -> Destination.of(url, false)).isInstanceOf(Destination.Unfit.class);
  }
}
