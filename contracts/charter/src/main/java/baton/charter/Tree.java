package baton.charter;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Makes one JSON tree of YAML or JSON. YAML is read by the 1.2 core schema: {@code 10:00}, {@code
 * yes} and {@code 2027-01-01} are text, {@code 010} is ten. Whatever comes in, it ends in a tree or
 * in a fault: size, depth, aliases and numbers are bounded.
 */
final class Tree {
  private static final int LARGEST = 256 * 1024;
  private static final int DEEPEST = 40;
  private static final int MOST_VALUES = 20_000;
  private static final int MOST_ALIASES = 50;

  /** Beyond these a number isn't the same in every JSON reader, nor in the canonical form. */
  private static final BigDecimal LARGEST_NUMBER = new BigDecimal("9007199254740991");

  private static final int MOST_DECIMALS = 12;

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,20}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,16}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]{1,40}|[0-9]{1,40}(\\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?");
  private static final Pattern NO_NUMBER =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(60)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final Faults faults;
  private int values;

  private Tree(Faults faults) {
    this.faults = faults;
  }

  /** Null where there is nothing to go on with; the faults say why. */
  static @Nullable JsonNode of(byte[] bytes, Form form, Faults faults) {
    if (bytes.length > LARGEST) {
      faults.add("", "is larger than " + LARGEST / 1024 + " KiB");
      return null;
    }
    var tree = new Tree(faults);
    try {
      var text = text(bytes);
      if (text.isBlank()) {
        faults.add("", "is empty");
        return null;
      }
      return switch (form) {
        case JSON -> tree.counted(JSON.readTree(text), "", 0);
        case YAML -> tree.ofYaml(text);
      };
    } catch (CharacterCodingException _) {
      faults.add("", "isn't UTF-8 text");
    } catch (JacksonException malformed) {
      var at = malformed.getLocation();
      faults.add(
          "",
          "isn't JSON: "
              + malformed.getOriginalMessage()
              + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    } catch (MarkedYAMLException malformed) {
      var at = malformed.getProblemMark();
      faults.add(
          "",
          "isn't YAML: "
              + malformed.getProblem()
              + (at == null
                  ? ""
                  : ", at line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1)));
    } catch (YAMLException malformed) {
      faults.add("", "can't be read: " + malformed.getMessage());
    } catch (TooMuch tooMuch) {
      faults.add("", tooMuch.getMessage());
    }
    return null;
  }

  /** A tree that somebody else has read: the same bounds and numbers hold. */
  static @Nullable JsonNode of(JsonNode document, Faults faults) {
    try {
      return new Tree(faults).counted(document, "", 0);
    } catch (TooMuch tooMuch) {
      faults.add("", tooMuch.getMessage());
      return null;
    }
  }

  private static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMuch(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private void count(int depth) {
    if (depth > DEEPEST) {
      throw new TooMuch("is nested more than " + DEEPEST + " deep");
    }
    if (++values > MOST_VALUES) {
      throw new TooMuch("has more than " + MOST_VALUES + " values, aliases counted each time");
    }
  }

  // ---- YAML

  private JsonNode ofYaml(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setNestingDepthLimit(DEEPEST);
    options.setAllowRecursiveKeys(false);
    options.setProcessComments(false);
    var composer =
        new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options);
    var root = composer.getSingleNode();
    if (root == null) {
      throw new TooMuch("is empty");
    }
    return value(root, "", 0);
  }

  private JsonNode value(Node node, String pointer, int depth) {
    count(depth);
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, pointer);
      case SequenceNode sequence -> {
        var list = NODES.arrayNode();
        for (var element : sequence.getValue()) {
          list.add(value(element, pointer + "/" + list.size(), depth + 1));
        }
        yield list;
      }
      case MappingNode mapping -> {
        var object = NODES.objectNode();
        for (var entry : mapping.getValue()) {
          if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            faults.add(pointer, "has a key that isn't text, at line " + line(entry.getKeyNode()));
            continue;
          }
          var below = Pointer.of(pointer, key.getValue());
          if (object.has(key.getValue())) {
            faults.add(below, "is there twice, again at line " + line(key));
            continue;
          }
          object.set(key.getValue(), value(entry.getValueNode(), below, depth + 1));
        }
        yield object;
      }
      default -> throw new TooMuch("has something at line " + line(node) + " that isn't a value");
    };
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private JsonNode scalar(ScalarNode scalar, String pointer) {
    var text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return NODES.textNode(text);
    }
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> NODES.nullNode();
      case "true", "True", "TRUE" -> NODES.booleanNode(true);
      case "false", "False", "FALSE" -> NODES.booleanNode(false);
      default -> {
        if (WHOLE.matcher(text).matches() || DECIMAL.matcher(text).matches()) {
          yield number(new BigDecimal(text), pointer);
        }
        if (OCTAL.matcher(text).matches()) {
          yield number(new BigDecimal(new BigInteger(text.substring(2), 8)), pointer);
        }
        if (HEXADECIMAL.matcher(text).matches()) {
          yield number(new BigDecimal(new BigInteger(text.substring(2), 16)), pointer);
        }
        if (NO_NUMBER.matcher(text).matches()) {
          faults.add(pointer, "isn't a number that JSON can say");
        }
        yield NODES.textNode(text);
      }
    };
  }

  // ---- JSON

  private JsonNode counted(JsonNode node, String pointer, int depth) {
    count(depth);
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var object = NODES.objectNode();
        node.properties()
            .forEach(
                field ->
                    object.set(
                        field.getKey(),
                        counted(field.getValue(), Pointer.of(pointer, field.getKey()), depth + 1)));
        yield object;
      }
      case ARRAY -> {
        var list = NODES.arrayNode();
        for (var element : node) {
          list.add(counted(element, pointer + "/" + list.size(), depth + 1));
        }
        yield list;
      }
      case NUMBER -> number(node.decimalValue(), pointer);
      case STRING, BOOLEAN, NULL -> node;
      case BINARY, POJO, MISSING -> NODES.textNode(node.asText());
    };
  }

  private JsonNode number(BigDecimal written, String pointer) {
    if (written.signum() != 0
        && (written.precision() - (long) written.scale() > 16
            || written.abs().compareTo(LARGEST_NUMBER) > 0
            || written.stripTrailingZeros().scale() > MOST_DECIMALS)) {
      faults.add(
          pointer,
          "is a number too large or too fine: up to 2^53 and " + MOST_DECIMALS + " decimals");
      return NODES.numberNode(0);
    }
    var plain = written.signum() == 0 ? BigDecimal.ZERO : written.stripTrailingZeros();
    return plain.scale() <= 0 ? NODES.numberNode(plain.longValueExact()) : NODES.numberNode(plain);
  }
}
