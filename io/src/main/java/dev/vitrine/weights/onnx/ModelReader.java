package dev.vitrine.weights.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Safetensors;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages of ONNX around its tensors: model, graph, node, attribute, value. */
final class ModelReader {
  private static final int GRAPH = 7;

  /** What an object of Java takes, about, so that a file of empty messages does not fill memory. */
  private static final int OBJECT = 200;

  private final WeightSource source;
  private final TensorReader tensors;

  private ModelReader(WeightSource source) {
    this.source = source;
    this.tensors = new TensorReader(source);
  }

  /**
   * Whether the file's fields are a model's, of their kinds, as far as they are there; a file that
   * is cut off within the graph is recognised too, so that its reader can say so. The length that a
   * safetensors file begins with may read like the first field.
   */
  static boolean recognises(WeightSource source) {
    if (Safetensors.begins(source.bytes())) {
      return false;
    }
    boolean version = false;
    try {
      Wire wire = Wire.of(source);
      while (wire.next()) {
        Wire.Kind expected =
            switch (wire.field()) {
              case 1, 5 -> Wire.Kind.VARINT;
              case 2, 3, 4, 6, 7, 8, 14, 20, 25, 26 -> Wire.Kind.BYTES;
              default -> null;
            };
        if (wire.kind() != expected) {
          return false;
        }
        version |= wire.field() == 1;
        if (wire.field() == GRAPH) {
          return true;
        }
      }
      return false;
    } catch (UserException cutOff) {
      return version && source.bytes().byteSize() > OBJECT;
    }
  }

  static OnnxModel read(WeightSource source) {
    return new ModelReader(source).model(Wire.of(source));
  }

