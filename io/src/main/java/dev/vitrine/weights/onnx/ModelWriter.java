package dev.vitrine.weights.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.DType;
import dev.vitrine.format.ProtoMessage;
import dev.vitrine.format.TensorData;
import dev.vitrine.weights.stored.Stored;
import java.nio.file.Path;
import java.util.List;

/** The messages of ONNX, written: {@link ModelReader} the other way round. */
final class ModelWriter {
  /** What protobuf allows a message. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private ModelWriter() {}

  static void write(OnnxModel model, Path file) {
    ProtoMessage whole = model(model);
    if (whole.length() > LARGEST) {
      throw new UserException(
          "%s would have %s bytes, but an ONNX file has at most %s: write safetensors instead"
              .formatted(Quote.place(file.toString()), whole.length(), LARGEST));
    }
    AtomicFile.write(file, whole::writeTo);
  }

  private static ProtoMessage model(OnnxModel model) {
    ProtoMessage whole = new ProtoMessage().number(1, model.irVersion());
    whole.text(2, model.producer()).text(3, model.producerVersion());
    whole.message(7, graph(model.graph()));
    model
        .opsets()
        .forEach((domain, version) ->
            whole.message(8, new ProtoMessage().text(1, domain).number(2, version)));
    model
        .metadata()
        .forEach((key, value) -> whole.message(14, new ProtoMessage().text(1, key).text(2, value)));
    return whole;
  }

  private static ProtoMessage graph(OnnxGraph graph) {
    ProtoMessage message = new ProtoMessage();
    graph.nodes().forEach(node -> message.message(1, node(node)));
    message.text(2, graph.name());
    graph.initialisers().forEach((name, what) -> message.message(5, tensor(name, what)));
    values(message, 11, graph.inputs());
    values(message, 12, graph.outputs());
    values(message, 13, graph.inner());
    return message;
  }

  private static void values(ProtoMessage graph, int field, List<OnnxValue> values) {
    values.forEach(value -> graph.message(field, value(value)));
  }

  private static ProtoMessage node(OnnxNode node) {
    ProtoMessage message = new ProtoMessage();
    node.inputs().forEach(input -> message.text(1, input));
    node.outputs().forEach(output -> message.text(2, output));
    message.text(3, node.name()).text(4, node.operator());
    node.attributes().values().forEach(each -> message.message(5, attribute(each)));
    if (!node.domain().isEmpty()) {
      message.text(7, node.domain());
    }
    return message;
  }

  private static ProtoMessage attribute(OnnxAttribute attribute) {
    ProtoMessage message = new ProtoMessage().text(1, attribute.name());
    switch (attribute.kind()) {
      case REAL -> message.single(2, attribute.real());
      case NUMBER -> message.number(3, attribute.number());
      case TEXT -> message.text(4, attribute.text());
      case TENSOR -> message.message(5, tensor("", attribute.tensor().orElseThrow()));
      case REALS -> attribute.reals().forEach(real -> message.single(7, real));
      case NUMBERS -> attribute.numbers().forEach(number -> message.number(8, number));
      case TEXTS -> attribute.texts().forEach(text -> message.text(9, text));
      case OTHER ->
          throw new IllegalArgumentException(
              "The attribute %s is %s, which is not written"
                  .formatted(Quote.of(attribute.name()), attribute.other().orElse("unknown")));
    }
    return message.number(20, attribute.kind().code());
  }

  private static ProtoMessage tensor(String name, Stored what) {
    if (!(what instanceof Stored.Numbers numbers)) {
      throw new IllegalArgumentException(
          "The initialiser %s is no tensor with numbers".formatted(Quote.of(name)));
    }
    ProtoMessage message = new ProtoMessage();
    numbers.tensor().dims().forEach(size -> message.number(1, size));
    message.number(2, TensorReader.code(numbers.tensor().dtype()));
    if (!name.isEmpty()) {
      message.text(8, name);
    }
    if (numbers.tensor().elements() == 0) {
      return message.bytes(9, 0, _ -> {});
    }
    TensorData data = numbers.tensor().named(name);
    return message.bytes(9, data.bytes(), data::writeTo);
  }

  private static ProtoMessage value(OnnxValue value) {
    ProtoMessage tensor = new ProtoMessage().number(1, TensorReader.code(DType.F32));
    value
        .dims()
        .ifPresent(dims -> {
          ProtoMessage shape = new ProtoMessage();
          dims.forEach(dim -> shape.message(1, dim(dim)));
          tensor.message(2, shape);
        });
    return new ProtoMessage()
        .text(1, value.name())
        .message(2, new ProtoMessage().message(1, tensor));
  }

  private static ProtoMessage dim(OnnxValue.Dim dim) {
    return dim.isKnown()
        ? new ProtoMessage().number(1, dim.size())
        : new ProtoMessage().text(2, dim.symbol());
  }
}
