package dev.vitrine.web;

import dev.vitrine.plan.Compute;
import dev.vitrine.web.http.Events;
import dev.vitrine.web.http.PageServer;
import dev.vitrine.web.http.Routes;
import dev.vitrine.web.live.TrainingNews;
import dev.vitrine.web.live.TrainingQueue;
import dev.vitrine.web.rooms.ChainRoom;
import dev.vitrine.web.rooms.DrawRoom;
import dev.vitrine.web.rooms.InsideRoom;
import dev.vitrine.web.rooms.MistakesRoom;
import dev.vitrine.web.rooms.NetworkRoom;
import dev.vitrine.web.rooms.PhotoRoom;
import dev.vitrine.web.rooms.Room;
import dev.vitrine.web.rooms.RunsRoom;
import dev.vitrine.web.rooms.StudiesRoom;
import dev.vitrine.web.rooms.TrainRoom;
import dev.vitrine.web.rooms.TypedNetworks;
import dev.vitrine.web.rooms.WithinRoom;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The lab page, open: rooms behind one address on this machine. */
public final class LabPage implements AutoCloseable {
  private final PageServer server;
  private final TrainingQueue queue;
  private final List<Runnable> ends;

  /**
   * What the page is about.
   *
   * @param folders below which runs are looked for
   * @param newRuns the folder that new runs' folders are made in
   * @param dataFolder where data are looked for first
   */
  public record Subjects(List<Path> folders, Path newRuns, Optional<Path> dataFolder) {
    /** Copies the list. */
    public Subjects {
      folders = List.copyOf(folders);
    }

    /** Where networks are kept that were typed: beside the runs, as a command names them. */
    Path networks() {
      return newRuns.resolveSibling("networks");
    }

    /** Where drawings are kept: in the data folder, or beside the runs where there is none. */
    Path drawings() {
      return dataFolder.orElse(newRuns.toAbsolutePath().getParent()).resolve("drawings");
    }
  }

  private LabPage(PageServer server, TrainingQueue queue, List<Runnable> ends) {
    this.server = server;
    this.queue = queue;
    this.ends = ends;
  }

  /**
   * {@return the page, listening}
   *
   * @param place where it is reached
   * @param subjects what it is about
   * @param compute what trainings run on; it stays the caller's
   * @param faults hears of our own faults, from any thread
   * @throws dev.vitrine.error.UserException if it cannot listen there
   */
  public static LabPage open(
      PageServer.Place place, Subjects subjects, Compute compute, Consumer<Throwable> faults) {
    Events events = new Events();
    Throttle<List<TrainingNews>> news =
        new Throttle<>(trainings -> events.tell("trainings", Map.of("trainings", trainings)));
    TrainingQueue queue =
        new TrainingQueue(subjects.newRuns(), subjects.dataFolder(), compute, news::offer, faults);
    DrawRoom drawing = new DrawRoom(subjects.folders(), subjects.drawings(), compute.kernels());
    InsideRoom inside =
        new InsideRoom(subjects.folders(), subjects.dataFolder(), compute.kernels());
    PhotoRoom photographs = new PhotoRoom(compute.kernels());
    MistakesRoom mistakes =
        new MistakesRoom(subjects.folders(), subjects.dataFolder(), compute.kernels());
    TypedNetworks typed = new TypedNetworks(subjects.folders(), subjects.networks());
    List<Room> rooms =
        List.of(
            new RunsRoom(subjects.folders()),
            new TrainRoom(queue, typed, subjects.folders()),
            typed,
            new WithinRoom(queue),
            drawing,
            new NetworkRoom(subjects.folders(), inside),
            inside,
            new ChainRoom(),
            new StudiesRoom(subjects.folders()),
            mistakes,
            photographs);
    Routes routes = new Routes();
    rooms.forEach(room -> room.open(routes));
    PageServer server = new PageServer(place, routes, events, LabPage.class, faults);
    return new LabPage(
        server,
        queue,
        List.of(news::close, drawing::close, inside::close, mistakes::close, photographs::close));
  }

  /** {@return the port that it listens at} */
  public int port() {
    return server.port();
  }

  /** Ends it: what trains stops with a checkpoint. */
  @Override
  public void close() {
    server.close();
    queue.close();
    ends.forEach(Runnable::run);
  }
}
