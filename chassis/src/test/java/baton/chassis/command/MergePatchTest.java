package baton.chassis.command;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  /** The object cases of RFC 7396's appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":"b"}               | {"a":"c"}                  | {"a":"c"}
          {"a":"b"}               | {"b":"c"}                  | {"a":"b","b":"c"}
          {"a":"b"}               | {"a":null}                 | {}
          {"a":"b","b":"c"}       | {"a":null}                 | {"b":"c"}
          {"a":["b"]}             | {"a":"c"}                  | {"a":"c"}
          {"a":"c"}               | {"a":["b"]}                | {"a":["b"]}
          {"a":{"b":"c"}}         | {"a":{"b":"d","c":null}}   | {"a":{"b":"d"}}
          {"a":[{"b":"c"}]}       | {"a":[1]}                  | {"a":[1]}
          {"e":null}              | {"a":1}                    | {"e":null,"a":1}
          {}                      | {"a":{"bb":{"ccc":null}}}  | {"a":{"bb":{}}}
          """)
  void a_patch_is_merged(String document, String patch, String merged) throws Exception {
    var target = (ObjectNode) Json.mapper().readTree(document);

    MergePatch.merge(target, Json.mapper().readTree(patch));

    assertThat(target).isEqualTo(Json.mapper().readTree(merged));
  }
}