  private OnnxModel model(Wire wire) {
    long version = 0;
    String producer = "";
    String producerVersion = "";
    int functions = 0;
    Map<String, Long> opsets = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    Optional<OnnxGraph> graph = Optional.empty();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> version = wire.number();
        case 2 -> producer = wire.text();
        case 3 -> producerVersion = wire.text();
        case GRAPH -> graph = Optional.of(graph(wire.message()));
        case 8 -> opset(wire.message(), opsets);
        case 14 -> {
          source.take(OBJECT, "The metadata");
          wire.message().entry(metadata);
        }
        case 25 -> functions++;
        default -> {} // descriptions, and what is not read
      }
    }
    OnnxGraph found = graph.orElseThrow(() -> source.refused("the model has no graph"));
    boolean own = found.nodes().stream().anyMatch(node -> node.domain().isEmpty());
    if (opsets.isEmpty() || (own && !opsets.containsKey(""))) {
      throw source.refused(
          "the model says no opset_import%s, so what its operators mean is not known: write it again with"
                  .formatted(opsets.isEmpty() ? "" : " for ONNX's own operators")
              + " ONNX 1.0 or newer");
    }
    return new OnnxModel(
        source.file(), version, producer, producerVersion, opsets, found, functions, metadata);
  }

  private static void opset(Wire wire, Map<String, Long> opsets) {
    String domain = "";
    long version = 0;
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> domain = wire.text();
        case 2 -> version = wire.number();
        default -> {} // nothing that is known
      }
    }
    opsets.put(own(domain), version);
  }

  /** ONNX's own domain has two names. */
  private static String own(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  private OnnxGraph graph(Wire wire) {
    String name = "";
    List<OnnxNode> nodes = new ArrayList<>();
    var initialisers = new LinkedHashMap<String, Stored>();
    List<OnnxValue> inputs = new ArrayList<>();
    List<OnnxValue> outputs = new ArrayList<>();
    List<OnnxValue> inner = new ArrayList<>();
    while (wire.next()) {
      source.take(OBJECT, "The graph");
      switch (wire.field()) {
        case 1 -> nodes.add(node(wire.message()));
        case 2 -> name = wire.text();
        case 5 -> {
          TensorReader.Named tensor = tensors.read(wire.message());
          if (initialisers.put(tensor.name(), tensor.what()) != null) {
            throw wire.fault("two initialisers are called " + Quote.of(tensor.name()));
          }
        }
        case 11 -> inputs.add(value(wire.message()));
        case 12 -> outputs.add(value(wire.message()));
        case 13 -> inner.add(value(wire.message()));
        case 15 ->
            initialisers.put(
                "sparse" + initialisers.size(),
                new Stored.Unread("a sparse initialiser", "sparse tensors are not read"));
        default -> {} // descriptions
      }
    }
    return new OnnxGraph(name, nodes, initialisers, inputs, outputs, inner);
  }

  private OnnxNode node(Wire wire) {
    String name = "";
    String operator = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
    while (wire.next()) {
      source.take(OBJECT, "The graph");
      switch (wire.field()) {
        case 1 -> inputs.add(wire.text());
        case 2 -> outputs.add(wire.text());
        case 3 -> name = wire.text();
        case 4 -> operator = wire.text();
        case 5 -> {
          OnnxAttribute attribute = attribute(wire.message());
          attributes.put(attribute.name(), attribute);
        }
        case 7 -> domain = own(wire.text());
        default -> {} // a description, or what came later
      }
    }
    return new OnnxNode(name, operator, domain, inputs, outputs, attributes);
  }

  private OnnxAttribute attribute(Wire wire) {
    String name = "";
    long number = 0;
    float real = 0;
    String text = "";
    Optional<Stored> tensor = Optional.empty();
    LongList numbers = new LongList(source);
    LongList reals = new LongList(source);
    List<String> texts = new ArrayList<>();
    Optional<String> other = Optional.empty();
    OnnxAttribute.Kind kind = OnnxAttribute.Kind.OTHER;
    while (wire.next()) {
      kind = kind(wire.field()).orElse(kind);
      switch (wire.field()) {
        case 1 -> name = wire.text();
        case 2 -> real = wire.single();
        case 3 -> number = wire.number();
        case 4 -> text = wire.text();
        case 5 -> tensor = Optional.of(tensors.read(wire.message()).what());
        case 6, 11 -> other = Optional.of("a graph");
        case 7 -> wire.singles(reals);
        case 8 -> wire.numbers(numbers);
        case 9 -> {
          source.take(OBJECT, "The graph");
          texts.add(wire.text());
        }
        case 10, 22, 23 -> other = Optional.of("a list of tensors, or a sparse one");
        case 21 -> other = Optional.of("a reference to a function's attribute");
        default -> {} // its type follows from what it has
      }
    }
    return new OnnxAttribute(
        name, kind, number, real, text, tensor, boxed(numbers), singles(reals), texts, other);
  }

  /** What an attribute is that has a field; older files do not say it otherwise. */
  private static Optional<OnnxAttribute.Kind> kind(int field) {
    return Optional.ofNullable(
        switch (field) {
          case 2 -> OnnxAttribute.Kind.REAL;
          case 3 -> OnnxAttribute.Kind.NUMBER;
          case 4 -> OnnxAttribute.Kind.TEXT;
          case 5 -> OnnxAttribute.Kind.TENSOR;
          case 7 -> OnnxAttribute.Kind.REALS;
          case 8 -> OnnxAttribute.Kind.NUMBERS;
          case 9 -> OnnxAttribute.Kind.TEXTS;
          default -> null;
        });
  }

  private List<Long> boxed(LongList numbers) {
    source.take((long) numbers.size() * 3 * Long.BYTES, "A list of numbers");
    List<Long> boxed = new ArrayList<>();
    for (long number : numbers.toArray()) {
      boxed.add(number);
    }
    return boxed;
  }

  private List<Float> singles(LongList bits) {
    source.take((long) bits.size() * 3 * Long.BYTES, "A list of numbers");
    List<Float> singles = new ArrayList<>();
    for (long each : bits.toArray()) {
      singles.add(Float.intBitsToFloat((int) each));
    }
    return singles;
  }

  private OnnxValue value(Wire wire) {
    String name = "";
    String type = "nothing said";
    Optional<List<OnnxValue.Dim>> dims = Optional.empty();
    while (wire.next()) {
      if (wire.field() == 1) {
        name = wire.text();
      } else if (wire.field() == 2) {
        Wire kinds = wire.message();
        while (kinds.next()) {
          if (kinds.field() != 1) {
            type = "no tensor";
            continue;
          }
          Wire tensor = kinds.message();
          while (tensor.next()) {
            if (tensor.field() == 1) {
              type = TensorReader.typeName(tensor.number());
            } else if (tensor.field() == 2) {
              dims = Optional.of(dims(tensor.message()));
            }
          }
        }
      }
    }
    return new OnnxValue(name, type, dims);
  }

  private List<OnnxValue.Dim> dims(Wire wire) {
    List<OnnxValue.Dim> dims = new ArrayList<>();
    while (wire.next()) {
      if (wire.field() == 1) {
        source.take(OBJECT, "The graph");
        long size = 0;
        String symbol = "";
        Wire dim = wire.message();
        while (dim.next()) {
          if (dim.field() == 1) {
            size = dim.number();
          } else if (dim.field() == 2) {
            symbol = dim.text();
          }
        }
        dims.add(new OnnxValue.Dim(size, symbol));
      }
    }
    return dims;
  }
}
