package baton.lead.connector.http;

import baton.contracts.Json;
import baton.lead.connector.Vendors;
import baton.lead.connector.Vendors.Found.Later;
import baton.lead.connector.Vendors.Found.Nobody;
import baton.lead.connector.Vendors.Found.Somebody;
import baton.lead.tool.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows no redirect, reads little, and is back within the timeout whatever the vendor does. */
@ApplicationScoped
class VendorApis implements Vendors {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int AT_ONCE_EACH = 8;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}");
  private static final Pattern LINKEDIN_FORM =
      Pattern.compile("urn:li:leadGenForm:([0-9]{1,19})\\b");
  private static final Duration A_WHILE = Duration.ofSeconds(10);
  private static final String REFUSED = "the vendor refuses the token";

  /** Who asks for it is part of it: a token may see what another may not. */
  private record Form(String token, String url) {}

  /** Forms change seldom, and many answer one. */
  private final Cache<Form, JsonNode> forms =
      Caffeine.newBuilder().maximumSize(200).expireAfterWrite(Duration.ofMinutes(10)).build();

  private final VendorSettings settings;
  private final InstantSource clock;
  private final Vertx vertx;
  private final HttpClient client;

  VendorApis(VendorSettings settings, InstantSource clock, Vertx vertx) {
    this.settings = settings;
    this.clock = clock;
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxPoolSize(AT_ONCE_EACH)
                .setConnectTimeout((int) settings.timeout().toMillis())
                .setVerifyHost(true));
  }

  @Override
  public Uni<Found> fetch(Kind kind, String token, String id) {
    if (!ID.matcher(id).matches()) {
      return Uni.createFrom().item(new Nobody());
    }
    return switch (kind) {
      case HUBSPOT ->
          get(
              settings.hubspot()
                  + "/crm/v3/objects/contacts/"
                  + id
                  + "?properties="
                  + settings.hubspotProperties(),
              token,
              Map.of());
      case META_LEADGEN ->
          get(
                  settings.meta()
                      + "/"
                      + settings.metaVersion()
                      + "/"
                      + id
                      + "?fields=id,created_time,ad_id,form_id,field_data,custom_disclaimer_responses",
                  token,
                  Map.of())
              .chain(found -> withForm(found, this::metaForm, token, Map.of()));
      case LINKEDIN -> {
        var headers =
            Map.of(
                "LinkedIn-Version",
                settings.linkedinVersion(),
                "X-Restli-Protocol-Version",
                "2.0.0");
        yield get(settings.linkedin() + "/rest/leadFormResponses/" + id, token, headers)
            .chain(found -> withForm(found, this::linkedinForm, token, headers));
      }
      default ->
          Uni.createFrom().item(new Later("nobody knows where this tool keeps its leads", null));
    };
  }

  /**
   * Whom a vendor describes, along with the form they filled in where that alone says what they
   * answered or what they were shown. A form that can't be had is left out; one that can't be had
   * now is waited for.
   */
  private Uni<Found> withForm(
      Found found,
      Function<ObjectNode, @Nullable String> address,
      String token,
      Map<String, String> headers) {
    var url = found instanceof Somebody(ObjectNode answer) ? address.apply(answer) : null;
    if (url == null) {
      return Uni.createFrom().item(found);
    }
    var known = forms.getIfPresent(new Form(token, url));
    return (known == null
            ? get(url, token, headers)
            : Uni.createFrom().item((Found) new Somebody(known)))
        .map(
            form ->
                switch (form) {
                  case Somebody(var content) -> {
                    forms.put(new Form(token, url), content);
                    yield with(content, found);
                  }
                  case Later(var why, _) when why.equals(REFUSED) -> found;
                  case Later later -> later;
                  case Nobody _ -> found;
                });
  }

  private static Found with(JsonNode form, Found found) {
    if (found instanceof Somebody(ObjectNode answer)) {
      answer.set("form", form);
    }
    return found;
  }

  private @Nullable String metaForm(ObjectNode answer) {
    var form = answer.path("form_id").asText();
    return answer.path("custom_disclaimer_responses").isEmpty() || !ID.matcher(form).matches()
        ? null
        : settings.meta()
            + "/"
            + settings.metaVersion()
            + "/"
            + form
            + "?fields=legal_content%7Bcustom_disclaimer%7D";
  }

  private @Nullable String linkedinForm(ObjectNode answer) {
    var given = answer.path("formResponse");
    boolean numbered =
        !given.path("consentResponses").isEmpty()
            || given.path("answers").valueStream().anyMatch(one -> !one.has("name"));
    var form = LINKEDIN_FORM.matcher(answer.path("versionedLeadGenFormUrn").asText());
    return numbered && form.find()
        ? settings.linkedin() + "/rest/leadForms/" + form.group(1)
        : null;
  }

  private Uni<Found> get(String url, String token, Map<String, String> headers) {
    return Uni.createFrom()
        .completionStage(() -> new Call().begin(url, token, headers).toCompletionStage());
  }

  /** One question. Whatever ends it first, ends it. */
  private final class Call {
    private final Promise<Found> found = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private volatile @Nullable HttpClientRequest request;

    Future<Found> begin(String url, String token, Map<String, String> headers) {
      var timer =
          vertx.setTimer(
              settings.timeout().toMillis(),
              _ -> end(new Later("no answer from the vendor in time", null)));
      found.future().onComplete(_ -> vertx.cancelTimer(timer));
      client
          .request(
              new RequestOptions()
                  .setMethod(HttpMethod.GET)
                  .setAbsoluteURI(url)
                  .setFollowRedirects(false))
          .onSuccess(
              opened -> {
                request = opened;
                opened.response().onSuccess(this::read).onFailure(_ -> broken());
                headers.forEach(opened::putHeader);
                opened
                    .putHeader("authorization", "Bearer " + token)
                    .putHeader("accept", "application/json")
                    .end();
              })
          .onFailure(_ -> broken());
      return found.future();
    }

    private void read(HttpClientResponse response) {
      switch (response.statusCode()) {
        case 200 ->
            response.handler(this::read).exceptionHandler(_ -> broken()).endHandler(_ -> all());
        case 404, 410 -> end(new Nobody());
        case 401, 403 -> end(new Later(REFUSED, null));
        case 429 -> end(new Later("the vendor asks to be left alone", after(response)));
        case 503 -> end(new Later("the vendor answered 503", asked(response)));
        default -> end(new Later("the vendor answered " + response.statusCode(), null));
      }
    }

    private void read(Buffer part) {
      body.appendBuffer(part);
      if (body.length() > MOST_BYTES) {
        end(new Later("the vendor's answer is too large", null));
      }
    }

    private void all() {
      try {
        end(
            Json.mapper().readTree(body.getBytes()) instanceof ObjectNode object
                ? new Somebody(object)
                : new Later("the vendor's answer is no JSON object", null));
      } catch (IOException garbled) {
        end(new Later("the vendor's answer is no JSON", null));
      }
    }

    private void broken() {
      end(new Later("no connection to the vendor", null));
    }

    private void end(Found answer) {
      if (found.tryComplete(answer)
          && !(answer instanceof Somebody)
          && request instanceof HttpClientRequest open) {
        open.reset();
      }
    }
  }

  private Duration after(HttpClientResponse response) {
    var asked = asked(response);
    return asked == null ? A_WHILE : asked;
  }

  /** Seconds, or a date. */
  private @Nullable Duration asked(HttpClientResponse response) {
    var given = response.getHeader("Retry-After");
    if (given == null) {
      return null;
    }
    try {
      return given.matches("[0-9]{1,9}")
          ? Duration.ofSeconds(Long.parseLong(given))
          : Duration.between(
              clock.instant(),
              Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(given.strip())));
    } catch (DateTimeException garbled) {
      return null;
    }
  }
}
