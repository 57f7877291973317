package baton.chassis.openapi;

import baton.chassis.paging.Cursor;
import baton.chassis.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Every operation needs a credential and may be answered with a problem. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class CommonParts implements OASFilter {
  private static final String KEY = "key";
  private static final String LINES = "application/x-ndjson";

  @Override
  public void filterOpenAPI(OpenAPI api) {
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    api.getComponents()
        .addSecurityScheme(
            KEY,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("An API key, baton_…, or an access token of the OIDC provider"))
        .addSchema("Problem", problem());
    api.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(KEY)));
    if (api.getPaths() != null && api.getPaths().getPathItems() != null) {
      api.getPaths().getPathItems().values().stream()
          .flatMap(path -> path.getOperations().values().stream())
          .forEach(CommonParts::complete);
    }
  }

  private static void complete(Operation operation) {
    if (operation.getResponses() == null) {
      operation.setResponses(OASFactory.createAPIResponses());
    }
    if (operation.getRequestBody() == null && answersLines(operation)) {
      operation.setRequestBody(lines());
    }
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(CommonParts::page);
    }
    operation.getResponses().addAPIResponse("default", refusal());
    operation.setSecurity(null);
  }

  /** Every list goes on in the same way. */
  private static void page(Parameter parameter) {
    if (parameter.getIn() != Parameter.In.QUERY || parameter.getDescription() != null) {
      return;
    }
    switch (parameter.getName()) {
      case "limit" ->
          parameter
              .description("How many items a page has at most.")
              .schema(
                  OASFactory.createSchema()
                      .addType(Schema.SchemaType.INTEGER)
                      .minimum(BigDecimal.ONE)
                      .maximum(BigDecimal.valueOf(Cursor.MAX_LIMIT))
                      .defaultValue(Cursor.DEFAULT_LIMIT));
      case "cursor" ->
          parameter.description(
              "Where to go on: what next said in the page before. Unless said, at the beginning.");
      default -> {}
    }
  }

  /** What is answered line by line is sent line by line. */
  private static boolean answersLines(Operation operation) {
    return operation.getResponses().getAPIResponses().values().stream()
        .map(APIResponse::getContent)
        .anyMatch(content -> content != null && content.hasMediaType(LINES));
  }

  private static RequestBody lines() {
    return OASFactory.createRequestBody()
        .description("One JSON object a line, each of at most 64 KiB")
        .content(
            OASFactory.createContent()
                .addMediaType(
                    LINES, OASFactory.createMediaType().schema(text("As for one, line by line"))));
  }

  private static APIResponse refusal() {
    return OASFactory.createAPIResponse()
        .description("Refused, and why (RFC 9457)")
        .content(
            OASFactory.createContent()
                .addMediaType(
                    Problem.MEDIA_TYPE,
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
  }

  private static Schema problem() {
    return object()
        .addProperty("type", text("urn:baton:problem:…, never changes"))
        .addProperty("title", text("What kind of problem it is"))
        .addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER))
        .addProperty("detail", text("What to do about it"))
        .addProperty("state", text("The state that made it a conflict"))
        .addProperty(
            "errors",
            OASFactory.createSchema()
                .addType(Schema.SchemaType.ARRAY)
                .items(
                    object()
                        .addProperty("pointer", text("The bad field, as a JSON Pointer"))
                        .addProperty("detail", text("What is wrong with it"))));
  }

  private static Schema object() {
    return OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
  }
}
