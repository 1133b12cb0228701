package dev.ifmatch.representation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Small edits of a document, of the kind that a client makes, or that could be overlooked. */
enum Edits {
  REPLACE {
    @Override
    Object edit(Object value, Random random) {
      return at(value, random, old -> pick(random, null, true, "", List.of(), Map.of(), num("7")));
    }
  },
  RESPELL_NUMBER {
    @Override
    Object edit(Object value, Random random) {
      return at(value, random, old -> old instanceof Spelling.Num n ? respelled(n) : old);
    }
  },
  NUMBER_TO_STRING {
    @Override
    Object edit(Object value, Random random) {
      return at(value, random, old -> old instanceof Spelling.Num n ? n.text() : old);
    }
  },
  LITERAL_TO_STRING {
    @Override
    Object edit(Object value, Random random) {
      return at(value, random, old -> old == null || old instanceof Boolean ? "" + old : old);
    }
  },
  WRAP {
    @Override
    Object edit(Object value, Random random) {
      return at(value, random, old -> random.nextBoolean() ? list(old) : Map.of("", "" + old));
    }
  },
  UNWRAP {
    @Override
    Object edit(Object value, Random random) {
      return at(value, random, old -> old instanceof List<?> l && l.size() == 1 ? l.get(0) : old);
    }
  },
  ADD {
    @Override
    Object edit(Object value, Random random) {
      return at(
          value,
          random,
          old -> {
            if (old instanceof List<?> list) {
              List<Object> longer = new ArrayList<>(list);
              longer.add(random.nextInt(longer.size() + 1), pick(random, null, "", list));
              return longer;
            }
            return old instanceof Map<?, ?> object ? with(object, "new", null) : old;
          });
    }
  },
  REMOVE {
    @Override
    Object edit(Object value, Random random) {
      return at(
          value,
          random,
          old -> {
            if (old instanceof List<?> list && !list.isEmpty()) {
              List<Object> shorter = new ArrayList<>(list);
              shorter.remove(random.nextInt(shorter.size()));
              return shorter;
            }
            return old instanceof Map<?, ?> object && !object.isEmpty()
                ? without(object, nameOf(object, random))
                : old;
          });
    }
  },
  RENAME {
    @Override
    Object edit(Object value, Random random) {
      return at(
          value,
          random,
          old -> {
            if (!(old instanceof Map<?, ?> object) || object.isEmpty()) {
              return old;
            }
            String name = nameOf(object, random);
            return with(without(object, name), name + "x", object.get(name));
          });
    }
  },
  SWAP {
    @Override
    Object edit(Object value, Random random) {
      return at(
          value,
          random,
          old -> {
            if (old instanceof List<?> list && list.size() > 1) {
              List<Object> other = new ArrayList<>(list);
              Collections.swap(other, 0, other.size() - 1);
              return other;
            }
            if (old instanceof Map<?, ?> object && object.size() > 1) {
              List<?> names = new ArrayList<>(object.keySet());
              Object one = names.get(0);
              Object two = names.get(1);
              return with(with(object, one, object.get(two)), two, object.get(one));
            }
            return old;
          });
    }
  },
  LIST_TO_OBJECT {
    @Override
    Object edit(Object value, Random random) {
      return at(
          value,
          random,
          old -> {
            if (!(old instanceof List<?> list)) {
              return old;
            }
            Map<String, Object> object = new LinkedHashMap<>();
            list.forEach(element -> object.put("" + object.size(), element));
            return object;
          });
    }
  };

  private static final int ATTEMPTS = 20;

  /** Another document, or the same where this edit has nothing to work on. */
  final Object edited(Object value, Random random) {
    Object edited = value;
    for (int i = 0; i < ATTEMPTS && Objects.equals(edited, value); i++) {
      edited = edit(value, random);
    }
    return edited;
  }

  abstract Object edit(Object value, Random random);

  private static Object at(Object value, Random random, UnaryOperator<Object> change) {
    if (value instanceof List<?> list && !list.isEmpty() && random.nextInt(4) > 0) {
      List<Object> copy = new ArrayList<>(list);
      int index = random.nextInt(copy.size());
      copy.set(index, at(copy.get(index), random, change));
      return copy;
    }
    if (value instanceof Map<?, ?> object && !object.isEmpty() && random.nextInt(4) > 0) {
      String name = nameOf(object, random);
      return with(object, name, at(object.get(name), random, change));
    }
    return change.apply(value);
  }

  private static String nameOf(Map<?, ?> object, Random random) {
    return (String) new ArrayList<>(object.keySet()).get(random.nextInt(object.size()));
  }

  private static Map<Object, Object> with(Map<?, ?> object, Object name, Object value) {
    Map<Object, Object> copy = new LinkedHashMap<>(object);
    copy.put(name, value);
    return copy;
  }

  private static Map<Object, Object> without(Map<?, ?> object, Object name) {
    Map<Object, Object> copy = new LinkedHashMap<>(object);
    copy.remove(name);
    return copy;
  }

  private static List<Object> list(Object value) {
    List<Object> list = new ArrayList<>();
    list.add(value);
    return list;
  }

  private static Object pick(Random random, Object... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Spelling.Num num(String text) {
    return new Spelling.Num(text);
  }

  private static Spelling.Num respelled(Spelling.Num number) {
    return num(number.text() + (number.text().matches(".*[.eE].*") ? "0" : ".0"));
  }
}
