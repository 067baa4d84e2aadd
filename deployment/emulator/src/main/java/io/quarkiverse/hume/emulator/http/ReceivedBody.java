package io.quarkiverse.hume.emulator.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The body of a request.
 *
 * @param content empty if the body is larger than the limit
 * @param size what was sent, in bytes
 */
public record ReceivedBody(Buffer content, long size) {

    public static final long LIMIT = 32L << 20;

    public boolean tooLarge() {
        return size > LIMIT;
    }

    /** Completes on the thread of the connection; fails when the client leaves before the end. */
    public static Future<ReceivedBody> of(HttpServerRequest request) {
        Promise<ReceivedBody> promise = Promise.promise();
        Collector collector = new Collector();
        request.exceptionHandler(promise::tryFail);
        request.handler(collector::add);
        request.endHandler(end -> promise.tryComplete(new ReceivedBody(collector.content, collector.size)));
        return promise.future();
    }

    /** Confined to the thread of the connection. */
    private static final class Collector {

        private Buffer content = Buffer.buffer();
        private long size;

        private void add(Buffer chunk) {
            size += chunk.length();
            // The rest is read and dropped: many clients do not look for an answer before they have sent everything.
            content = size > LIMIT ? Buffer.buffer() : content.appendBuffer(chunk);
        }
    }
}
