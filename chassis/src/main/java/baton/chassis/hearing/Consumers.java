package baton.chassis.hearing;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The methods of this service that hear batches of records. */
@ApplicationScoped
class Consumers {
  private final BeanManager beans;

  Consumers(BeanManager beans) {
    this.beans = beans;
  }

  /** Hands an empty batch to each, so that {@link Hearing} knows what they do with a full one. */
  Uni<Void> introduce() {
    var said = new ArrayList<Uni<Object>>();
    for (var bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
      Arrays.stream(bean.getBeanClass().getDeclaredMethods())
          .filter(Consumers::hears)
          .forEach(method -> said.add(handEmpty(bean, method)));
    }
    return said.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(said).andFailFast().replaceWithVoid();
  }

  private static boolean hears(Method method) {
    return method.getAnnotationsByType(Incoming.class).length > 0
        && method.getParameterCount() == 1
        && method.getParameterTypes()[0] == ConsumerRecords.class
        && Uni.class.isAssignableFrom(method.getReturnType());
  }

  private Uni<Object> handEmpty(Bean<?> bean, Method method) {
    try {
      method.setAccessible(true);
      var consumer =
          beans.getReference(bean, bean.getBeanClass(), beans.createCreationalContext(bean));
      return ((Uni<?>) method.invoke(consumer, ConsumerRecords.empty())).map(done -> done);
    } catch (ReflectiveOperationException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
