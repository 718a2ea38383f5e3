package dev.vitrine.vision.find;

import dev.vitrine.run.Heap;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.model.DigitModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a line may say: its atoms in order, and each run of neighbours that may be one digit. An
 * atom is a piece, or a part of one that may be several digits touching.
 *
 * @param atoms from left to right
 * @param wholes of each atom the piece of the line that it is, or is a part of
 * @param candidates by first atom, then by length
 * @param line whose they are
 * @param stroke how wide strokes are, in pixels
 */
public record Lattice(
    List<Piece> atoms,
    List<Piece> wholes,
    List<Candidate> candidates,
    TextLine line,
    double stroke) {
  /** All in parts of the line's height: a digit's sizes, and how far its pieces are apart. */
  private static final double WIDEST = 1.5;

  private static final double HIGHEST = 1.9;
  private static final double APART = 0.3;

  /** What is wider, or not clearly a digit, may be several. */
  private static final double WIDE = 0.8;

  private static final double LEAST_WIDE = 0.4;
  private static final double CLEAR = 0.9;
  private static final int MOST_CUTS = 6;
  private static final int MOST_ATOMS = 9;
  private static final int MOST_PARTS = 24;

  /**
   * Pixels of all boxes that are looked at of one line. Pages of digits have a tenth of it; a
   * picture of leaves or of a room, all of whose pieces are near each other, took 1.3 GB.
   */
  private static final long MOST_PIXELS = 10_000_000;

  /** Their own lists. */
  public Lattice {
    atoms = List.copyOf(atoms);
    wholes = List.copyOf(wholes);
    candidates = List.copyOf(candidates);
    Objects.requireNonNull(line, "line");
  }

  /**
   * {@return the lattice of a line}
   *
   * @param line its pieces
   * @param stroke how wide strokes are, in pixels
   * @param model says what each candidate is
   * @param without what is left out: joining, splitting
   */
  public static Lattice of(TextLine line, double stroke, DigitModel model, Set<Step> without) {
    List<Atom> parts =
        without.contains(Step.SPLITTING)
            ? line.pieces().stream().map(piece -> new Atom(piece, piece)).toList()
            : atoms(line, stroke, model);
    List<Piece> atoms = parts.stream().map(Atom::part).toList();
    int most = without.contains(Step.JOINING) ? 1 : MOST_ATOMS;
    List<int[]> spans = spans(atoms, most, line);
    while (most > 1 && pixels(atoms, spans) > MOST_PIXELS) {
      spans = spans(atoms, --most, line);
    }
    Heap.sweep();
    List<Piece> pieces =
        spans.stream().map(span -> Piece.joined(atoms.subList(span[0], span[1]))).toList();
    float[][] cuts = pieces.stream().map(piece -> MnistCut.of(piece.ink())).toArray(float[][]::new);
    float[][] probabilities = model.probabilities(cuts);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < cuts.length; i++) {
      int from = spans.get(i)[0];
      int to = spans.get(i)[1];
      double fit = Geometry.fit(atoms.subList(from, to), pieces.get(i), line.height());
      candidates.add(new Candidate(from, to, pieces.get(i), cuts[i], probabilities[i], fit));
    }
    List<Piece> wholes = parts.stream().map(Atom::whole).toList();
    return new Lattice(atoms, wholes, candidates, line, stroke);
  }

  /** An atom, and the piece of the line that it is or is a part of. */
  private record Atom(Piece part, Piece whole) {}

  /** The first atom of each run that may be one digit, and the one behind its last. */
  private static List<int[]> spans(List<Piece> atoms, int most, TextLine line) {
    Map<Box, Integer> wholes = new HashMap<>();
    line.pieces().forEach(piece -> wholes.put(piece.box(), piece.area()));
    int longest = most == 1 ? 1 : Math.max(most, MOST_PARTS + 1);
    List<int[]> spans = new ArrayList<>();
    for (int from = 0; from < atoms.size(); from++) {
      for (int to = from + 1; to <= Math.min(atoms.size(), from + longest); to++) {
        List<Piece> span = atoms.subList(from, to);
        if ((to - from <= most && mayBeOne(span, line.height())) || isWhole(span, wholes)) {
          spans.add(new int[] {from, to});
        }
      }
    }
    return spans;
  }

  private static long pixels(List<Piece> atoms, List<int[]> spans) {
    long pixels = 0;
    for (int[] span : spans) {
      Box box = around(atoms.subList(span[0], span[1]));
      pixels += (long) box.width() * box.height();
    }
    return pixels;
  }

  private static Box around(List<Piece> pieces) {
    return pieces.stream().map(Piece::box).reduce(Box::around).orElseThrow();
  }

  private static List<Atom> atoms(TextLine line, double stroke, DigitModel model) {
    List<Piece> pieces = line.pieces();
    float[][] cuts = pieces.stream().map(piece -> MnistCut.of(piece.ink())).toArray(float[][]::new);
    float[][] probabilities = model.probabilities(cuts);
    List<Atom> atoms = new ArrayList<>();
    for (int i = 0; i < cuts.length; i++) {
      Piece piece = pieces.get(i);
      double wide = piece.box().width() / line.height();
      if (wide > WIDE || (wide > LEAST_WIDE && most(probabilities[i]) < CLEAR)) {
        int cutsHere = (int) Math.min(MOST_PARTS, MOST_CUTS * Math.max(1, wide));
        for (Piece part : Seams.parts(piece, stroke, cutsHere)) {
          atoms.add(new Atom(part, piece));
        }
      } else {
        atoms.add(new Atom(piece, piece));
      }
    }
    atoms.sort(Comparator.comparingDouble(atom -> atom.part.box().middleX()));
    return atoms;
  }

  /** Whether atoms are one piece, such as a 0 that lies on its side. */
  private static boolean isWhole(List<Piece> span, Map<Box, Integer> wholes) {
    Integer area = wholes.get(around(span));
    return area != null && area == span.stream().mapToInt(Piece::area).sum();
  }

  private static float most(float[] probabilities) {
    float most = 0;
    for (int digit = 0; digit < DigitModel.DIGITS; digit++) {
      most = Math.max(most, probabilities[digit]);
    }
    return most;
  }

  private static boolean mayBeOne(List<Piece> span, double height) {
    Box box = around(span);
    if (box.width() > WIDEST * height || box.height() > HIGHEST * height) {
      return span.size() == 1;
    }
    // Every atom is near another one of the run.
    boolean[] near = new boolean[span.size()];
    near[0] = true;
    int found = 1;
    for (boolean more = true; more; ) {
      more = false;
      for (int i = 0; i < near.length; i++) {
        for (int j = 0; j < near.length && !near[i]; j++) {
          if (near[j] && span.get(i).box().gap(span.get(j).box()) <= APART * height) {
            near[i] = true;
            found++;
            more = true;
          }
        }
      }
    }
    return found == near.length;
  }
}
