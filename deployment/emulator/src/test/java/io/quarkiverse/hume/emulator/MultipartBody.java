package io.quarkiverse.hume.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.vertx.core.json.JsonObject;

/** Builds a multipart/form-data body, part by part. */
final class MultipartBody {

    private static final String BOUNDARY = "test-boundary-7d1";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    MultipartBody json(String name, JsonObject json) {
        return part(name, "", "application/json", json.toBuffer().getBytes());
    }

    MultipartBody text(String name, String text) {
        return part(name, "", "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    MultipartBody file(String name, byte[] content) {
        return part(name, "; filename=\"recording.wav\"", "audio/wav", content);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    byte[] bytes() {
        ByteArrayOutputStream complete = new ByteArrayOutputStream();
        complete.writeBytes(out.toByteArray());
        complete.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return complete.toByteArray();
    }

    /** Without the closing delimiter. */
    byte[] truncated() {
        return out.toByteArray();
    }

    private MultipartBody part(String name, String extra, String contentType, byte[] content) {
        out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + extra
                + "\r\nContent-Type: " + contentType + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return this;
    }
}
