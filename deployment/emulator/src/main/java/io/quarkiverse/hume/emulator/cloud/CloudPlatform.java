package io.quarkiverse.hume.emulator.cloud;

import java.time.InstantSource;
import java.util.function.Function;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RouteTable;
import io.quarkiverse.hume.emulator.socket.SocketSession;

/** The cloud platform: Audio Decisions and Expression Measurement. */
public final class CloudPlatform {

    private final CloudRuns runs;

    public CloudPlatform(InstantSource clock) {
        this.runs = new CloudRuns(clock);
    }

    public void register(RouteTable<Function<ReceivedRequest, Answer>> routes,
            RouteTable<Function<ReceivedRequest, SocketSession>> sockets) {
        new DecisionEndpoints(runs).register(routes);
        new ExpressionEndpoints(runs).register(routes);
        sockets.add("GET", "/v1/expression/audio/realtime", "measures speech while it is spoken",
                request -> new ExpressionSession(runs, request.account(), false))
                .add("GET", "/v1/expression/video/realtime", "measures images",
                        request -> new ExpressionSession(runs, request.account(), true));
    }

    public int runCount() {
        return runs.size();
    }

    public void forget() {
        runs.forget();
    }
}
