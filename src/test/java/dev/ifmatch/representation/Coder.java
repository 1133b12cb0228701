package dev.ifmatch.representation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What an origin does to its content before it sends it. */
enum Coder {
  PLAIN(ContentCoding.IDENTITY, ""),
  GZIP(ContentCoding.GZIP, "-gzip"),
  ZLIB_DEFLATE(ContentCoding.DEFLATE, "-deflate"),
  RAW_DEFLATE(ContentCoding.DEFLATE, "-deflate");

  final ContentCoding coding;
  final String suffix;

  Coder(ContentCoding coding, String suffix) {
    this.coding = coding;
    this.suffix = suffix;
  }

  byte[] encode(byte[] content) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream out = onto(coded)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return coded.toByteArray();
  }

  private OutputStream onto(OutputStream out) throws IOException {
    return switch (this) {
      case PLAIN -> out;
      case GZIP -> new GZIPOutputStream(out);
      case ZLIB_DEFLATE -> new DeflaterOutputStream(out);
      case RAW_DEFLATE -> new DeflaterOutputStream(out, new Deflater(9, true));
    };
  }
}
