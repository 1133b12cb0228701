package dev.ifmatch.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashAlgorithmTest {
  private static final List<Optional<Salt>> SALTS =
      List.of(Optional.empty(), Optional.of(new Salt("pepper")));

  /** The vectors for "abc" of FIPS 180-4 and RFC 1321; XXH3's is that of its C library, 0.8.3. */
  @ParameterizedTest
  @CsvSource({
    "sha-256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha-512, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    "sha-1, a9993e364706816aba3e25717850c26c9cd0d89d",
    "md5, 900150983cd24fb0d6963f7d28e17f72",
    "xxh3, 06b05ab6733a618578af5f94892f3950",
  })
  void makesTheDigestsOfItsName(String name, String hex) {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);

    assertThat(HashAlgorithm.of(name)).hasToString(name);
    Hash hash = HashAlgorithm.of(name).newHash(Optional.empty());
    hash.update(abc, 0, abc.length);
    assertThat(hash.digest()).isEqualTo(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @EnumSource
  void digestsOfOneAlgorithmDoNotDisturbEachOther(HashAlgorithm algorithm) {
    for (Optional<Salt> salt : SALTS) {
      byte[] undisturbed = algorithm.newHash(salt).digest();
      Hash one = algorithm.newHash(salt);
      Hash two = algorithm.newHash(salt);
      one.update(new byte[1], 0, 1);

      assertThat(two.digest()).isEqualTo(undisturbed);
      assertThat(one.digest()).isNotEqualTo(undisturbed);
    }
  }

  /** Test case 2 of RFC 4231 and RFC 2202; for XXH3, its C library's value for the two in a row. */
  @ParameterizedTest
  @CsvSource({
    "sha-256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    "sha-512, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
    "sha-1, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
    "md5, 750c783e6ab0b503eaa86e310a5db738",
    "xxh3, 1ce1cc0c3f7a9bcfbf232f682b3cca50",
  })
  void aSaltIsTheKeyOfAnHmac(String name, String hex) {
    byte[] data = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
    Hash hash = HashAlgorithm.of(name).newHash(Optional.of(new Salt("Jefe")));
    hash.update(data, 0, data.length);

    assertThat(hash.digest()).isEqualTo(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @EnumSource
  void allButXxh3AreCryptographic(HashAlgorithm algorithm) {
    assertThat(algorithm.isCryptographic()).isEqualTo(algorithm != HashAlgorithm.XXH3);
  }

  /** Each size takes another way through XXH3; the values are its C library's. */
  @ParameterizedTest
  @CsvSource({
    "0, 99aa06d3014798d86001c324468d497f",
    "17, 685bc458b37d057fc06e233df7729217",
    "200, cb0395310643ba0edd97e9af3609d9f5",
    "1000, 18bf41bc8229e27733ef703fb2b20ed1",
    "10000, 89dec82a789965e61cb3abee1c2fc1c4",
  })
  void xxh3IsThatOfItsLibraryForEverySize(int size, String hex) {
    ByteBuffer direct = ByteBuffer.allocateDirect(size + 2);
    for (int i = 0; i < size; i++) {
      direct.put(i + 1, (byte) (i % 251));
    }
    byte[] content = new byte[size + 2];
    direct.get(0, content);

    for (ByteBuffer buffer : List.of(direct, ByteBuffer.wrap(content))) {
      ByteBuffer view = buffer.slice(1, size);
      Hash hash = HashAlgorithm.XXH3.newHash(Optional.empty());
      hash.update(view);
      assertThat(view.hasRemaining()).isFalse();
      assertThat(hash.digest()).isEqualTo(HexFormat.of().parseHex(hex));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SHA-256", "sha256", "sha_256", "crc32"})
  void anUnknownNameIsRefusedWithTheOnesThereAre(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HashAlgorithm.of(name))
        .withMessage("no hash '%s'; there are sha-256, sha-512, sha-1, md5, xxh3", name);
  }
}
