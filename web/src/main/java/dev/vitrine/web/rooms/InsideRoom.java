package dev.vitrine.web.rooms;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Raster;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.settings.NamedData;
import dev.vitrine.tensor.Shape;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a trained layer holds, and what it makes of a picture or of an example of its data. */
public final class InsideRoom implements Room, AutoCloseable {
  private static final int MOST_BYTES = 64 << 20;
  private static final int WHITE = 255;

  private final List<Path> folders;
  private final Optional<Path> dataFolder;
  private final OpenNetworks networks;
  private final Kernels kernels;

  private record Loaded(String run, Dataset test) {}

  private Loaded loaded;

  /**
   * @param folders below which runs are looked for
   * @param dataFolder where data are looked for first
   * @param kernels what networks run on
   */
  public InsideRoom(List<Path> folders, Optional<Path> dataFolder, Kernels kernels) {
    this.folders = List.copyOf(folders);
    this.dataFolder = dataFolder;
    this.kernels = kernels;
    this.networks = new OpenNetworks(folders, kernels);
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/inside", this::parameters)
        .get("/api/inside/example", request -> maps(request, example(request)))
        .post("/api/inside/picture", request -> maps(request, picture(request)));
  }

  private Answer parameters(Request request) {
    String layer = request.required("layer");
    return networks.with(
        request.required("run"),
        network -> Answer.json(Map.of("parameters", network.parameters(layer))));
  }

  /** Keeps the network of a file that was sent, and says what it goes by. */
  String keep(TrainedNetwork network) {
    return networks.keep(OpenNetwork.of(network, kernels));
  }

  /** What is looked at: a picture and what it is. */
  private record Subject(Raster picture, String title) {}

  private Answer maps(Request request, Subject subject) {
    return networks.with(
        request.required("run"), network -> maps(network, request.required("layer"), subject));
  }

  private static Answer maps(OpenNetwork network, String layer, Subject subject) {
    Shape input = network.model().input();
    Raster view = network.preprocessing().view(subject.picture(), input);
    float[] numbers = network.preprocessing().numbers(view, input);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", subject.title());
    json.put("seen", Seen.json(view));
    json.put("read", network.read(numbers).getFirst());
    json.put("layer", network.layer(layer, numbers));
    return Answer.json(json);
  }

  private static Subject picture(Request request) {
    String name = request.query("name").orElse("picture");
    Raster picture =
        Sent.as(request, name, MOST_BYTES, file -> ImageFile.read(file, WHITE).picture());
    return new Subject(picture, name);
  }

  private Subject example(Request request) {
    if (request.required("run").startsWith(OpenNetworks.SENT)) {
      throw new UserException("A file brings no examples along: choose a picture");
    }
    Dataset test = test(request.required("run"));
    int number = request.number("number", 0);
    if (!test.hasPictures()) {
      throw new UserException("The examples of this run's data are no pictures");
    }
    if (number < 0 || number >= test.size()) {
      throw UserException.expecting(
          "The number of a test image", "0 to " + (test.size() - 1), String.valueOf(number));
    }
    return new Subject(
        test.picture(number),
        String.format(
            Locale.ROOT,
            "test image %,d of %s, labelled %s",
            number,
            DataFolders.title(test.name()),
            Confusions.name(test.classNames(), test.label(number))));
  }

  /** The test images of a run, kept while the same run is asked about. */
  private synchronized Dataset test(String run) {
    if (loaded == null || !loaded.run().equals(run)) {
      Path folder = RunsRoom.folder(folders, run);
      RunConfig config = RunFolder.open(folder).config();
      Optional<Path> first = dataFolder.or(() -> config.data().folder().map(Path::of));
      Dataset test =
          NamedData.find(
                  config,
                  DataFolders.ofSystem(first),
                  Downloader.reportingTo(DownloadProgress.NONE))
              .loadTest();
      loaded = new Loaded(run, test);
    }
    return loaded.test();
  }

  @Override
  public void close() {
    networks.close();
  }
}
