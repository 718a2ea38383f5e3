package dev.vitrine.weights.matlab;

import dev.vitrine.error.Quote;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Octave's {@code save} writes unless told otherwise, under whatever name, often .mat. */
public final class OctaveTextReader implements WeightReader {
  private static final int HEAD = 4096;

  /** Comments, then a name and a type. */
  private static final Pattern BEGINNING =
      Pattern.compile("(?:\\s*[#%][^\\n]*\\n)*?\\s*[#%] name: [^\\n]*\\n\\s*[#%] type: ");

  /** The reader. */
  public OctaveTextReader() {}

  @Override
  public String title() {
    return "Octave text";
  }

  @Override
  public boolean recognises(WeightSource source) {
    var bytes = source.bytes();
    String head =
        Texts.decoded(
            bytes.asSlice(0, Math.min(HEAD, bytes.byteSize())), StandardCharsets.ISO_8859_1);
    return (head.startsWith("#") || head.startsWith("%")) && BEGINNING.matcher(head).lookingAt();
  }

  @Override
  public Stored.Group read(WeightSource source) {
    var lines = new OctaveLines(source);
    var values = new OctaveValues(source, lines);
    var members = new LinkedHashMap<String, Stored>();
    Optional<String> name = lines.skipTo("name");
    while (name.isPresent()) {
      if (members.put(name.get(), values.read(0)) != null) {
        throw source.refused("two variables are called %s".formatted(Quote.of(name.get())));
      }
      name = lines.skipTo("name");
    }
    return new Stored.Group(members);
  }
}
