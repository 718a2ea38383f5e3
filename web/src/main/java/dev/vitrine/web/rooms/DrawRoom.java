package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.tensor.Shape;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what is drawn, with every step to the network's input and what each layer makes of it. */
public final class DrawRoom implements Room, AutoCloseable {
  private static final int LONGEST = 1024;

  private final OpenNetworks networks;

  /**
   * @param folders below which runs are looked for
   * @param kernels what networks run on
   */
  public DrawRoom(List<Path> folders, Kernels kernels) {
    networks = new OpenNetworks(folders, kernels);
  }

  @Override
  public void open(Routes routes) {
    routes.post("/api/draw", this::read);
  }

  /**
   * The body is the drawing: a byte a point, 0 nothing … 255 ink. {@code cut=false} leaves out what
   * brings it to MNIST's form, as who forgets it does; {@code layers=true} adds what each layer
   * gives, {@code saliency=true} how the first guess's score changes with each pixel.
   */
  private Answer read(Request request) {
    int width = side(request, "width");
    int height = side(request, "height");
    byte[] values = request.bytes(LONGEST * LONGEST);
    if (values.length != width * height) {
      throw new UserException(
          "A drawing of %s × %s has %s bytes, but %s were sent"
              .formatted(width, height, width * height, values.length));
    }
    Seen drawing = new Seen(width, height, values);
    if (drawing.isEmpty()) {
      return Answer.json(Map.of("empty", true));
    }
    long start = System.nanoTime();
    OpenNetwork network = networks.of(request.required("run"));
    Shape input = network.network().spec().input();
    Preprocessing how = network.network().preprocessing();
    Raster picture = isWanted(request, "cut", true) ? drawing.cut() : drawing.whole();
    Raster view = how.view(picture, input);
    float[] numbers = how.numbers(view, input);
    List<Map<String, Object>> top = network.read(numbers);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("empty", false);
    json.put("seen", Seen.json(view));
    json.put("how", how.description(input));
    json.put("top", top);
    if (isWanted(request, "layers", false)) {
      json.put("layers", network.layers(numbers));
    }
    if (isWanted(request, "saliency", false)) {
      json.put("saliency", network.saliency((int) top.getFirst().get("class"), numbers));
    }
    json.put("milliseconds", (System.nanoTime() - start) * 1e-6);
    return Answer.json(json);
  }

  private static int side(Request request, String name) {
    int side = request.number(name, 0);
    if (side < 1 || side > LONGEST) {
      throw UserException.expecting(name, "1 to " + LONGEST, String.valueOf(side));
    }
    return side;
  }

  private static boolean isWanted(Request request, String name, boolean usual) {
    return request.query(name).map("true"::equals).orElse(usual);
  }

  @Override
  public void close() {
    networks.close();
  }
}
