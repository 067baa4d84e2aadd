package io.quarkiverse.hume.chromium;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.WebSocketFrame;

/** The browser session of one visitor. Not thread-safe. */
public final class Visitor implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final List<Response> responses = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();

    Visitor(BrowserContext context) {
        this.context = context;
        context.onResponse(responses::add);
        this.page = context.newPage();
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> frames.add(text(frame))));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
    }

    public Page page() {
        return page;
    }

    /** The errors that were logged in the console or thrown by scripts. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /**
     * Everything that the browser has received so far: addresses, headers and bodies of responses, frames of WebSockets, and
     * the contents of cookies and storage. Tests search it for secrets.
     */
    public String received() {
        StringBuilder all = new StringBuilder();
        for (Response response : List.copyOf(responses)) {
            all.append(response.url()).append('\n');
            response.allHeaders().forEach((name, value) -> all.append(name).append(": ").append(value).append('\n'));
            all.append(body(response)).append('\n');
        }
        frames.forEach(frame -> all.append(frame).append('\n'));
        all.append(context.storageState()).append('\n').append(page.content());
        return all.toString();
    }

    /** Returns the body; empty if it cannot be read, as for a redirect or a stream that has not ended. */
    private static String body(Response response) {
        String type = response.headers().getOrDefault("content-type", "");
        boolean empty = "0".equals(response.headers().get("content-length"));
        if (empty || response.status() / 100 == 3 || response.status() == 204 || type.startsWith("text/event-stream")) {
            return "";
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String text(WebSocketFrame frame) {
        return frame.text() != null ? frame.text() : new String(frame.binary(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        context.close();
    }
}
