package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.run.Heap;
import dev.vitrine.settings.Commands;
import dev.vitrine.vision.PhotoReader;
import dev.vitrine.vision.Reading;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.EmbeddedDigits;
import dev.vitrine.vision.page.ReadingJson;
import dev.vitrine.vision.page.ReadingPage;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Photographs that are dropped on the page, read. */
public final class PhotoRoom implements Room, AutoCloseable {
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_KEPT = 4;
  private static final double UNSURE = 0;

  private final Kernels kernels;

  /** One photograph at a time: the memory of several large ones would add up. */
  private final ReentrantLock one = new ReentrantLock();

  private final Map<String, String> pages = new LinkedHashMap<>();
  private DigitModel model;
  private int read;

  /**
   * @param kernels what the network runs on
   */
  public PhotoRoom(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public void open(Routes routes) {
    routes.post("/api/photo", this::read).get("/api/photo/page", this::page);
  }

  private Answer read(Request request) {
    String name = request.query("name").orElse("photograph");
    one.lock();
    try {
      if (model == null) {
        model = EmbeddedDigits.open(kernels);
      }
      Reading reading =
          Sent.as(request, name, MOST_BYTES, file -> PhotoReader.of(model).read(file));
      String id = String.valueOf(++read);
      ReadingPage page = new ReadingPage(model, Commands.reading(name));
      page.add(name, reading, 0);
      pages.put(id, page.html());
      if (pages.size() > MOST_KEPT) {
        pages.remove(pages.keySet().iterator().next());
      }
      Map<String, Object> json = new LinkedHashMap<>(ReadingJson.of(reading, UNSURE));
      json.put("page", id);
      return Answer.json(json);
    } finally {
      Heap.sweep();
      one.unlock();
    }
  }

  private Answer page(Request request) {
    one.lock();
    try {
      String page = pages.get(request.required("id"));
      if (page == null) {
        throw new UserException("This reading is no longer kept: drop the photograph again");
      }
      return Reports.of(page);
    } finally {
      one.unlock();
    }
  }

  @Override
  public void close() {
    one.lock();
    try {
      if (model != null) {
        model.close();
      }
    } finally {
      one.unlock();
    }
  }
}
