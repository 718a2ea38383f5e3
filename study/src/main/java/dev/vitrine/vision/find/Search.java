package dev.vitrine.vision.find;

import dev.vitrine.vision.model.DigitModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The best ways through a lattice, by dynamic programming. A way explains every atom: as part of a
 * digit, or as none. Each is scored by the logarithm of what the model says of it, weighted with
 * its share of a usual digit's ink, by how it fits, and by a cost for each cut and each atom left
 * out.
 */
public final class Search {
  private static final int KEPT = 4;
  private static final double FLOOR = 1e-4;

  /** What a digit that the model takes for none costs at most. */
  private static final double CUT = 0.5;

  /**
   * What it costs to leave out a piece as large as a digit. Smaller ones cost as the root of their
   * size: three pieces of a digit that a fold broke cost more than one, and are rather joined.
   */
  private static final double LEFT_OUT = 1.2;

  /** What it costs beyond that to leave out what is surely several digits. */
  private static final double SEVERAL = 3;

  /** What it costs to cut one piece into two digits that are single strokes. */
  private static final double STROKES = 2.5;

  /**
   * What it costs to take a part of a piece for a digit, for each nat by which the whole piece is
   * unlikely to be several digits, or none: what is surely one digit is no pair by chance.
   */
  private static final double PARTED = 0.25;

  private static final double LEAST_SEVERAL = 0.018;

  private static final double SMALL = 0.28;
  private static final double FAINT = 0.4;
  private static final double FAINT_COST = 3;

  private final Lattice lattice;
  private final double usual;
  private final double contrast;

  /** Of the piece that each atom is a part of: its first atom, its last, and what a part costs. */
  private final int[] first;

  private final int[] last;
  private final double[] parted;

  private Search(Lattice lattice) {
    this.lattice = lattice;
    double[] areas = lattice.line().pieces().stream().mapToDouble(Piece::area).sorted().toArray();
    contrast = lattice.line().contrast();
    usual = Math.max(1, areas[areas.length * 2 / 3]);
    int atoms = lattice.atoms().size();
    first = new int[atoms];
    last = new int[atoms];
    parted = new double[atoms];
    IdentityHashMap<Piece, Integer> begins = new IdentityHashMap<>();
    for (int atom = 0; atom < atoms; atom++) {
      Piece whole = lattice.wholes().get(atom);
      begins.putIfAbsent(whole, atom);
      first[atom] = begins.get(whole);
      last[first[atom]] = atom;
    }
    for (Candidate candidate : lattice.candidates()) {
      if (isWhole(candidate)) {
        float[] says = candidate.probabilities();
        double several = says[DigitModel.NONE] + says[DigitModel.SEVERAL];
        parted[candidate.from()] = -PARTED * Math.log(Math.max(LEAST_SEVERAL, several));
      }
    }
  }

  /**
   * A step of a way.
   *
   * @param candidate the atoms
   * @param digit whether they are read as a digit; else they are left out
   */
  public record Step(Candidate candidate, boolean digit) {}

  /**
   * A way.
   *
   * @param steps from left to right
   * @param score in nats, larger for better
   */
  public record Way(List<Step> steps, double score) {
    /** Its own list. */
    public Way {
      steps = List.copyOf(steps);
    }

    /** {@return the digits} */
    public String text() {
      StringBuilder text = new StringBuilder();
      steps.stream().filter(Step::digit).forEach(step -> text.append(step.candidate().best()));
      return text.toString();
    }
  }

  /**
   * {@return the best ways, the best first}
   *
   * @param lattice of one line
   */
  public static List<Way> ways(Lattice lattice) {
    return new Search(lattice).run();
  }

