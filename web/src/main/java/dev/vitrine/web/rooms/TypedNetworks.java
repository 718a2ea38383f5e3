package dev.vitrine.web.rooms;

import dev.vitrine.data.Cifar10Folder;
import dev.vitrine.data.KnownData;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.run.RunFolder;
import dev.vitrine.summary.Convention;
import dev.vitrine.summary.NamedSummary;
import dev.vitrine.tensor.Shape;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks as text that is edited on the page, and as files that the command line trains too. */
public final class TypedNetworks implements Room {
  private static final String SAID = "The network";
  private static final int MOST_FILES = 1000;

  private final List<Path> folders;
  private final Path kept;

  /**
   * @param folders below which runs are looked for
   * @param kept the folder that typed networks are kept in; made when the first one is
   */
  public TypedNetworks(List<Path> folders, Path kept) {
    this.folders = List.copyOf(folders);
    this.kept = kept;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/typed", this::text)
        .post("/api/typed", request -> Answer.json(facts(parse(request.json().string("text")))));
  }

  /** A named network, as it is trained on such data, or a run's: text to begin with. */
  private Answer text(Request request) {
    String name = request.required("name");
    NetworkSpec spec =
        Zoo.has(name)
            ? Zoo.find(name)
            : RunFolder.open(RunsRoom.folder(folders, name)).config().network().spec();
    NetworkSpec fitted =
        request.query("data").filter(_ -> Zoo.has(name)).flatMap(d -> built(name, d)).orElse(spec);
    return Answer.json(Map.of("text", NetworkFile.text(fitted)));
  }

  /** For data whose form is known without reading them. */
  private static Optional<NetworkSpec> built(String name, String data) {
    if (data.equals(Cifar10Folder.NAME)) {
      return Optional.of(Zoo.find(name, Cifar10Folder.SHAPE, Cifar10Folder.CLASS_NAMES.size()));
    }
    Optional<Integer> classes =
        data.equals(Digits.NAME)
            ? Optional.of(DigitModel.DIGITS)
            : KnownData.named(data).map(known -> known.classNames().size());
    return classes.map(c -> Zoo.find(name, Shape.of(1, MnistCut.SIDE, MnistCut.SIDE), c));
  }

  private static Map<String, Object> facts(NetworkSpec spec) {
    NamedSummary summary =
        NamedSummary.of(
            spec.name(), spec.title(), spec.layers(), spec.input(), Convention.ORDINARY);
    Map<String, Object> all = summary.json(false);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", spec.name());
    facts.put("input", spec.input().sizes());
    facts.put("output", summary.summary().rows().getLast().output().sizes());
    facts.put("parameters", all.get("parameters"));
    facts.put("macs", all.get("macs"));
    return facts;
  }

  /** What somebody typed; a name of its own it need not have. */
  static NetworkSpec parse(String text) {
    JsonObject json = Json.parse(text, SAID);
    Map<String, Object> fields = new LinkedHashMap<>(json.fields());
    fields.putIfAbsent("name", "network");
    return NetworkFile.parse(new JsonObject(SAID, fields));
  }

  /**
   * {@return the file in which a typed network is kept: an older one where it has the same text}
   *
   * @param text as it was typed
   * @throws UserException if it is no network, or cannot be kept
   */
  synchronized Path keep(String text) {
    String name = parse(text).name().replace(' ', '-');
    try {
      Files.createDirectories(kept);
      for (int i = 1; i <= MOST_FILES; i++) {
        Path file = kept.resolve(i == 1 ? name + ".json" : "%s-%s.json".formatted(name, i));
        if (!Files.exists(file)) {
          AtomicFile.writeText(file, text);
          return file;
        }
        if (Files.readString(file).equals(text)) {
          return file;
        }
      }
    } catch (IOException failure) {
      throw new UserException(
          "The network cannot be kept in %s: %s".formatted(kept, failure.getMessage()), failure);
    }
    throw new UserException(
        "%s has %s networks of the name %s: give this one another"
            .formatted(kept, MOST_FILES, name));
  }
}
