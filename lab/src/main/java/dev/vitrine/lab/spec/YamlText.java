package dev.vitrine.lab.spec;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** YAML 1.2 as a tree of {@link Item}s; the only user of the library that parses it. */
final class YamlText {
  /** A file of a study is nested less deeply; aliases that contain themselves are not. */
  private static final int DEEPEST = 8;

  /** More than any study has; aliases of aliases would make millions of a few lines. */
  private static final int MOST = 100_000;

  private final String source;
  private int made;

  private YamlText(String source) {
    this.source = source;
  }

  /**
   * Reads a text of one document whose outermost part has keys.
   *
   * @param source what the text is, for the sentences
   * @throws UserException with line and column, if it is not such a text
   */
  static Item.Mapping parse(String text, String source) {
    YamlText yaml = new YamlText(source);
    List<Node> documents = yaml.compose(text);
    if (documents.isEmpty()) {
      throw new UserException("%s is empty: expected the keys of a study".formatted(source));
    }
    if (documents.size() > 1) {
      throw yaml.place(documents.get(1).getStartMark())
          .refusal("expected one study, but here a second document begins");
    }
    Item item = yaml.item(documents.getFirst(), 0);
    if (item instanceof Item.Mapping mapping) {
      return mapping;
    }
    throw item.place().refusal("expected the keys of a study, but got " + item.kind());
  }

  private List<Node> compose(String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(source).build();
    try {
      List<Node> documents = new ArrayList<>();
      new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
          .forEachRemaining(documents::add);
      return documents;
    } catch (StackOverflowError e) {
      // The library's parser goes as deep as the text does, far beyond any study.
      throw new UserException("%s is nested more deeply than any study".formatted(source), e);
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      String what = e.getProblem() == null ? e.getContext() : e.getProblem();
      throw new UserException("no YAML: " + what, e).of(place(mark).toString());
    } catch (YamlEngineException e) {
      String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UserException("%s: no YAML: %s".formatted(source, what), e);
    }
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(m -> new Place(source, m.getLine() + 1, m.getColumn() + 1))
        .orElse(new Place(source, 1, 1));
  }

  private Item item(Node node, int depth) {
    Place place = place(node.getStartMark());
    if (depth > DEEPEST) {
      throw place.refusal("this is nested more deeply than any part of a study");
    }
    if (++made > MOST) {
      throw place.refusal("there is more here than any study has");
    }
    return switch (node) {
      case ScalarNode scalar -> new Item.Scalar(scalar.getValue(), place);
      case SequenceNode list ->
          new Item.Sequence(
              list.getValue().stream().map(each -> item(each, depth + 1)).toList(), place);
      case MappingNode mapping -> new Item.Mapping(fields(mapping, depth), place);
      default -> throw place.refusal("expected a value, a list, or keys and values");
    };
  }

  private Map<String, Item.Field> fields(MappingNode mapping, int depth) {
    Map<String, Item.Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : new ArrayList<>(mapping.getValue())) {
      Place at = place(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw at.refusal("expected a key that is a word");
      }
      Item.Field earlier =
          fields.put(key.getValue(), new Item.Field(at, item(tuple.getValueNode(), depth + 1)));
      if (earlier != null) {
        throw at.refusal(
            "the key %s stands twice, first in line %s"
                .formatted(Quote.of(key.getValue()), earlier.key().line()));
      }
    }
    return fields;
  }
}
