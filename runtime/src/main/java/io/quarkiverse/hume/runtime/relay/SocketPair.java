package io.quarkiverse.hume.runtime.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;

import io.quarkiverse.hume.runtime.event.AccountListener.RelaySocketEnd;
import io.vertx.core.Context;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;

/**
 * A browser's socket and the corresponding socket to Hume. Frames are forwarded unchanged in both directions, and so are the
 * code and the reason with which either side closes. While one side does not read, the other side is not read (back-pressure).
 * All of it runs on one Vert.x context.
 */
final class SocketPair {

    /** The close codes of RFC 6455 section 7.4.1. */
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int NO_STATUS = 1005;
    private static final int POLICY_VIOLATION = 1008;
    private static final int MESSAGE_TOO_BIG = 1009;
    private static final int INTERNAL_ERROR = 1011;

    /** A control frame has at most 125 bytes, of which the close code takes two. */
    private static final int LONGEST_REASON = 123;

    /**
     * The maximum duration of a pair.
     *
     * @param reason the reason that the browser gets when this time has passed
     */
    record Lifetime(Duration longest, String reason) {
    }

    private final Context home;
    private final WebSocketBase hume;
    private final RelaySettings settings;
    private final Lifetime lifetime;
    private final BiConsumer<SocketPair, RelaySocketEnd> closed;

    private WebSocketBase browser;
    private Inactivity inactivity;
    private long expiry = -1;
    private boolean ended;
    private boolean humeBroke;

    /**
     * @param hume the socket to Hume, which is paused; nothing is read from it before {@link #connect}
     * @param closed called once, when the pair has ended
     */
    SocketPair(Context home, WebSocketBase hume, RelaySettings settings, Lifetime lifetime,
            BiConsumer<SocketPair, RelaySocketEnd> closed) {
        this.home = home;
        this.hume = hume;
        this.settings = settings;
        this.lifetime = lifetime;
        this.closed = closed;
        // The handlers are registered now, because this socket may be closed before the browser's socket exists.
        hume.frameHandler(frame -> pass(frame, hume, browser, RelaySocketEnd.HUME));
        hume.exceptionHandler(failure -> {
        });
        hume.closeHandler(closing -> {
            humeBroke = hume.closeStatusCode() == null;
            if (humeBroke && browser != null) {
                end(RelaySocketEnd.BROKEN, INTERNAL_ERROR, "The connection to Hume broke.", GOING_AWAY);
            }
        });
    }

    void connect(WebSocketBase accepted) {
        browser = accepted;
        inactivity = new Inactivity(home, settings.socketIdleTimeout(),
                () -> end(RelaySocketEnd.IDLE, POLICY_VIOLATION, "There was no message for too long.", GOING_AWAY));
        expiry = home.owner().setTimer(Math.max(1, lifetime.longest().toMillis()),
                over -> end(RelaySocketEnd.EXPIRED, POLICY_VIOLATION, lifetime.reason(), GOING_AWAY));
        if (humeBroke) {
            end(RelaySocketEnd.BROKEN, INTERNAL_ERROR, "The connection to Hume broke.", GOING_AWAY);
            return;
        }
        browser.frameHandler(frame -> pass(frame, browser, hume, RelaySocketEnd.BROWSER));
        browser.exceptionHandler(failure -> {
        });
        browser.closeHandler(closing -> {
            if (browser.closeStatusCode() == null) {
                end(RelaySocketEnd.BROKEN, GOING_AWAY, null, GOING_AWAY);
            }
        });
        hume.resume();
    }

    /** Closes the socket to Hume, because the browser's socket could not be opened. */
    void abandon() {
        end(RelaySocketEnd.BROKEN, GOING_AWAY, null, GOING_AWAY);
    }

    /** Closes both sockets when the application is being stopped. May be called on any thread. */
    void shutdown() {
        home.runOnContext(ignored -> end(RelaySocketEnd.SHUTDOWN, GOING_AWAY, "The application stops.", GOING_AWAY));
    }

    private void pass(WebSocketFrame frame, WebSocketBase from, WebSocketBase to, RelaySocketEnd closing) {
        if (ended) {
            return;
        }
        if (frame.isClose()) {
            // The close frame is handled in the order of the frames. The close handler of Vert.x cannot be used, because it is
            // called before frames that are still queued.
            close(to, code(frame.closeStatusCode()), frame.closeReason());
            finish(closing);
            return;
        }
        if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
            return; // Vert.x answers pings automatically.
        }
        inactivity.seen();
        if (frame.binaryData().length() > settings.maxFrameSize()) {
            end(RelaySocketEnd.TOO_LARGE, MESSAGE_TOO_BIG, "A frame was larger than allowed.", GOING_AWAY);
            return;
        }
        if (to.isClosed()) {
            return;
        }
        to.writeFrame(frame);
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> {
                inactivity.seen();
                from.resume();
            });
        }
    }

    /** Returns the close code to send. Some codes that can be received must not be sent. */
    private static int code(int received) {
        boolean sendable = received >= 1000 && received <= 1003 || received >= 1007 && received <= 1014
                || received >= 3000 && received <= 4999;
        return sendable ? received : received == NO_STATUS ? NORMAL : INTERNAL_ERROR;
    }

    private void end(RelaySocketEnd end, int codeForBrowser, String reason, int codeForHume) {
        if (!ended) {
            if (browser != null) {
                close(browser, codeForBrowser, reason);
            }
            close(hume, codeForHume, null);
            finish(end);
        }
    }

    private static void close(WebSocketBase socket, int code, String reason) {
        if (!socket.isClosed()) {
            boolean fits = reason != null && reason.getBytes(StandardCharsets.UTF_8).length <= LONGEST_REASON;
            socket.close((short) code, fits ? reason : null);
        }
        // A paused socket would never read the remaining frames of the other side, including its close frame.
        socket.resume();
    }

    private void finish(RelaySocketEnd end) {
        ended = true;
        if (inactivity != null) {
            inactivity.stop();
        }
        home.owner().cancelTimer(expiry);
        closed.accept(this, end);
    }
}
