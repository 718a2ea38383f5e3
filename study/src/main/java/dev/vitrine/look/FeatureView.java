package dev.vitrine.look;

import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import dev.vitrine.look.View.Block;
import dev.vitrine.look.View.Picture;
import dev.vitrine.look.View.Pictures;
import dev.vitrine.look.View.Section;
import dev.vitrine.look.View.Table;
import dev.vitrine.look.View.Text;
import dev.vitrine.look.maps.MapJudge;
import dev.vitrine.look.maps.MapKind;
import dev.vitrine.look.maps.Plane;
import dev.vitrine.readout.Maps;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What several layers make of several pictures, on one figure with one signed scale, and what each
 * map is to the original.
 */
public final class FeatureView {
  private static final int NAMED = 12;

  private final Grid grid;
  private final List<Map<String, Object>> json = new ArrayList<>();

  private FeatureView(Grid grid) {
    this.grid = grid;
  }

  /**
   * One picture with what the layers made of it.
   *
   * @param name what it is called
   * @param view as the network is given it
   * @param numbers the network's input {@code (C, H, W)}, row-major
   * @param maps of each layer
   */
  public record Seen(String name, Raster view, float[] numbers, List<Maps> maps) {
    /** Copies the list. */
    public Seen {
      maps = List.copyOf(maps);
    }

    /** The mean of the channels. */
    private Plane original() {
      int pixels = view.width() * view.height();
      int channels = numbers.length / pixels;
      double[] mean = new double[pixels];
      for (int i = 0; i < numbers.length; i++) {
        mean[i % pixels] += (double) numbers[i] / channels;
      }
      return new Plane(view.width(), mean);
    }
  }

  /**
   * {@return the view}
   *
   * @param title of the network
   * @param seen pictures with their maps, at least one, of the same layers
   * @param grid how maps are laid out
   */
  public static View of(String title, List<Seen> seen, Grid grid) {
    return new FeatureView(grid).view(title, seen);
  }

