package dev.vitrine.web.rooms;

import dev.vitrine.image.Polarity;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.web.http.Request;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way from a drawing to a network's input, of which every step can be left out to see what it
 * is good for.
 *
 * @param cut whether the digit is cut out and its longer side brought to 20 of 28 points
 * @param steps what else is done to a digit that is cut out
 * @param light whether it is light on dark, as MNIST's are; otherwise as on paper
 */
record Way(boolean cut, Set<MnistCut.Step> steps, boolean light) {
  static Way asked(Request request) {
    Set<MnistCut.Step> steps = EnumSet.noneOf(MnistCut.Step.class);
    if (DrawRoom.isWanted(request, "strokes", true)) {
      steps.add(MnistCut.Step.STROKES);
    }
    if (DrawRoom.isWanted(request, "centre", true)) {
      steps.add(MnistCut.Step.CENTRE);
    }
    return new Way(
        DrawRoom.isWanted(request, "cut", true), steps, DrawRoom.isWanted(request, "light", true));
  }

  /** What is done to the picture for a network; dark on light it is left so. */
  Preprocessing of(Preprocessing usual) {
    return light ? usual : usual.trainedOn(Polarity.UNCLEAR);
  }

  /** The picture that the network's preprocessing begins with. */
  Raster picture(Seen drawing) {
    return lit(cut ? drawing.cut(steps) : drawing.whole());
  }

  private Raster lit(Raster picture) {
    return light ? picture : picture.inverted();
  }

  /** Each step that is taken, with its picture, from the paper to the input. */
  List<Map<String, Object>> steps(Seen drawing, Preprocessing how, Shape input) {
    List<Map<String, Object>> all = new ArrayList<>();
    add(all, "the whole paper", how.view(drawing.whole().inverted(), input));
    if (light) {
      add(all, "light on dark", how.view(drawing.whole(), input));
    }
    if (cut) {
      Set<MnistCut.Step> done = EnumSet.noneOf(MnistCut.Step.class);
      add(all, "cut out, 20 points high or wide", lit(drawing.cut(done)));
      if (steps.contains(MnistCut.Step.STROKES)) {
        done.add(MnistCut.Step.STROKES);
        add(all, "strokes as thick as MNIST’s", lit(drawing.cut(done)));
      }
      if (steps.contains(MnistCut.Step.CENTRE)) {
        done.add(MnistCut.Step.CENTRE);
        add(all, "centre of mass in the middle", lit(drawing.cut(done)));
      }
    }
    return all;
  }

  private static void add(List<Map<String, Object>> all, String name, Raster picture) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("picture", Seen.json(picture));
    all.add(json);
  }
}
