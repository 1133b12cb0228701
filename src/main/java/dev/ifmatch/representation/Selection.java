package dev.ifmatch.representation;

/** Finds out which values of a document count under a recipe. Not thread-safe. */
final class Selection {
  private final JsonDocument document;

  private Selection(JsonDocument document) {
    this.document = document;
  }

  /**
   * Marks the values that do not count.
   *
   * <p>Where only some values are included, the arrays and objects on the way to them count for
   * their place in it and nothing else.
   *
   * @return whether anything counts
   */
  static boolean mark(JsonDocument document, TagRecipe recipe) {
    if (recipe.include().isEmpty() && recipe.ignore().isEmpty()) {
      return true;
    }
    return new Selection(document)
        .counts(
            JsonDocument.ROOT,
            recipe.include().isEmpty(),
            new Pointers(recipe.include(), 0),
            new Pointers(recipe.ignore(), 0));
  }

  private boolean counts(int at, boolean included, Pointers include, Pointers ignore) {
    if (ignore.match()) {
      return false;
    }
    boolean whole = included || include.match();
    if (!JsonNode.isContainer(document.node(at))
        || !(ignore.goOn() || (!whole && include.goOn()))) {
      return whole;
    }
    Pointers below = whole ? Pointers.NONE : include;
    int some =
        document.kind(at) == JsonKind.OBJECT
            ? markMembers(at, whole, below, ignore)
            : markElements(at, whole, below, ignore);
    return whole || some > 0;
  }

  private int markMembers(int object, boolean whole, Pointers include, Pointers ignore) {
    int some = 0;
    int end = document.next(object);
    for (int name = object + JsonDocument.CONTENT; name < end; name = document.next(name + 1)) {
      int value = name + 1;
      if (counts(value, whole, include.member(document, name), ignore.member(document, name))) {
        some++;
      } else {
        document.takeOut(value);
      }
    }
    document.dropMembers(object);
    return some;
  }

  private int markElements(int array, boolean whole, Pointers include, Pointers ignore) {
    int some = 0;
    int index = 0;
    for (int value = array + JsonDocument.CONTENT;
        value < document.next(array);
        value = document.next(value)) {
      if (counts(value, whole, include.element(index), ignore.element(index))) {
        some++;
      } else {
        document.takeOut(value);
      }
      index++;
    }
    if (!whole) {
      document.dropElements(array, some);
    }
    return some;
  }
}
