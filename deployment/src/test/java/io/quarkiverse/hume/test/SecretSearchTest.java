package io.quarkiverse.hume.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The search finds every encoding of a secret, so that tests can rely on an empty result. */
class SecretSearchTest {

    private static final String SECRET = "canary/secret+key=5b1f?";
    private static final SecretSearch SEARCH = SecretSearch.of(SECRET);

    private static void assertFound(String text) {
        assertThat(SEARCH.findings(text)).as(text).isNotEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void plain_isFound() {
        assertFound("x" + SECRET + "y");
    }

    @Test
    void percentEncoded_isFound() {
        String once = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        assertFound("?api_key=" + once + "&x");
        assertFound("?api_key=" + URLEncoder.encode(once, StandardCharsets.UTF_8));
        StringBuilder everyCharacter = new StringBuilder();
        for (byte value : bytes(SECRET)) {
            everyCharacter.append('%').append(HexFormat.of().toHexDigits(value));
        }
        assertFound(everyCharacter.toString());
    }

    @Test
    void unicodeEscapes_areFound() {
        assertFound("{\"key\":\"" + SECRET.replace("c", "\\u0063").replace("/", "\\u002F") + "\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 4, 5, 40 })
    void base64_isFoundAtEveryPosition(int before) {
        for (int after = 0; after < 4; after++) {
            byte[] content = bytes("a".repeat(before) + SECRET + "z".repeat(after));
            assertFound("Basic " + Base64.getEncoder().encodeToString(content));
            assertFound(Base64.getUrlEncoder().withoutPadding().encodeToString(content));
            assertFound(Base64.getMimeEncoder(20, bytes("\r\n")).encodeToString(content));
        }
    }

    @Test
    void base64_percentEncoded_isFound() {
        assertFound(URLEncoder.encode(Base64.getEncoder().encodeToString(bytes("x" + SECRET)), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 7, 15, 16, 17 })
    void dumpOfNetty_isFound(int before) {
        String content = "x".repeat(before) + "GET / HTTP/1.1\r\nAuthorization: Bearer " + SECRET + "\r\n\r\n";
        assertFound("[id: 0x1] WRITE: 80B\n" + ByteBufUtil.prettyHexDump(Unpooled.wrappedBuffer(bytes(content))));
    }

    @Test
    void dumpOfNettyWithBase64_isFound() {
        String content = "Authorization: Basic " + Base64.getEncoder().encodeToString(bytes("key:" + SECRET));
        assertFound(ByteBufUtil.prettyHexDump(Unpooled.wrappedBuffer(bytes(content))));
    }

    @Test
    void hexadecimal_isFound() {
        assertFound(HexFormat.of().formatHex(bytes(SECRET)));
        assertFound(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes(SECRET)));
        assertFound(HexFormat.ofDelimiter(":").formatHex(bytes(SECRET)));
        assertFound("00000000: " + HexFormat.of().formatHex(bytes(SECRET), 0, 16).replaceAll("(.{4})", "$1 ")
                + " canary/secret+ke\n"
                + "00000010: " + HexFormat.of().formatHex(bytes(SECRET), 16, 22).replaceAll("(.{4})", "$1 ") + HexFormat.of()
                        .formatHex(bytes(SECRET), 22, 23)
                + "00");
    }

    @Test
    void listOfBytes_isFound() {
        assertFound(Arrays.toString(bytes("a" + SECRET)));
    }

    @Test
    void otherTexts_areNotFound() {
        assertThat(SEARCH.findings("canary/secret+key=5b1g? " + Base64.getEncoder().encodeToString(bytes("canary/secret"))
                + ByteBufUtil.prettyHexDump(Unpooled.wrappedBuffer(bytes("nothing to see"))))).isEmpty();
    }
}
