package dev.ifmatch.doctor;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.ResponseHead;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What was read of one resource. What is empty had no answer, or was not asked.
 *
 * @param target the resource
 * @param reads the answers to one GET, sent again and again
 * @param head the answer to HEAD
 * @param gzip the answer to a GET that takes gzip
 * @param xml the answer to a GET that asks for XML
 * @param anything the answer to a GET that takes any media type
 * @param conditional the answer to a GET with {@code If-None-Match} and the last tag
 * @param guarded whether ifmatch answered
 * @param through the same resource by another way
 */
record Evidence(
    String target,
    List<Reading> reads,
    Optional<Reading> head,
    Optional<Reading> gzip,
    Optional<Reading> xml,
    Optional<Reading> anything,
    Optional<Reading> conditional,
    boolean guarded,
    Optional<OtherWay> through) {

  /**
   * A resource's answers by another way than its own.
   *
   * @param name the way
   * @param plain the answer to a plain GET
   * @param gzip the answer to a GET that takes gzip
   */
  record OtherWay(String name, Reading plain, Reading gzip) {}

  /** Copies the list. */
  Evidence {
    reads = List.copyOf(reads);
  }

  /** No more than the reads. */
  static Evidence of(String target, List<Reading> reads) {
    Optional<Reading> none = Optional.empty();
    return new Evidence(target, reads, none, none, none, none, none, false, Optional.empty());
  }

  /** Whether there is a representation in every read, and all of it. */
  boolean isReadable() {
    return reads.stream().allMatch(read -> read.status() == 200 && read.isWhole());
  }

  /** The last read, which stands for the others where they do not differ. */
  Reading last() {
    return reads.get(reads.size() - 1);
  }

  /** Whether every read has the same content. */
  boolean isSteady() {
    return reads.stream().map(read -> ByteBuffer.wrap(read.content())).distinct().count() == 1;
  }

  /** The tag that the resource has in every read, where it is the same. */
  Optional<EntityTag> sameTag() {
    boolean same = reads.stream().map(Reading::tag).distinct().count() == 1;
    return same ? last().tag() : Optional.empty();
  }

  /** The strong tag that the resource has in every read, where it is the same. */
  Optional<EntityTag> steadyTag() {
    return sameTag().filter(tag -> !tag.weak());
  }

  /** Whether it has a strong tag in every read, but not the same. */
  boolean hasMovingTag() {
    return steadyTag().isEmpty()
        && reads.stream()
            .map(Reading::head)
            .map(ResponseHead::strongTag)
            .allMatch(Optional::isPresent);
  }

  /** What {@code Vary} names, over all reads. */
  List<String> varying() {
    return reads.stream()
        .flatMap(read -> read.head().fields().members(FieldName.VARY).stream())
        .distinct()
        .toList();
  }
}
