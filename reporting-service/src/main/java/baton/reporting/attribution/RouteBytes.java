package baton.reporting.attribution;

import baton.reporting.attribution.Route.Unwon;
import baton.reporting.attribution.Route.Won;
import baton.reporting.journey.Reading;
import baton.reporting.journey.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a route is written: where it came from once, however often it came from there. */
public final class RouteBytes {
  private RouteBytes() {}

  /** All but the kind and the time of the route, which are columns. */
  public static byte[] of(Route route) {
    var out = new Written();
    switch (route) {
      case Won(Path path, var amount, var currency, int charter) -> {
        out.instant(path.end());
        out.decimal(amount);
        out.text(currency);
        out.number(charter);
        place(out, path.creation());
        place(out, path.opportunity());
        whences(out, path.touches().stream().map(Touch::whence).toList());
        path.touches()
            .forEach(touch -> out.number(Duration.between(touch.at(), path.end()).toMillis()));
      }
      case Unwon(var _, var touches) -> whences(out, touches);
    }
    return out.bytes();
  }

  public static Won won(byte[] bytes) {
    var in = new Reading(bytes);
    var end = in.instant();
    var amount = in.decimal();
    var currency = in.text();
    int charter = in.integer();
    var creation = place(in);
    var opportunity = place(in);
    var whences = whences(in);
    var touches = new ArrayList<Touch>(whences.size());
    for (var whence : whences) {
      touches.add(new Touch(end.minusMillis(in.number()), whence));
    }
    return new Won(new Path(touches, creation, opportunity, end), amount, currency, charter);
  }

  public static List<Whence> unwon(byte[] bytes) {
    return whences(new Reading(bytes));
  }

  private static void place(Written out, @Nullable Integer place) {
    out.number(place == null ? 0 : place + 1L);
  }

  private static @Nullable Integer place(Reading in) {
    int place = in.integer();
    return place == 0 ? null : Integer.valueOf(place - 1);
  }

  private static void whences(Written out, List<Whence> whences) {
    out.number(whences.size());
    Map<Whence, Integer> known = new HashMap<>();
    for (var whence : whences) {
      var place = known.putIfAbsent(whence, known.size());
      out.number(place == null ? known.size() - 1L : place);
      if (place == null) {
        out.text(whence.source());
        out.text(whence.medium());
        out.text(whence.channel());
        out.text(whence.campaign());
      }
    }
  }

  private static List<Whence> whences(Reading in) {
    int count = in.integer();
    var whences = new ArrayList<Whence>(count);
    var known = new ArrayList<Whence>();
    for (int i = 0; i < count; i++) {
      int place = in.integer();
      if (place == known.size()) {
        known.add(new Whence(in.text(), in.text(), in.text(), in.text()));
      }
      whences.add(known.get(place));
    }
    return whences;
  }
}
