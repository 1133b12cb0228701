package dev.ifmatch.transport;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.Fields;
import io.netty.handler.codec.http.HttpHeaders;
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

  @Override
  public Optional<String> first(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public List<String> all(String name) {
    return headers.getAll(name);
  }

  @Override
  public boolean has(String name) {
    return headers.contains(name);
  }

  @Override
  public void set(String name, String value) {
    headers.set(name, value);
  }

  @Override
  public void add(String name, String value) {
    headers.add(name, value);
  }

  @Override
  public void remove(String name) {
    headers.remove(name);
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
}
