package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other people's files in the page are as their authors published them. */
class VendorTest {
  @ParameterizedTest
  @CsvSource({
    "uplot.js, 19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
    "uplot.css, df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
    "dagre.js, b0ddaf4af1417bec9bd89373a3a3987f081727d6cc6d95fc40dbf85a19bdf3b0",
  })
  void nobodyChangedThem(String file, String sha256) throws IOException, NoSuchAlgorithmException {
    try (InputStream in = LabPage.class.getResourceAsStream("page/vendor/" + file)) {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
      assertThat(HexFormat.of().formatHex(hash)).isEqualTo(sha256);
    }
  }
}
