package dev.ifmatch.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Answers as a backend would give them. */
final class Answers {
  private Answers() {}

  static Reading json(String body, String... fields) {
    return answer(200, body, with(fields, "Content-Type", "application/json"));
  }

  static Reading answer(int status, String body, String... fields) {
    return new Reading(new ResponseHead(status, FieldList.of(fields)), body.getBytes(UTF_8), true);
  }

  static Reading beginning(String body, String... fields) {
    return new Reading(new ResponseHead(200, FieldList.of(fields)), body.getBytes(UTF_8), false);
  }

  static Reading gzip(String body, String... fields) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
      out.write(body.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FieldList all =
        FieldList.of(with(fields, "Content-Type", "application/json", "Content-Encoding", "gzip"));
    return new Reading(new ResponseHead(200, all), coded.toByteArray(), true);
  }

  /** Evidence of which one piece is to be replaced. */
  static Evidence evidence(Reading... reads) {
    return Evidence.of("/orders/7", Stream.of(reads).toList());
  }

  static Evidence guarded(Evidence e) {
    return new Evidence(
        e.target(),
        e.reads(),
        e.head(),
        e.gzip(),
        e.xml(),
        e.anything(),
        e.conditional(),
        true,
        e.through());
  }

  static Evidence head(Evidence e, Reading head) {
    return new Evidence(
        e.target(),
        e.reads(),
        Optional.of(head),
        e.gzip(),
        e.xml(),
        e.anything(),
        e.conditional(),
        e.guarded(),
        e.through());
  }

  static Evidence gzip(Evidence e, Reading gzip) {
    return new Evidence(
        e.target(),
        e.reads(),
        e.head(),
        Optional.of(gzip),
        e.xml(),
        e.anything(),
        e.conditional(),
        e.guarded(),
        e.through());
  }

  static Evidence xml(Evidence e, Reading xml) {
    return new Evidence(
        e.target(),
        e.reads(),
        e.head(),
        e.gzip(),
        Optional.of(xml),
        e.anything(),
        e.conditional(),
        e.guarded(),
        e.through());
  }

  static Evidence conditional(Evidence e, Reading answer) {
    return new Evidence(
        e.target(),
        e.reads(),
        e.head(),
        e.gzip(),
        e.xml(),
        e.anything(),
        Optional.of(answer),
        e.guarded(),
        e.through());
  }

  static Evidence through(Evidence e, Reading plain, Reading gzip) {
    return new Evidence(
        e.target(),
        e.reads(),
        e.head(),
        e.gzip(),
        e.xml(),
        e.anything(),
        e.conditional(),
        e.guarded(),
        Optional.of(new Evidence.OtherWay("http://cdn", plain, gzip)));
  }

  private static String[] with(String[] fields, String... more) {
    return Stream.concat(Stream.of(more), Stream.of(fields)).toArray(String[]::new);
  }
}
