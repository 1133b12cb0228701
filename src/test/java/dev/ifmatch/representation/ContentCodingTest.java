package dev.ifmatch.representation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.FieldList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # Accept-Encoding of the client         | what the origin is asked for
          gzip                                    | gzip
          x-gzip                                  | x-gzip
          GZip                                    | GZip
          gzip, deflate, br, zstd                 | gzip, deflate
          'br;q=1.0, gzip;q=0.8 , deflate ; q=0.1'| gzip;q=0.8, deflate ; q=0.1
          gzip;q=0                                | gzip;q=0
          gzip;q=0, identity                      | gzip;q=0, identity
          identity;q=0, br                        | identity;q=0
          identity                                | identity
          br                                      | identity
          br, zstd;q=0.5                          | identity
          *                                       | identity
          *;q=0.5                                 | identity
          gzip, *;q=0                             | gzip
          ''                                      | identity
          """)
  void acceptEncodingIsCutDownToWhatCanBeTakenOff(String accepted, String asked) {
    FieldList request = FieldList.of("accept-encoding", accepted);
    ContentCoding.restrict(request);

    assertThat(request.all("Accept-Encoding")).containsExactly(asked);
  }

  @Test
  void severalLinesBecomeOne() {
    FieldList request = FieldList.of("Accept-Encoding", "br, gzip", "Accept-Encoding", "deflate");
    ContentCoding.restrict(request);

    assertThat(request.all("Accept-Encoding")).containsExactly("gzip, deflate");
  }

  @Test
  void acceptEncodingThatWasNotSentStaysAway() {
    FieldList request = FieldList.of("Accept", "*/*");
    ContentCoding.restrict(request);

    assertThat(request.has("Accept-Encoding")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # Content-Encoding | coding, where it can be taken off
          ''                 | IDENTITY
          identity           | IDENTITY
          gzip               | GZIP
          X-Gzip             | GZIP
          deflate            | DEFLATE
          br                 |
          compress           |
          gzip, gzip         |
          deflate, br        |
          """)
  void theCodingOfAnAnswerIsKnownOrNot(String value, ContentCoding coding) {
    assertThat(ContentCoding.of(FieldList.of("content-encoding", value)))
        .isEqualTo(Optional.ofNullable(coding));
  }

  @Test
  void contentWithoutTheFieldIsNotCoded() {
    assertThat(ContentCoding.of(new FieldList())).contains(ContentCoding.IDENTITY);
  }
}
