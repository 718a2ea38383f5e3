package dev.vitrine.format;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * The fence around Jackson: the only class that names it. The streaming core does; the data binding
 * on top of it costs start-up time that a command line would feel.
 */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final int DEEPEST = FACTORY.streamReadConstraints().getMaxNestingDepth();

  private JsonText() {}

  static String write(Object value, boolean pretty) {
    var text = new StringWriter();
    ObjectWriteContext context = pretty ? new Indented() : ObjectWriteContext.empty();
    try (JsonGenerator out = FACTORY.createGenerator(context, text)) {
      write(out, value);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) {
    switch (value) {
      case null -> out.writeNull();
      case Boolean flag -> out.writeBoolean(flag);
      case Float number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case Short number -> out.writeNumber(number);
      case Byte number -> out.writeNumber(number);
      case CharSequence text -> out.writeString(text.toString());
      case Enum<?> constant -> out.writeString(constant.name());
      case Optional<?> optional -> write(out, optional.orElse(null));
      case JsonObject object -> writeFields(out, object.fields());
      case Map<?, ?> map -> writeFields(out, map);
      case Collection<?> values -> writeAll(out, values);
      case Record fields -> writeFields(out, components(fields));
      default -> writeAll(out, elements(value));
    }
  }

  private static void writeFields(JsonGenerator out, Map<?, ?> fields) {
    out.writeStartObject();
    fields.forEach((key, value) -> {
      out.writeName(key.toString());
      write(out, value);
    });
    out.writeEndObject();
  }

  private static void writeAll(JsonGenerator out, Collection<?> values) {
    out.writeStartArray();
    values.forEach(value -> write(out, value));
    out.writeEndArray();
  }

  private static Map<String, Object> components(Record fields) {
    var values = new LinkedHashMap<String, Object>();
    for (RecordComponent component : fields.getClass().getRecordComponents()) {
      try {
        values.put(component.getName(), component.getAccessor().invoke(fields));
      } catch (ReflectiveOperationException hidden) {
        throw new IllegalArgumentException(
            "JSON expects public records of exported packages, but got " + fields.getClass(),
            hidden);
      }
    }
    return values;
  }

  private static List<Object> elements(Object array) {
    if (!array.getClass().isArray()) {
      throw new IllegalArgumentException("JSON has no form for a " + array.getClass().getName());
    }
    var values = new ArrayList<>(Array.getLength(array));
    for (int i = 0; i < Array.getLength(array); i++) {
      values.add(Array.get(array, i));
    }
    return values;
  }

  static JsonObject parse(String text, String source) {
    return parse(text, source, false);
  }

  /** {@link #parse} of one of many lines, which the source names. */
  static JsonObject parseLine(String line, String source) {
    return parse(line, source, true);
  }

  private static JsonObject parse(String text, String source, boolean lineKnown) {
    requireObject(text, source);
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      try {
        return only(in, source);
      } catch (JacksonException wrong) {
        JsonFault.Fault fault = JsonFault.of(text).orElseGet(() -> fault(wrong, in));
        String line = lineKnown ? "" : "line %s, ".formatted(fault.line());
        throw new UserException(
            "%s: not valid JSON at %scolumn %s: %s"
                .formatted(source, line, fault.column(), fault.sentence()),
            wrong);
      }
    }
  }

  private static JsonObject only(JsonParser in, String source) {
    in.nextToken();
    JsonObject object = object(in, source);
    if (in.nextToken() != null) {
      throw new StreamReadException(in, "more");
    }
    return object;
  }

  private static void requireObject(String text, String source) {
    String begun = text.strip();
    if (begun.isEmpty() || "{/#".indexOf(begun.charAt(0)) < 0) {
      String got =
          begun.isEmpty()
              ? "it is empty"
              : "it begins with " + Quote.of(begun.lines().findFirst().orElseThrow());
      throw new UserException(
          "%s: expected a JSON object in braces, but %s".formatted(source, got));
    }
  }

  /** What is wrong with a text that is JSON, but not such as is read here. */
  private static JsonFault.Fault fault(JacksonException wrong, JsonParser in) {
    TokenStreamLocation place =
        Objects.requireNonNullElseGet(wrong.getLocation(), in::currentLocation);
    return new JsonFault.Fault(place.getLineNr(), place.getColumnNr(), reason(wrong, in));
  }

  private static String reason(JacksonException wrong, JsonParser in) {
    return switch (wrong) {
      case StreamConstraintsException _ when in.streamReadContext().getNestingDepth() >= DEEPEST ->
          "objects and lists are nested more than %s deep".formatted(DEEPEST);
      case StreamConstraintsException _ ->
          "a number of more than %s digits, or a text or name beyond all measure"
              .formatted(FACTORY.streamReadConstraints().getMaxNumberLength());
      case JacksonException _ when wrong.getOriginalMessage().startsWith("Duplicate") ->
          "the name %s stands twice in an object".formatted(Quote.of(in.currentName()));
      default -> "this is not JSON";
    };
  }

  private static JsonObject object(JsonParser in, String source) {
    var fields = new LinkedHashMap<String, Object>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      fields.put(name, value(in, new Place(source, name)));
    }
    return new JsonObject(source, fields);
  }

  /** A field of an object, said in words only where that is needed: a header has millions. */
  private record Place(String source, String name) {
    @Override
    public String toString() {
      return Quote.place(source + ": " + name);
    }
  }

  private static Object value(JsonParser in, Place source) {
    return switch (in.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> whole(in, source);
      case VALUE_NUMBER_FLOAT -> real(in.getString(), source);
      case VALUE_STRING -> in.getString();
      case START_OBJECT -> object(in, source.toString());
      case START_ARRAY -> {
        var values = new ArrayList<Object>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          values.add(value(in, source));
        }
        yield values;
      }
      default -> throw new IllegalStateException("unexpected token " + in.currentToken());
    };
  }

  private static long whole(JsonParser in, Place source) {
    try {
      return in.getLongValue();
    } catch (InputCoercionException beyond) {
      throw new UserException(
          "%s expects a number of 64 bits, but got %s"
              .formatted(source, Quote.value(in.getString())),
          beyond);
    }
  }

  private static double real(String text, Place source) {
    try {
      return Decimal.parse(text);
    } catch (NumberFormatException e) {
      throw new UserException(
          "%s expects %s, but got %s".formatted(source, e.getMessage(), Quote.value(text)), e);
    }
  }

  /** Two blanks a level and a line feed everywhere, whatever the system. */
  private static final class Indented extends ObjectWriteContext.Base {
    private final PrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return printer;
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
