package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceKeyTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # target                        | key
          /a/b                            | /a/b
          /                               | /
          ''                              | /
          *                               | /*
          # the query is left out
          /a?b=1                          | /a
          /a/?/b/../c                     | /a
          /a#b                            | /a
          # slashes
          /a/                             | /a
          /a//                            | /a
          //a///b                         | /a/b
          # dot segments
          /a/./b                          | /a/b
          /a/.                            | /a
          /a/b/../c                       | /a/c
          /a/b/..                         | /a
          /../../a                        | /a
          /..                             | /
          /a/%2e/b                        | /a/b
          /a/b/%2E%2e/c                   | /a/c
          /a/.%2E/c                       | /c
          /a/...                          | /a/...
          /a/..b                          | /a/..b
          /.well-known/a                  | /.well-known/a
          # path parameters
          /a;v=1/b;w                      | /a/b
          /a;                             | /a
          /a%3Bv=1/b                      | /a/b
          /a/..;/b                        | /b
          /a/;x/b                         | /a/b
          # case
          /Orders/A1                      | /orders/a1
          # what many servers take for a slash
          /a%2Fb%2fc                      | /a/b/c
          /a%5Cb%5cc\\d                   | /a/b/c/d
          # percent-encoding
          /%61/%7Eb%2dc%5F%30             | /a/~b-c_0
          /%41%5a                         | /az
          /joe%40a.org                    | /joe@a.org
          /a%2Bb%3a%2C%27                 | /a+b:,'
          /a%c3%A9                        | /a%c3%a9
          /a%20b%22                       | /a%20b%22
          /a%3fb%23c                      | /a%3fb%23c
          '/a"b|c'                        | /a%22b%7cc
          # decoded once, and a % that encodes nothing stands for itself
          /%2561                          | /%2561
          /100%                           | /100%25
          /100%25                         | /100%25
          /a%4                            | /a%254
          /a%zz                           | /a%25zz
          /a%%41                          | /a%25a
          # absolute-form: the authority never counts
          http://h/a/b                    | /a/b
          HTTPS://other:8443/a/b/?x       | /a/b
          http://h                        | /
          http://h?a                      | /
          /http://h/a                     | /http:/h/a
          """)
  void isTheOneSpellingOfAResource(String target, String key) {
    assertThat(ResourceKey.of(target)).hasToString(key);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b,  /a/c",
    "/a/b,  /a",
    "/a/b,  /ab",
    "/a/b,  /b/a",
    "/a/b,  /a/b/b",
    "/a%25, /a%2525",
    "/a.b,  /a",
  })
  void otherResourcesHaveOtherKeys(String one, String other) {
    assertThat(ResourceKey.of(one)).isNotEqualTo(ResourceKey.of(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b",
        "/..",
        "/a/..?x",
        "/a/%2e%2E/b",
        "/a/.%2e/b",
        "/a/..;x/b",
        "/a%2F..%2Fb",
        "/a\\..\\b",
        "/a%5c..",
        "http://h/a/../b"
      })
  void aPathThatGoesUpIsAmbiguous(String target) {
    assertThat(ResourceKey.isAmbiguous(target)).isTrue();
  }

  /** Some servers cut the parameter off first, and see no slash; others decode first, and do. */
  @ParameterizedTest
  @ValueSource(strings = {"/a;x%2Fb", "/a;%5cb", "/a;x\\b", "/c/a;v=1;w=%2f?q", "/a%3b%5cx"})
  void aSlashWithinAParameterIsAmbiguous(String target) {
    assertThat(ResourceKey.isAmbiguous(target)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/b",
        "/a/./b",
        "/a/...",
        "/..a",
        "/a?x=/../b",
        "/a;../b",
        "http://../a",
        "/a;x/b%2Fc",
        "/a%2Fb;x",
        "/a?b;%2F"
      })
  void otherPathsAreNot(String target) {
    assertThat(ResourceKey.isAmbiguous(target)).isFalse();
  }
}
