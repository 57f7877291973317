package baton.lead.connector;

import baton.lead.tool.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where tools keep whom they only announce. */
public interface Vendors {

  /** What a vendor answers. */
  sealed interface Found {

    /** In the vendor's own form, which the kind's mapping reads. */
    record Somebody(JsonNode body) implements Found {}

    /** Nobody goes by that id, or not any more. */
    record Nobody() implements Found {}

    /**
     * Not now.
     *
     * @param after how long the vendor asks to be left alone; null where it doesn't say
     */
    record Later(String why, @Nullable Duration after) implements Found {}
  }

  /** Never fails: what went wrong is an answer too. */
  Uni<Found> fetch(Kind kind, String token, String id);
}