  private List<Way> run() {
    int atoms = lattice.atoms().size();
    List<List<Way>> best = new ArrayList<>();
    for (int i = 0; i <= atoms; i++) {
      best.add(new ArrayList<>());
    }
    best.getFirst().add(new Way(List.of(), 0));
    for (Candidate candidate : lattice.candidates()) {
      extend(best, candidate, true, asDigit(candidate));
      if (candidate.to() == candidate.from() + 1 || isWhole(candidate)) {
        extend(best, candidate, false, asNone(candidate));
      }
    }
    return best.getLast();
  }

  /** Whether it is one piece of the line, which is several atoms only because it might be cut. */
  private boolean isWhole(Candidate candidate) {
    Piece whole = lattice.wholes().get(candidate.from());
    return candidate.piece().area() == whole.area() && candidate.piece().box().equals(whole.box());
  }

  /** What it costs that it is a part of a piece, if it is. */
  private double parted(Candidate candidate) {
    double cost = 0;
    for (int atom = candidate.from(); atom < candidate.to(); atom++) {
      int begin = first[atom];
      if (begin < candidate.from() || last[begin] >= candidate.to()) {
        cost = Math.max(cost, parted[begin]);
      }
    }
    return cost;
  }

  private void extend(List<List<Way>> best, Candidate candidate, boolean digit, double score) {
    List<Way> ends = best.get(candidate.to());
    for (Way way : best.get(candidate.from())) {
      double sum = way.score() + score - (digit ? stroked(way, candidate) : 0);
      if (ends.size() < KEPT || sum > ends.getLast().score()) {
        List<Step> steps = new ArrayList<>(way.steps());
        steps.add(new Step(candidate, digit));
        ends.add(new Way(steps, sum));
        ends.sort(Comparator.comparingDouble(Way::score).reversed());
        if (ends.size() > KEPT) {
          ends.removeLast();
        }
      }
    }
  }

  /** What it costs to cut one piece into a 1 or a 7 and another one: it is rather an H, N or M. */
  private double stroked(Way way, Candidate candidate) {
    if (!isStroke(candidate)) {
      return 0;
    }
    for (Step before : way.steps().reversed()) {
      if (!isCut(before.candidate(), candidate)) {
        return 0;
      }
      if (before.digit()) { // else it is the bar between them
        return isStroke(before.candidate()) ? STROKES : 0;
      }
    }
    return 0;
  }

  private static boolean isStroke(Candidate candidate) {
    return candidate.best() == 1 || candidate.best() == 7;
  }

  /** Whether both are parts of one piece. */
  private boolean isCut(Candidate one, Candidate other) {
    Box both = one.piece().box().around(other.piece().box());
    return lattice.line().pieces().stream()
        .map(Piece::box)
        .anyMatch(box -> box.around(both).equals(box));
  }

  private double weight(Candidate candidate) {
    return Math.clamp(candidate.piece().area() / usual, 0.5, 2.0);
  }

  private double asDigit(Candidate candidate) {
    double likely = candidate.probabilities()[candidate.best()];
    return weight(candidate) * Math.log(Math.max(FLOOR, likely))
        + candidate.fit()
        - CUT
        - parted(candidate)
        - (isFaint(candidate) ? FAINT_COST : 0);
  }

  /** Whether its ink is much fainter than that of its line, or of the page's best line. */
  private boolean isFaint(Candidate candidate) {
    return candidate.piece().contrast() < FAINT * contrast;
  }

  private double asNone(Candidate candidate) {
    double height = lattice.line().height();
    double size = candidate.piece().box().longer() / height;
    float several = candidate.probabilities()[DigitModel.SEVERAL];
    double likely = candidate.probabilities()[DigitModel.NONE] + several;
    if (isFaint(candidate)) {
      return -LEFT_OUT * size; // folds, the edges of shadows
    }
    double cost = LEFT_OUT * Math.sqrt(Math.min(1, size));
    if (size < SMALL) {
      return -cost; // dots and dirt
    }
    return weight(candidate) * Math.log(Math.max(FLOOR, likely)) - cost - SEVERAL * several;
  }
}
