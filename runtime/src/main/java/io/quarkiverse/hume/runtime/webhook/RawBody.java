package io.quarkiverse.hume.runtime.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;

import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Collects the bytes of a request as they arrive. Does not block. */
final class RawBody implements ServerHttpRequest.ReadCallback {

    private final ResteasyReactiveRequestContext context;
    private final long limit;
    private final Consumer<byte[]> whenComplete;
    private final Runnable whenTooLarge;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooLarge;

    private RawBody(ResteasyReactiveRequestContext context, long limit, Consumer<byte[]> whenComplete,
            Runnable whenTooLarge) {
        this.context = context;
        this.limit = limit;
        this.whenComplete = whenComplete;
        this.whenTooLarge = whenTooLarge;
    }

    /** Calls one of the two, on whichever thread has the end of the body. The request must be suspended. */
    static void read(ResteasyReactiveRequestContext context, long limit, Consumer<byte[]> whenComplete,
            Runnable whenTooLarge) {
        RawBody body = new RawBody(context, limit, whenComplete, whenTooLarge);
        ServerHttpRequest request = context.serverRequest();
        if (context.hasInputStream() || request.isRequestEnded()) {
            // Somebody has read it already, or put a stream in its place, which may block.
            Infrastructure.getDefaultWorkerPool().execute(() -> body.drain(context.getInputStream()));
        } else {
            request.setReadListener(body);
        }
    }

    @Override
    public void data(ByteBuffer part) {
        if (tooLarge) {
            return; // Dropped, but read: closing the connection now could cost the sender the answer.
        }
        if (bytes.size() + (long) part.remaining() > limit) {
            tooLarge = true;
            bytes.reset();
            whenTooLarge.run();
            return;
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
    }

    @Override
    public void done() {
        if (!tooLarge) {
            whenComplete.accept(bytes.toByteArray());
        }
    }

    private void drain(InputStream stream) {
        byte[] all;
        try {
            all = stream.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE));
        } catch (IOException | RuntimeException e) {
            context.resume(e, true);
            return;
        }
        if (all.length > limit) {
            whenTooLarge.run();
        } else {
            whenComplete.accept(all);
        }
    }
}
