package dev.ifmatch.exchange;

import static dev.ifmatch.exchange.ScriptedPort.Awaited.BODY;
import static dev.ifmatch.exchange.ScriptedPort.Awaited.COLLECTED;
import static dev.ifmatch.exchange.ScriptedPort.Awaited.DRAINED;
import static dev.ifmatch.exchange.ScriptedPort.Awaited.HEAD;
import static dev.ifmatch.exchange.ScriptedPort.Awaited.LOCK;

import dev.ifmatch.exchange.OriginFailure.Kind;
import dev.ifmatch.exchange.ScriptedPort.Awaited;
import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.ProbeRequest;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.Sighting;
import dev.ifmatch.representation.TagRecipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * Something that happens to an exchange.
 *
 * @param name what scripts call it
 * @param when what must be awaited for it to be able to happen; empty where that does not matter
 * @param effect what it changes at the port, before the machine is told
 * @param telling the call that tells the machine
 */
record Event(
    String name, Set<Awaited> when, Consumer<ScriptedPort> effect, Consumer<Play> telling) {
  private static final String SWITCHED = "switched";

  static Event start() {
    return new Event("start", Set.of(), port -> {}, play -> play.machine().start());
  }

  static Event clientGone() {
    return new Event(
        "client gone", Set.of(), ScriptedPort::loseClient, play -> play.machine().onClientGone());
  }

  static Event bodyReceived() {
    return bodyReceived("");
  }

  /** The request's whole body has come. */
  static Event bodyReceived(String text) {
    return new Event(
        "body received",
        Set.of(BODY),
        port -> {
          port.observer().onBytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
          port.settle();
        },
        play -> play.machine().onBodyReceived());
  }

  static Event bodyRefused() {
    return refused("body refused", Set.of(BODY), Refusal.BODY_TOO_LARGE);
  }

  static Event lockRefused() {
    return refused("lock refused", Set.of(LOCK), Refusal.LOCK_TIMEOUT);
  }

  /** Either of the two. */
  static Event refused() {
    return refused("refused", Set.of(BODY, LOCK), Refusal.SPOOL_FAILED);
  }

  private static Event refused(String name, Set<Awaited> when, Refusal refusal) {
    return new Event(
        name, when, ScriptedPort::settle, play -> play.machine().onRefused(refusal, "10 s"));
  }

  static Event granted() {
    return granted("granted", play -> Optional.empty());
  }

  /** The lock comes from one who asked the same question and saw this tag last. */
  static Event grantedAfter(String tag) {
    return granted(
        "granted after " + tag,
        play -> Optional.of(new Sighting(question(play), tags(play), present(tag), List.of())));
  }

  /** The lock comes from one who may see another representation of the resource. */
  static Event grantedAfterAnother(String tag) {
    return granted(
        "granted after another's " + tag,
        play ->
            Optional.of(new Sighting(anotherQuestion(play), tags(play), present(tag), List.of())));
  }

  /** The lock comes from one who saw that there is nothing. */
  static Event grantedAfterNothing() {
    return granted(
        "granted after nothing there",
        play ->
            Optional.of(
                new Sighting(question(play), tags(play), new ResourceState.Absent(), List.of())));
  }

  /** The lock comes from the exchange of this other play. */
  static Event grantedFrom(Play other) {
    return granted("granted from another", play -> other.port().sighting());
  }

  private static Event granted(String name, Seen seen) {
    return new Event(
        name,
        Set.of(LOCK),
        ScriptedPort::grantLock,
        play -> play.machine().onLockGranted(seen.by(play)));
  }

  /** Makes what the last holder saw. */
  private interface Seen {
    Optional<Sighting> by(Play play);
  }

  private static RequestHead question(Play play) {
    return ProbeRequest.of(play.request(), play.write());
  }

  private static TagRecipe tags(Play play) {
    return play.write().guarded().tag();
  }

  private static RequestHead anotherQuestion(Play play) {
    RequestHead another = question(play);
    another.fields().set("Cookie", "user=another");
    return another;
  }

  private static ResourceState present(String tag) {
    EntityTag known = EntityTag.parse(Words.written(tag));
    return new ResourceState.Present(Optional.empty(), Optional.of(known), Optional.empty());
  }

  /** The origin's head, with fields written {@code "Name: value"}. */
  static Event head(int status, String... fields) {
    String name = "head " + status + (fields.length > 0 ? " " + String.join(", ", fields) : "");
    Supplier<ResponseHead> made = () -> new ResponseHead(status, Play.fields(fields));
    return new Event(
        name,
        Set.of(HEAD),
        port -> port.head(made.get()),
        play -> play.machine().onOriginHead(play.port().lastHead().orElseGet(made)));
  }

  /** The origin switches protocols, with fields written {@code "Name: value"}. */
  static Event switched(String... fields) {
    Supplier<ResponseHead> made = () -> new ResponseHead(101, Play.fields(fields));
    return new Event(
        SWITCHED + " " + String.join(", ", fields),
        Set.of(HEAD),
        port -> port.head(made.get()),
        play -> play.machine().onSwitched(play.port().lastHead().orElseGet(made)));
  }

  /** The whole body comes, in pieces, in the coding that the head named. */
  static Event body(String text) {
    return new Event(
        "body " + text,
        Set.of(COLLECTED, DRAINED),
        port -> {
          show(port, text);
          port.endAnswer();
        },
        play -> play.machine().onAnswerEnd());
  }

  /** The body is larger than what is kept; this much of it has come. */
  static Event overflow(String text) {
    return new Event(
        "overflow",
        Set.of(COLLECTED),
        port -> {
          show(port, text);
          port.overflow();
        },
        play -> play.machine().onAnswerOverflow());
  }

  static Event unreachable() {
    return failed("unreachable", Set.of(HEAD), Kind.UNREACHABLE, false);
  }

  static Event broken() {
    return failed("broken off", Set.of(HEAD, COLLECTED, DRAINED), Kind.BROKEN, true);
  }

  static Event timedOut() {
    return failed("timed out", Set.of(HEAD, COLLECTED, DRAINED), Kind.TIMED_OUT, true);
  }

  private static Event failed(String name, Set<Awaited> when, Kind kind, boolean sent) {
    return new Event(
        name,
        when,
        ScriptedPort::settle,
        play -> play.machine().onOriginFailed(new OriginFailure(kind, sent, "it " + name)));
  }

  private static void show(ScriptedPort port, String text) {
    boolean zipped = port.lastHead().orElseThrow().fields().has(FieldName.CONTENT_ENCODING);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] body = zipped && !text.equals("garbage") ? gzip(bytes) : bytes;
    int half = body.length / 2;
    port.observer().onBytes(ByteBuffer.wrap(body, 0, half));
    port.observer().onBytes(ByteBuffer.wrap(body, half, body.length - half));
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return coded.toByteArray();
  }

  boolean isFailure() {
    return name.equals("unreachable") || name.equals("broken off") || name.equals("timed out");
  }

  boolean isPossible(ScriptedPort port) {
    boolean unasked = name.startsWith(SWITCHED) && !port.isUpgradeOffered();
    return when.contains(port.awaited()) && !unasked;
  }

  @Override
  public String toString() {
    return name;
  }
}
