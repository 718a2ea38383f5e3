package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.tensor.Shape;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what is drawn, with every step to the network's input and what each layer makes of it. */
public final class DrawRoom implements Room, AutoCloseable {
  private static final int LONGEST = 1024;

  private final OpenNetworks networks;
  private final Drawings kept;

  /**
   * @param folders below which runs are looked for
   * @param kept where drawings are kept that were misread
   * @param kernels what networks run on
   */
  public DrawRoom(List<Path> folders, Path kept, Kernels kernels) {
    networks = new OpenNetworks(folders, kernels);
    this.kept = new Drawings(kept);
  }

  @Override
  public void open(Routes routes) {
    routes
        .post("/api/draw", this::read)
        .get("/api/drawings", _ -> Answer.json(kept.json()))
        .post("/api/drawings", this::keep)
        .post("/api/drawings/take-back", _ -> Answer.json(kept.takeBack()));
  }

  /** The body as for {@link #read}; {@code class} says what it should have been read as. */
  private Answer keep(Request request) {
    Seen drawing = drawing(request);
    if (drawing.isEmpty()) {
      throw new UserException("Nothing is drawn that could be kept: draw a digit first");
    }
    List<String> names = names(request);
    String name = request.required("class");
    if (!names.contains(name)) {
      throw UserException.unknown("class", name, names);
    }
    return Answer.json(kept.add(name, drawing.cut(EnumSet.allOf(MnistCut.Step.class))));
  }

  /**
   * The body is the drawing: a byte a point, 0 nothing … 255 ink. {@code cut}, {@code strokes},
   * {@code centre} and {@code light} {@code =false} leave out what brings it to MNIST's form, as
   * who forgets it does; {@code steps=true} shows each of them, {@code layers=true} adds what each
   * layer gives, {@code saliency=true} how the first guess's score changes with each pixel, {@code
   * occlusion=true} how it falls where a square is covered.
   */
  private Answer read(Request request) {
    Seen drawing = drawing(request);
    if (drawing.isEmpty()) {
      return Answer.json(Map.of("empty", true, "classes", names(request)));
    }
    return networks.with(
        request.required("run"), network -> Answer.json(read(request, drawing, network)));
  }

  private List<String> names(Request request) {
    return networks.with(request.required("run"), OpenNetwork::names);
  }

  private static Map<String, Object> read(Request request, Seen drawing, OpenNetwork network) {
    long start = System.nanoTime();
    Way way = Way.asked(request);
    Shape input = network.model().input();
    Preprocessing how = way.of(network.preprocessing());
    Raster view = how.view(way.picture(drawing), input);
    float[] numbers = how.numbers(view, input);
    List<Map<String, Object>> top = network.read(numbers);
    int first = (int) top.getFirst().get("class");
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("empty", false);
    json.put("classes", network.names());
    json.put("seen", Seen.json(view));
    json.put("how", how.description(input));
    json.put("top", top);
    if (isWanted(request, "steps", false)) {
      json.put("steps", way.steps(drawing, how, input));
    }
    if (isWanted(request, "layers", false)) {
      json.put("layers", network.layers(numbers));
    }
    if (isWanted(request, "saliency", false)) {
      json.put("saliency", network.saliency(first, numbers));
    }
    if (isWanted(request, "occlusion", false)) {
      json.put("occlusion", network.occlusion(first, numbers));
    }
    json.put("milliseconds", (System.nanoTime() - start) * 1e-6);
    return json;
  }

  private static Seen drawing(Request request) {
    int width = side(request, "width");
    int height = side(request, "height");
    byte[] values = request.bytes(LONGEST * LONGEST);
    if (values.length != width * height) {
      throw new UserException(
          "A drawing of %s × %s has %s bytes, but %s were sent"
              .formatted(width, height, width * height, values.length));
    }
    return new Seen(width, height, values);
  }

  private static int side(Request request, String name) {
    int side = request.number(name, 0);
    if (side < 1 || side > LONGEST) {
      throw UserException.expecting(name, "1 to " + LONGEST, String.valueOf(side));
    }
    return side;
  }

  static boolean isWanted(Request request, String name, boolean usual) {
    return request.query(name).map("true"::equals).orElse(usual);
  }

  @Override
  public void close() {
    networks.close();
  }
}
