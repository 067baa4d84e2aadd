package io.quarkiverse.hume.emulator;

import java.util.Optional;

import io.quarkiverse.hume.emulator.http.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** All that can be sent to the client of a request, on the thread of its connection. Without an entry, it is not recorded. */
record Exchange(Vertx vertx, HttpServerRequest request, RecordedRequest entry) {

    private static final Buffer FILLER = Buffer.buffer("x".repeat(64 << 10));

    void send(Answer answer) {
        begin(answer).ifPresent(response -> response.end(answer.body()));
    }

    void after(long delayMillis, Runnable action) {
        if (delayMillis == 0) {
            action.run();
        } else {
            vertx.setTimer(delayMillis, timer -> action.run());
        }
    }

    /** Lets the fault happen, after its delay; without one, or after one that only delays, runs {@code otherwise}. */
    void fail(FaultSwitch faults, String account, boolean authenticated, Runnable otherwise) {
        faults.strike(account, entry.path(), authenticated).ifPresentOrElse(fault -> after(fault.delayMillis(), () -> {
            switch (fault.effect()) {
                case ANSWER -> fault.fillerBytes().ifPresentOrElse(size -> sendFiller(fault, size), () -> send(fault.answer()));
                case HANG -> faults.hold(request.connection(), fault);
                case RESET -> request.connection().close();
                case DELAY -> otherwise.run();
            }
        }), otherwise);
    }

    private void sendFiller(Fault fault, long size) {
        begin(fault.answer().with("Content-Length", Long.toString(size))).ifPresent(response -> fill(response, size));
    }

    /** Each part is written when the client has taken the one before. */
    private void fill(HttpServerResponse response, long left) {
        int chunk = (int) Math.min(left, FILLER.length());
        if (chunk == left) {
            response.end(FILLER.slice(0, chunk));
        } else {
            response.write(FILLER).onSuccess(written -> fill(response, left - chunk));
        }
    }

    /** Empty if the client has left. */
    private Optional<HttpServerResponse> begin(Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return Optional.empty();
        }
        // Before the answer is sent, so that a client that has it finds the status in the record.
        if (entry != null) {
            entry.answered(answer.status());
        }
        response.exceptionHandler(clientLeft -> {
        });
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        return Optional.of(response);
    }
}
