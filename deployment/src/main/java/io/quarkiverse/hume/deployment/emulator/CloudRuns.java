package io.quarkiverse.hume.deployment.emulator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The runs of the cloud services. Those of different services, or of different accounts, do not see each other. */
final class CloudRuns {

    private static final int REMEMBERED = 1_000;
    private static final int PAGE_SIZE = 50;
    private static final int LARGEST_PAGE = 200;

    private final InstantSource clock;
    private final BoundedHistory<Run> runs = new BoundedHistory<>(REMEMBERED);

    CloudRuns(InstantSource clock) {
        this.clock = clock;
    }

    enum Service {
        DECISIONS,
        EXPRESSION
    }

    private record Run(String id, Service service, String account, JsonObject json) {
    }

    /** @return the result, completed with the fields every run has; not to be modified any more */
    JsonObject add(Service service, String account, JsonObject result) {
        String id = UUID.randomUUID().toString();
        JsonObject json = new JsonObject().put("run_id", id).put("status", "ended")
                .put("created_at", clock.millis()).mergeIn(result);
        runs.add(sequence -> new Run(id, service, account, json));
        return json;
    }

    Answer one(Service service, ReceivedRequest request) {
        String id = request.variables().get("run_id");
        return newestFirst(service, request.account()).stream().filter(run -> run.id().equals(id)).findFirst()
                .map(run -> Answer.json(200, run.json()))
                .orElseGet(() -> Platform.serviceError(404, "run_not_found", "There is no run " + id, "run_id"));
    }

    /** A page of runs, and as {@code next_cursor} the cursor for the next one, null at the end. */
    Answer list(Service service, ReceivedRequest request) {
        int size = request.parameter("page_size").map(CloudRuns::pageSize).orElse(PAGE_SIZE);
        List<Run> all = newestFirst(service, request.account());
        int start = request.parameter("cursor").map(cursor -> after(all, cursor)).orElse(0);
        int end = Math.min(all.size(), start + size);
        JsonArray page = new JsonArray();
        all.subList(start, end).forEach(run -> page.add(run.json()));
        return Answer.json(200, new JsonObject().put("runs", page)
                .put("next_cursor", end < all.size() ? all.get(end - 1).id() : null));
    }

    int size() {
        return runs.size();
    }

    void forget() {
        runs.restart();
    }

    private List<Run> newestFirst(Service service, String account) {
        List<Run> matching = new ArrayList<>(runs.all());
        matching.removeIf(run -> run.service() != service || !run.account().equals(account));
        Collections.reverse(matching);
        return matching;
    }

    private static int after(List<Run> all, String cursor) {
        Optional<Run> last = all.stream().filter(run -> run.id().equals(cursor)).findFirst();
        return 1 + all.indexOf(last.orElseThrow(() -> new RefusedRequest(
                Platform.serviceError(400, "cursor_invalid", "The cursor is not one that a list of runs answered", "cursor"))));
    }

    private static int pageSize(String text) {
        if (text.matches("\\d{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LARGEST_PAGE) {
            return Integer.parseInt(text);
        }
        throw new RefusedRequest(Platform.serviceError(400, "page_size_invalid",
                "page_size must be a whole number from 1 to " + LARGEST_PAGE, "page_size"));
    }
}
