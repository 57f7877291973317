package baton.chassis.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects and lists, read without coercion: what has another shape is noted, and reads as null. */
@SuppressWarnings("NullAway") // Jackson is not annotated; null is what a bad part reads as
final class Shapes extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1;

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription description, JsonDeserializer<?> given) {
    return given instanceof BeanDeserializerBase bean
            && description.getBeanClass().isRecord()
            && !bean.getValueInstantiator().canCreateFromString()
        ? new Whole(given)
        : given;
  }

  @Override
  public JsonDeserializer<?> modifyMapDeserializer(
      DeserializationConfig config,
      MapType type,
      BeanDescription description,
      JsonDeserializer<?> given) {
    return new Whole(given);
  }

  /** Lists within free-form data may hold anything. */
  @Override
  public JsonDeserializer<?> modifyCollectionDeserializer(
      DeserializationConfig config,
      CollectionType type,
      BeanDescription description,
      JsonDeserializer<?> given) {
    return type.getContentType().isJavaLangObject() ? given : new Elements(type, null);
  }

  private static final class Whole extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    Whole(JsonDeserializer<?> given) {
      super(given);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> given) {
      return new Whole(given);
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (json.hasToken(JsonToken.START_OBJECT)) {
        return super.deserialize(json, context);
      }
      FaultNotes.note(context, json, "must be an object");
      json.skipChildren();
      return null;
    }
  }

  /** A bad element reads as null in its place, so that those after it keep their pointers. */
  private static final class Elements extends StdDeserializer<Object>
      implements ContextualDeserializer {
    private static final long serialVersionUID = 1;

    private final JavaType type;
    private final @Nullable JsonDeserializer<Object> element;

    Elements(JavaType type, @Nullable JsonDeserializer<Object> element) {
      super(type);
      this.type = type;
      this.element = element;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, BeanProperty property) throws JsonMappingException {
      return new Elements(
          type, context.findContextualValueDeserializer(type.getContentType(), property));
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (!json.hasToken(JsonToken.START_ARRAY)) {
        FaultNotes.note(context, json, "must be a list");
        json.skipChildren();
        return null;
      }
      var elements = new ArrayList<@Nullable Object>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (json.hasToken(JsonToken.VALUE_NULL)) {
          FaultNotes.note(context, json, "must not be null");
          elements.add(null);
        } else {
          elements.add(element.deserialize(json, context));
        }
      }
      return Set.class.isAssignableFrom(type.getRawClass())
          ? new LinkedHashSet<>(elements)
          : elements;
    }
  }
}
