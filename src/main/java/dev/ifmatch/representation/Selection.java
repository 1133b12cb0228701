package dev.ifmatch.representation;

/** Finds out, step by step, which values of a document count under a recipe. Not thread-safe. */
final class Selection {
  /** About how many bytes are read in the time that it takes to look at a value. */
  private static final int BYTES_PER_VALUE = 16;

  private final JsonDocument document;

  /** The array or object whose values are looked at. */
  private Place innermost = Place.NONE;

  /** Whether anything counts; known at the end. */
  private boolean some;

  /** An array or object on the way to what is looked at, and how far it is. Not thread-safe. */
  private static final class Place {
    static final Place NONE = new Place(0, true, Pointers.NONE, Pointers.NONE);

    private final int at;
    private final boolean whole;
    private final Pointers include;
    private final Pointers ignore;
    private Place around = this;
    private int next;
    private int index;
    private int counting;

    Place(int at, boolean whole, Pointers include, Pointers ignore) {
      this.at = at;
      this.whole = whole;
      this.include = include;
      this.ignore = ignore;
      this.next = at + JsonDocument.CONTENT;
    }
  }

  /**
   * Begins with a document that is read as a whole.
   *
   * <p>Where only some values are included, the arrays and objects on the way to them count for
   * their place in it and nothing else.
   */
  Selection(JsonDocument document, TagRecipe recipe) {
    this.document = document;
    if (recipe.include().isEmpty() && recipe.ignore().isEmpty()) {
      some = true;
    } else {
      look(
          JsonDocument.ROOT,
          recipe.include().isEmpty(),
          new Pointers(recipe.include(), 0),
          new Pointers(recipe.ignore(), 0));
    }
  }

  /**
   * Goes on to mark the values that do not count.
   *
   * @param budget about how many bytes could be read in the time that it may take
   * @return what is left of the budget: more than 0 if this was the end
   */
  int mark(int budget) {
    int left = budget;
    while (innermost != Place.NONE && left > 0) {
      left -= BYTES_PER_VALUE;
      if (innermost.next == document.next(innermost.at)) {
        leave(innermost);
      } else if (document.kind(innermost.at) == JsonKind.OBJECT) {
        member(innermost);
      } else {
        element(innermost);
      }
    }
    return left;
  }

  /** Whether anything counts, once all is marked. */
  boolean isSome() {
    return some;
  }

  private void member(Place object) {
    int name = object.next;
    int value = name + 1;
    object.next = document.next(value);
    look(
        value,
        object.whole,
        object.include.member(document, name),
        object.ignore.member(document, name));
  }

  private void element(Place array) {
    int value = array.next;
    array.next = document.next(value);
    int index = array.index++;
    look(value, array.whole, array.include.element(index), array.ignore.element(index));
  }

  private void look(int at, boolean included, Pointers include, Pointers ignore) {
    boolean whole = included || include.match();
    if (ignore.match()) {
      found(at, false);
    } else if (JsonNode.isContainer(document.node(at))
        && (ignore.goOn() || (!whole && include.goOn()))) {
      Place place = new Place(at, whole, whole ? Pointers.NONE : include, ignore);
      place.around = innermost;
      innermost = place;
    } else {
      found(at, whole);
    }
  }

  private void leave(Place place) {
    if (document.kind(place.at) == JsonKind.OBJECT) {
      document.dropMembers(place.at);
    } else if (!place.whole) {
      document.dropElements(place.at, place.counting);
    }
    innermost = place.around;
    found(place.at, place.whole || place.counting > 0);
  }

  private void found(int at, boolean counts) {
    if (innermost == Place.NONE) {
      some = counts;
    } else if (counts) {
      innermost.counting++;
    } else {
      document.takeOut(at);
    }
  }
}
