package dev.vitrine.web;

import dev.vitrine.data.DataFolders;
import dev.vitrine.plan.Compute;
import dev.vitrine.web.http.Events;
import dev.vitrine.web.http.PageServer;
import dev.vitrine.web.http.Routes;
import dev.vitrine.web.live.StudyNews;
import dev.vitrine.web.live.StudyQueue;
import dev.vitrine.web.live.TrainingNews;
import dev.vitrine.web.live.TrainingQueue;
import dev.vitrine.web.live.Witness;
import dev.vitrine.web.live.WorkQueue;
import dev.vitrine.web.rooms.AskedStudies;
import dev.vitrine.web.rooms.ChainRoom;
import dev.vitrine.web.rooms.DrawRoom;
import dev.vitrine.web.rooms.InsideRoom;
import dev.vitrine.web.rooms.MistakesRoom;
import dev.vitrine.web.rooms.NetworkRoom;
import dev.vitrine.web.rooms.PhotoRoom;
import dev.vitrine.web.rooms.QueueRoom;
import dev.vitrine.web.rooms.Reach;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The lab page, open: rooms behind one address on this machine. */
public final class LabPage implements AutoCloseable {
  private final PageServer server;
  private final WorkQueue queue;
  private final TrainingQueue trainings;
  private final StudyQueue studies;
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

    /** The folder that new studies' folders are made in: beside the runs'. */
    Path newStudies() {
      return newRuns.resolveSibling("studies");
    }

    /** Where files are that a browser may name. */
    List<Path> reached() {
      return Stream.concat(
              folders.stream(), Stream.of(newRuns, networks(), newStudies(), drawings()))
          .toList();
    }

    /** Where drawings are kept: in the data folder, or beside the runs where there is none. */
    Path drawings() {
      return dataFolder.orElse(newRuns.toAbsolutePath().getParent()).resolve("drawings");
    }
  }

  private LabPage(
      PageServer server,
      WorkQueue queue,
      TrainingQueue trainings,
      StudyQueue studies,
      List<Runnable> ends) {
    this.server = server;
    this.queue = queue;
    this.trainings = trainings;
    this.studies = studies;
    this.ends = ends;
  }

  /**
   * {@return the page, listening}
   *
   * @param place where it is reached
   * @param subjects what it is about
   * @param compute what trainings run on; it stays the caller's
   * @param witness hears what went wrong, from any thread
   * @throws dev.vitrine.error.UserException if it cannot listen there
   */
  public static LabPage open(
      PageServer.Place place, Subjects subjects, Compute compute, Witness witness) {
    Events events = new Events();
    Throttle<List<TrainingNews>> news =
        new Throttle<>(trainings -> events.tell("trainings", Map.of("trainings", trainings)));
    // A page that was open when another server stood here forgets what that one did.
    events.tell("trainings", Map.of("trainings", List.of()));
    events.tell("studies", Map.of("studies", List.of()));
    events.tell("queue", Map.of("queue", List.of()));
    WorkQueue queue = new WorkQueue(places -> events.tell("queue", Map.of("queue", places)));
    TrainingQueue trainings =
        new TrainingQueue(
            queue, subjects.newRuns(), subjects.dataFolder(), compute, news::offer, witness);
    Throttle<Supplier<List<StudyNews>>> studyNews =
        new Throttle<>(all -> events.tell("studies", Map.of("studies", all.get())));
    AtomicReference<StudyQueue> told = new AtomicReference<>();
    StudyQueue studies =
        new StudyQueue(
            queue,
            () -> DataFolders.ofSystem(subjects.dataFolder()),
            compute,
            () -> studyNews.offer(told.get()::news),
            witness);
    told.set(studies);
    DrawRoom drawing = new DrawRoom(subjects.folders(), subjects.drawings(), compute.kernels());
    InsideRoom inside =
        new InsideRoom(subjects.folders(), subjects.dataFolder(), compute.kernels());
    PhotoRoom photographs = new PhotoRoom(compute.kernels());
    MistakesRoom mistakes =
        new MistakesRoom(subjects.folders(), subjects.dataFolder(), compute.kernels());
    TypedNetworks typed = new TypedNetworks(subjects.folders(), subjects.networks());
    Reach reach = Reach.of(subjects.reached(), DataFolders.ofSystem(subjects.dataFolder()));
    List<Room> rooms =
        List.of(
            new RunsRoom(subjects.folders()),
            new TrainRoom(trainings, typed, subjects.folders(), reach),
            typed,
            new WithinRoom(trainings),
            new QueueRoom(queue),
            drawing,
            new NetworkRoom(subjects.folders(), inside),
            inside,
            new ChainRoom(),
            new StudiesRoom(
                studies,
                new AskedStudies(subjects.newStudies(), subjects.dataFolder(), reach),
                subjects.folders()),
            mistakes,
            photographs);
    Routes routes = new Routes();
    rooms.forEach(room -> room.open(routes));
    PageServer server = new PageServer(place, routes, events, LabPage.class, witness::fault);
    return new LabPage(
        server,
        queue,
        trainings,
        studies,
        List.of(
            news::close,
            studyNews::close,
            drawing::close,
            inside::close,
            mistakes::close,
            photographs::close));
  }

  /** {@return the port that it listens at} */
  public int port() {
    return server.port();
  }

  /** Ends it: what trains stops with a checkpoint, and how studies go on is said. */
  @Override
  public void close() {
    server.close();
    trainings.close();
    studies.close();
    queue.close();
    studies.sayWhatIsLeft();
    ends.forEach(Runnable::run);
  }
}
