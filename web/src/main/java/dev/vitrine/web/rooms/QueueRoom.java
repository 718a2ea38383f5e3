package dev.vitrine.web.rooms;

import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import dev.vitrine.web.live.WorkQueue;
import java.util.Map;

/** The queue of trainings and studies: shown, its order changed, and what is in it taken out. */
public final class QueueRoom implements Room {
  private final WorkQueue queue;

  /**
   * @param queue what waits
   */
  public QueueRoom(WorkQueue queue) {
    this.queue = queue;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/queue", _ -> places())
        .post("/api/queue/{entry}/move", this::move)
        .post("/api/queue/{entry}/remove", this::remove);
  }

  private Answer places() {
    return Answer.json(Map.of("queue", queue.places()));
  }

  private Answer move(Request request) {
    queue.move(Counted.of(request, "entry"), request.json().whole("places"));
    return places();
  }

  private Answer remove(Request request) {
    queue.remove(Counted.of(request, "entry"));
    return places();
  }
}
