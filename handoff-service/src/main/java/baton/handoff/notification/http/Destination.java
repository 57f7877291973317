package baton.handoff.notification.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address that can be sent to, as far as its text says. */
record Destination(boolean tls, String host, int port, String pathAndQuery) {
  private static final int LONGEST = 2000;

  /** What some resolver or other reads as an IPv4 address: the last label begins with a digit. */
  private static final Pattern NUMERIC =
      Pattern.compile("(.*\\.)?[0-9][0-9a-fx]*", Pattern.CASE_INSENSITIVE);

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

  /** Why a text is no address that can be sent to. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;
    private final String why;

    Unfit(String why) {
      super(why, null, false, false);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  static Destination of(String url, boolean allowHttp) throws Unfit {
    if (url.length() > LONGEST) {
      throw new Unfit("must not be longer than " + LONGEST + " characters");
    }
    var uri = uri(url);
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
      throw new Unfit(
          allowHttp ? "must begin with https:// or http://" : "must begin with https://");
    }
    if (uri.getRawUserInfo() != null) {
      throw new Unfit("must not hold a user or password");
    }
    if (uri.getRawFragment() != null) {
      throw new Unfit("must not hold a fragment");
    }
    var host = host(uri.getHost());
    var tls = scheme.equals("https");
    var port = uri.getPort() == -1 ? (tls ? 443 : 80) : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw new Unfit("must name a port from 1 to 65535, or none");
    }
    var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    var query = uri.getRawQuery();
    return new Destination(tls, host, port, query == null ? path : path + "?" + query);
  }

  /** What the receiver is called by: the port only where it isn't the scheme's own. */
  String authority() {
    var name = host.contains(":") ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  private static URI uri(String url) throws Unfit {
    try {
      return new URI(url);
    } catch (URISyntaxException garbled) {
      throw new Unfit("must be a URL such as https://example.com/hook");
    }
  }

  /** In lower case, an IPv6 address without its brackets. */
  private static String host(@Nullable String given) throws Unfit {
    if (given == null) {
      throw new Unfit("must name a host, in ASCII");
    }
    var host = given.toLowerCase(Locale.ROOT);
    if (IPV6.matcher(host).matches()) {
      return host.substring(1, host.length() - 1);
    }
    if (NUMERIC.matcher(host).matches() && !IPV4.matcher(host).matches()) {
      throw new Unfit("must write an IPv4 address as four decimal numbers");
    }
    if (!NAME.matcher(host).matches()) {
      throw new Unfit("must name a host, in ASCII");
    }
    return host;
  }
}
