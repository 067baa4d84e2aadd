package io.quarkiverse.hume.runtime.relay;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;

/**
 * Reads {@code received.input_tokens}, the number of tokens that Hume bills, from a response while it is forwarded. Buffers at
 * most one JSON token. Ignores responses that are not such JSON.
 */
final class TokenMeter {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private int depth;
    private boolean inReceived;
    private String field;
    private long tokens;
    private boolean over;

    TokenMeter() {
        try {
            parser = JSON.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    void pass(byte[] piece) {
        if (over || piece.length == 0) {
            return;
        }
        try {
            feeder.feedInput(piece, 0, piece.length);
            JsonToken token = parser.nextToken();
            while (!over && token != null && token != JsonToken.NOT_AVAILABLE) {
                read(token);
                token = over ? null : parser.nextToken();
            }
        } catch (IOException notJson) {
            over = true;
        }
    }

    private void read(JsonToken token) throws IOException {
        if (token == JsonToken.FIELD_NAME) {
            field = parser.currentName();
        } else if (token.isStructStart()) {
            depth++;
            inReceived = depth == 2 && token == JsonToken.START_OBJECT && "received".equals(field) || depth > 2 && inReceived;
        } else if (token.isStructEnd()) {
            depth--;
            inReceived = inReceived && depth >= 2;
        } else if (token == JsonToken.VALUE_NUMBER_INT && depth == 2 && inReceived && "input_tokens".equals(field)) {
            tokens = Math.max(0, parser.getLongValue());
            over = true;
        }
    }

    /** The number of billed tokens; 0 if the response contained none. */
    long tokens() {
        return tokens;
    }
}
