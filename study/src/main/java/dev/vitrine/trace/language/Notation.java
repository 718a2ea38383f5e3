package dev.vitrine.trace.language;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How names and signs are written. */
public enum Notation {
  /** As on paper, in Unicode: {@code σ(w₁·x)}. */
  UNICODE,
  /** On any terminal: {@code sigmoid(w1*x)}. */
  ASCII,
  /** For mathematics in documents: {@code \sigma(w_1 x)}. */
  LATEX;

  private static final Pattern PARTIAL = Pattern.compile("∂(.+)/∂(.+)");
  private static final Pattern PARTS = Pattern.compile("(.*?)_?(\\d*)(_new)?");

  /** What sentences have beside letters; σ is a function there more often than a name. */
  private static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("σ", "sigmoid"),
          Map.entry("′", "'"),
          Map.entry("·", "*"),
          Map.entry("−", "-"),
          Map.entry("∂", "d"),
          Map.entry("½", "1/2"),
          Map.entry("²", "^2"),
          Map.entry("³", "^3"),
          Map.entry("∘", ".*"),
          Map.entry("ᵀ", "'"),
          Map.entry("√", "sqrt"),
          Map.entry("…", "..."),
          Map.entry("×", "x"),
          Map.entry("⋅", "."),
          Map.entry("°", " degrees"),
          Map.entry("■", "#"),
          Map.entry("─", "-"),
          Map.entry("░", ":"),
          Map.entry("●", "*"),
          Map.entry("○", "o"),
          Map.entry("‖", "|"),
          Map.entry("–", "-"),
          Map.entry("ᴸ", "^L"),
          Map.entry("ˡ", "^l"),
          Map.entry("⁺", "+"),
          Map.entry("¹", "1"),
          Map.entry("∇", "grad_"),
          Map.entry("ₐ", "a"),
          Map.entry("□", "o"),
          Map.entry("→", "->"),
          Map.entry("Σ", "sum"),
          Map.entry("⌊", "floor("),
          Map.entry("⌋", ")"),
          Map.entry("✓", "ok"),
          Map.entry("✗", "NOT EQUAL"),
          Map.entry("𝟏", "1"));

  private static final Map<String, String> GREEK =
      Map.ofEntries(
          Map.entry("α", "alpha"),
          Map.entry("β", "beta"),
          Map.entry("γ", "gamma"),
          Map.entry("δ", "delta"),
          Map.entry("ε", "epsilon"),
          Map.entry("ζ", "zeta"),
          Map.entry("η", "eta"),
          Map.entry("θ", "theta"),
          Map.entry("κ", "kappa"),
          Map.entry("λ", "lambda"),
          Map.entry("μ", "mu"),
          Map.entry("ν", "nu"),
          Map.entry("ξ", "xi"),
          Map.entry("π", "pi"),
          Map.entry("ρ", "rho"),
          Map.entry("σ", "sigma"),
          Map.entry("τ", "tau"),
          Map.entry("φ", "phi"),
          Map.entry("Φ", "Phi"),
          Map.entry("χ", "chi"),
          Map.entry("ψ", "psi"),
          Map.entry("ω", "omega"),
          Map.entry("Γ", "Gamma"),
          Map.entry("Δ", "Delta"),
          Map.entry("Θ", "Theta"),
          Map.entry("Λ", "Lambda"),
          Map.entry("Σ", "Sigma"),
          Map.entry("Ψ", "Psi"),
          Map.entry("Ω", "Omega"));

  /**
   * {@return a name as it is written}
   *
   * @param name as expressions have it
   */
  public String name(String name) {
    Matcher partial = PARTIAL.matcher(name);
    if (partial.matches()) {
      String over = partial.group(1);
      String by = partial.group(2);
      return switch (this) {
        case UNICODE -> "∂%s/∂%s".formatted(name(over), name(by));
        case ASCII -> "d%s/d%s".formatted(name(over), name(by));
        case LATEX -> "\\frac{\\partial %s}{\\partial %s}".formatted(name(over), name(by));
      };
    }
    return switch (this) {
      case UNICODE -> unicode(name);
      case ASCII -> ascii(name);
      case LATEX -> latex(name);
    };
  }

  private static String unicode(String name) {
    int end = name.length();
    while (end > 1 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end) + subscript(name.substring(end));
  }

  private static String subscript(String digits) {
    StringBuilder text = new StringBuilder();
    digits.chars().forEach(c -> text.append((char) (c - '0' + '₀')));
    return text.toString();
  }

  /** Greek letters by their names, a hat as {@code hat}, anything else as {@code _}. */
  private static String ascii(String name) {
    StringBuilder text = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFD)
        .codePoints()
        .forEach(c -> {
          String letter = Character.toString(c);
          text.append(c < 128 ? letter : c == '\u0302' ? "hat" : GREEK.getOrDefault(letter, "_"));
        });
    return text.toString();
  }

  private static String latex(String name) {
    Matcher parts = PARTS.matcher(name);
    if (!parts.matches() || parts.group(1).isEmpty()) {
      return "\\mathit{%s}".formatted(name);
    }
    String letters = Normalizer.normalize(parts.group(1), Normalizer.Form.NFD);
    String base = letters.replace("\u0302", "");
    String written =
        GREEK.containsKey(base)
            ? "\\" + GREEK.get(base)
            : base.length() == 1 ? base : "\\mathit{%s}".formatted(base.replace("_", "\\_"));
    String hatted = letters.equals(base) ? written : "\\hat{%s}".formatted(written);
    return parts.group(2).isEmpty() ? hatted : "%s_{%s}".formatted(hatted, parts.group(2));
  }

  /**
   * {@return a function's name as it is written}
   *
   * @param function which
   */
  String function(Function function) {
    return switch (this) {
      case UNICODE -> function.symbol();
      case ASCII -> function.name();
      case LATEX ->
          switch (function.name()) {
            case "sigmoid" -> "\\sigma";
            case "tanh", "exp", "ln" -> "\\" + function.name();
            case "Phi", "phi" -> function.name().equals("Phi") ? "\\Phi" : "\\varphi";
            default -> "\\operatorname{%s}".formatted(function.symbol());
          };
    };
  }

  /**
   * {@return the sign of a derivative: {@code σ′}}
   *
   * @param function of which function
   */
  public String derivative(Function function) {
    return function(function) + (this == UNICODE ? "′" : "'");
  }

  /**
   * {@return an operator with the space around it}
   *
   * @param operator which
   */
  String sign(Operator operator) {
    return switch (this) {
      case UNICODE ->
          switch (operator) {
            case ADD -> " + ";
            case SUBTRACT -> " − ";
            case MULTIPLY, PRODUCT -> "·";
            case DIVIDE -> "/";
            case HADAMARD -> " ∘ ";
          };
      case ASCII ->
          switch (operator) {
            case MULTIPLY, DIVIDE -> operator.sign();
            default -> " " + operator.sign() + " ";
          };
      case LATEX ->
          switch (operator) {
            case ADD, SUBTRACT -> " " + operator.sign() + " ";
            case MULTIPLY -> " \\cdot ";
            case PRODUCT -> "\\, ";
            case DIVIDE -> "/";
            case HADAMARD -> " \\odot ";
          };
    };
  }

  /**
   * {@return a sentence whose formulas are in Unicode, in ASCII if that is the notation}
   *
   * @param sentence words and formulas
   */
  public String sentence(String sentence) {
    if (this != ASCII) {
      return sentence;
    }
    StringBuilder text = new StringBuilder();
    sentence
        .codePoints()
        .forEach(c -> {
          String letter = Character.toString(c);
          boolean digit = c >= '₀' && c <= '₉';
          text.append(
              digit ? Integer.toString(c - '₀') : SIGNS.getOrDefault(letter, ascii(letter)));
        });
    return text.toString();
  }
}
