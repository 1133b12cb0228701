package dev.ifmatch.transport;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.Fields;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@link Fields} as a view of a decoded message's own, which saves copying them.
 *
 * @param headers the message's header section
 */
record NettyFields(HttpHeaders headers) implements Fields {

  /** Names as Netty looks for them: with a hash that is known. The latest of each slot is kept. */
  private static final Name[] NAMES = new Name[256];

  private record Name(String text, AsciiString ascii) {}

  @Override
  public Optional<String> first(String name) {
    return Optional.ofNullable(headers.get(ascii(name)));
  }

  @Override
  public List<String> all(String name) {
    AsciiString ascii = ascii(name);
    return headers.contains(ascii) ? headers.getAll(ascii) : List.of();
  }

  @Override
  public boolean has(String name) {
    return headers.contains(ascii(name));
  }

  @Override
  public void set(String name, String value) {
    headers.set(ascii(name), value);
  }

  @Override
  public void add(String name, String value) {
    headers.add(ascii(name), value);
  }

  @Override
  public void remove(String name) {
    headers.remove(ascii(name));
  }

  @Override
  public void forEach(Consumer<Field> visitor) {
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      visitor.accept(new Field(line.getKey().toString(), line.getValue().toString()));
    }
  }

  @Override
  public NettyFields copy() {
    return new NettyFields(headers.copy());
  }

  private static AsciiString ascii(String name) {
    int slot = name.hashCode() & (NAMES.length - 1);
    Name known = NAMES[slot];
    if (known == null || !known.text.equals(name)) {
      known = new Name(name, AsciiString.cached(name));
      NAMES[slot] = known; // a race only makes it twice
    }
    return known.ascii;
  }
}
