package baton.chassis.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whatever a resource returns is written as {@link AnswerJson} says. */
class EveryAnswer {
  @Produces
  @Singleton
  ObjectMapper mapper() {
    return AnswerJson.mapper();
  }
}