  private View view(String title, List<Seen> seen) {
    double[] all =
        seen.stream()
            .flatMap(one -> one.maps().stream())
            .flatMapToDouble(
                maps -> IntStream.range(0, maps.values().length).mapToDouble(i -> maps.values()[i]))
            .toArray();
    Shades shades = Shades.of(all);
    List<Section> sections = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    sentences.add("One scale for all that is shown. " + shades.words());
    for (Seen one : seen) {
      List<Block> blocks = new ArrayList<>();
      List<Picture> pictures = new ArrayList<>();
      pictures.add(new Picture(one.name(), Shades.enlarged(one.view())));
      for (Maps maps : one.maps()) {
        pictures.add(new Picture(caption(maps), grid.draw(maps, shades)));
      }
      blocks.add(new Pictures("", pictures));
      one.maps().forEach(maps -> blocks.addAll(judged(one, maps)));
      sections.add(new Section(one.name(), blocks));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scale", shades.most());
    fields.put("layers", json);
    return new View(title, sentences, sections, fields);
  }

  private String caption(Maps maps) {
    int shown = Math.min(grid.most(), maps.channels().size());
    String count = shown == maps.channels().size() ? "" : "%s of ".formatted(shown);
    return maps.shape().rank() == 3
        ? "%s: %s%s maps of %s×%s"
            .formatted(
                maps.layer(),
                count,
                maps.channels().size(),
                maps.shape().size(1),
                maps.shape().size(2))
        : "%s: %s%s numbers".formatted(maps.layer(), count, maps.channels().size());
  }

  /** Words and a table; of a vector, or maps of a few places, there is nothing to say. */
  private List<Block> judged(Seen one, Maps maps) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("shown", one.name());
    entry.put("layer", maps.layer());
    entry.put("shape", maps.shape().sizes());
    json.add(entry);
    if (maps.shape().rank() != 3 || maps.plane() < 16) {
      return List.of();
    }
    int width = maps.shape().size(2);
    List<Plane> planes =
        IntStream.range(0, maps.channels().size())
            .mapToObj(i -> Plane.of(width, maps.map(i)))
            .toList();
    List<MapJudge.Verdict> verdicts = new MapJudge(one.original()).of(planes);
    Map<MapKind, List<String>> kinds = new EnumMap<>(MapKind.class);
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> channels = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      MapJudge.Verdict verdict = verdicts.get(i);
      String channel = maps.channels().get(i).toString();
      kinds.computeIfAbsent(verdict.kind(), _ -> new ArrayList<>()).add(channel);
      Maps.Statistics s = Maps.Statistics.of(maps.map(i));
      rows.add(
          List.of(
              channel,
              Say.number(s.min()),
              Say.number(s.mean()),
              Say.number(s.max()),
              verdict.words()));
      channels.add(json(channel, s, verdict));
    }
    entry.put("channels", channels);
    List<String> words = new ArrayList<>();
    kinds.forEach((kind, members) ->
        words.add(
            "%s %s (%s)"
                .formatted(members.size(), kind.words(members.size()), Say.list(members, NAMED))));
    String sentence = "%s: %s.".formatted(maps.layer(), String.join("; ", words));
    List<String> columns = List.of(maps.layer(), "least", "mean", "greatest", "what it is");
    return List.of(new Text(sentence), new Table("Maps of " + maps.layer(), columns, rows));
  }

  private static Map<String, Object> json(
      String channel, Maps.Statistics s, MapJudge.Verdict verdict) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("channel", Integer.parseInt(channel));
    one.put("min", s.min());
    one.put("mean", s.mean());
    one.put("max", s.max());
    one.put("kind", verdict.kind().name().toLowerCase(Locale.ROOT));
    one.put("says", verdict.words());
    one.put("thickness", verdict.thickness());
    return one;
  }

  /**
   * How maps are laid out.
   *
   * @param rows the most rows; 0 for as many as there are
   * @param columns maps in a row; 0 for about as many as there are rows
   */
  public record Grid(int rows, int columns) {
    private static final int SIDE = 84;
    private static final int GAP = 4;
    private static final int LABEL = 11;
    private static final int GROUND = 128;
    private static final int INK = 20;

    /** How many are shown at most. */
    int most() {
      return rows == 0 ? Integer.MAX_VALUE : rows * columns;
    }

    /** Maps in rows, each with its number below; the numbers of a vector as squares. */
    Raster draw(Maps maps, Shades shades) {
      int count = Math.min(most(), maps.channels().size());
      boolean vector = maps.shape().rank() != 3;
      int width = vector ? 1 : maps.shape().size(2);
      int height = vector ? 1 : maps.shape().size(1);
      int factor = Math.clamp((vector ? 24 : SIDE) / Math.max(width, height), 1, 24);
      int perRow =
          columns == 0 ? (int) Math.ceil(Math.sqrt(vector ? 4.0 * count : count)) : columns;
      int across = Math.min(perRow, count);
      int down = Math.ceilDiv(count, across);
      int stepX = Math.max(width * factor, 18) + GAP;
      int stepY = height * factor + LABEL + GAP;
      Raster sheet = Raster.black(GAP + across * stepX, GAP + down * stepY, 3);
      sheet.fill(GROUND + 100);
      for (int i = 0; i < count; i++) {
        float[] map = maps.map(i);
        double[] values = new double[map.length];
        for (int k = 0; k < map.length; k++) {
          values[k] = map[k];
        }
        int x = GAP + i % across * stepX;
        int y = GAP + i / across * stepY;
        sheet.paint(shades.plain(values, width).enlarged(factor), x, y);
        String number = maps.channels().get(i).toString();
        Lettering.paint(sheet, number, x, y + height * factor + 2, 1, INK);
      }
      return sheet;
    }
  }
}
