package dev.ifmatch.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashAlgorithmTest {

  /** The vectors for "abc" of FIPS 180-4 and RFC 1321. */
  @ParameterizedTest
  @CsvSource({
    "sha-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha-512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    "sha-1, a9993e364706816aba3e25717850c26c9cd0d89d",
    "md5, 900150983cd24fb0d6963f7d28e17f72",
  })
  void makesTheDigestsOfItsName(String name, String hex) {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);

    assertThat(HashAlgorithm.of(name)).hasToString(name);
    assertThat(HashAlgorithm.of(name).newDigest().digest(abc))
        .isEqualTo(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @EnumSource
  void digestsOfOneAlgorithmDoNotDisturbEachOther(HashAlgorithm algorithm) {
    byte[] undisturbed = algorithm.newDigest().digest();
    MessageDigest one = algorithm.newDigest();
    MessageDigest two = algorithm.newDigest();
    one.update((byte) 1);

    assertThat(two.digest()).isEqualTo(undisturbed);
    assertThat(one.digest()).isNotEqualTo(undisturbed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SHA-256", "sha256", "sha_256", "crc32"})
  void anUnknownNameIsRefusedWithTheOnesThereAre(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HashAlgorithm.of(name))
        .withMessage("no hash '%s'; there are sha-256, sha-512, sha-1, md5", name);
  }
}
