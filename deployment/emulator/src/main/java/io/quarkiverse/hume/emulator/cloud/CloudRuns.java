package io.quarkiverse.hume.emulator.cloud;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import io.quarkiverse.hume.emulator.http.Answer;
import io.quarkiverse.hume.emulator.http.BoundedHistory;
import io.quarkiverse.hume.emulator.http.Multipart;
import io.quarkiverse.hume.emulator.http.ReceivedRequest;
import io.quarkiverse.hume.emulator.http.RefusedRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The runs of the cloud services. Those of different services, or of different accounts, do not see each other. */
final class CloudRuns {

    private static final int REMEMBERED = 1_000;
    private static final int PAGE_SIZE = 50;
    private static final int LARGEST_PAGE = 200;
    // The whole body, for both services.
    private static final int LARGEST_UPLOAD = 25_000_000;

    private final InstantSource clock;
    private final BoundedHistory<Run> runs = new BoundedHistory<>(REMEMBERED);

    CloudRuns(InstantSource clock) {
        this.clock = clock;
    }

    enum Service {

        DECISIONS(Map.of("status", Set.of("ended", "errored"))),
        EXPRESSION(Map.of("status", Set.of("live", "ended", "errored"), "mode", Set.of("realtime", "file"),
                "endpoint", Set.of("audio", "video")));

        /** The fields a list can be restricted by, with the values they may have. */
        private final Map<String, Set<String>> filters;

        Service(Map<String, Set<String>> filters) {
            this.filters = filters;
        }
    }

    private record Run(String id, Service service, String account, Instant started, JsonObject json, JsonArray events) {
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * @param details what the service tells of a run besides the fields every run has; not to be modified any more
     * @param events what was measured
     */
    void add(String id, Service service, String account, Instant started, JsonObject details, JsonArray events) {
        JsonObject json = new JsonObject().put("run_id", id).put("user_id", userId(account)).put("status", "ended")
                .put("started_at", started.toString()).put("ended_at", now().toString()).mergeIn(details);
        runs.add(sequence -> new Run(id, service, account, started, json, events));
    }

    Answer one(Service service, ReceivedRequest request) {
        return Answer.json(200, run(service, request).json());
    }

    /** What was measured in a run: Hume does not document the shape. */
    Answer events(Service service, ReceivedRequest request) {
        return Answer.json(200, new JsonObject().put("events", run(service, request).events()).putNull("next_cursor"));
    }

    private Run run(Service service, ReceivedRequest request) {
        String id = request.variables().get("run_id");
        return newestFirst(service, request.account()).stream().filter(run -> run.id().equals(id)).findFirst()
                .orElseThrow(() -> RefusedRequest.cloud(404, "run_not_found", "There is no run " + id, null));
    }

    /** A page of runs, and as {@code next_cursor} the cursor for the next one, null at the end. */
    Answer list(Service service, ReceivedRequest request) {
        int size = request.parameter("page_size").map(CloudRuns::pageSize).orElse(PAGE_SIZE);
        List<Run> matching = matching(service, request);
        int start = request.parameter("cursor").map(cursor -> after(matching, cursor)).orElse(0);
        int end = Math.min(matching.size(), start + size);
        JsonArray page = new JsonArray();
        matching.subList(start, end).forEach(run -> page.add(run.json()));
        return Answer.json(200, new JsonObject().put("runs", page)
                .put("next_cursor", end < matching.size() ? matching.get(end - 1).id() : null));
    }

    int size() {
        return runs.size();
    }

    void forget() {
        runs.restart();
    }

    private List<Run> matching(Service service, ReceivedRequest request) {
        List<Run> matching = newestFirst(service, request.account());
        request.parameter("user_id").ifPresent(user -> matching.removeIf(run -> !run.json().getString("user_id").equals(user)));
        service.filters.forEach((field, values) -> request.parameter(field).ifPresent(value -> {
            if (!values.contains(value)) {
                throw invalid(field, field + " must be one of " + new TreeSet<>(values));
            }
            matching.removeIf(run -> !run.json().getString(field).equals(value));
        }));
        time("started_before", request).ifPresent(limit -> matching.removeIf(run -> !run.started().isBefore(limit)));
        time("started_after", request).ifPresent(limit -> matching.removeIf(run -> run.started().isBefore(limit)));
        return matching;
    }

    private List<Run> newestFirst(Service service, String account) {
        List<Run> matching = new ArrayList<>(runs.all());
        matching.removeIf(run -> run.service() != service || !run.account().equals(account));
        Collections.reverse(matching);
        return matching;
    }

    /** The parts of an upload, with exactly one called {@code file}. */
    static Multipart upload(ReceivedRequest request, boolean namesParts) {
        if (request.body().length() > LARGEST_UPLOAD) {
            throw RefusedRequest.cloud(413, "payload_too_large", "The body is larger than " + LARGEST_UPLOAD + " bytes", null);
        }
        Multipart multipart = Multipart.of(request).orElseThrow(() -> RefusedRequest.cloud(400, "message_invalid",
                "The body must be complete multipart/form-data", null));
        if (multipart.parts().stream().filter(part -> part.name().equals("file")).count() != 1) {
            throw RefusedRequest.cloud(400, "message_invalid", "Exactly one part file is required", namesParts ? "file" : null);
        }
        return multipart;
    }

    private static String userId(String account) {
        return UUID.nameUUIDFromBytes(("user of " + account).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static int after(List<Run> all, String cursor) {
        Optional<Run> last = all.stream().filter(run -> run.id().equals(cursor)).findFirst();
        return 1 + all.indexOf(
                last.orElseThrow(() -> invalid("cursor", "The cursor is not one that a list of runs answered")));
    }

    private static int pageSize(String text) {
        if (text.matches("\\d{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= LARGEST_PAGE) {
            return Integer.parseInt(text);
        }
        throw invalid("page_size", "page_size must be a whole number from 1 to " + LARGEST_PAGE);
    }

    private static Optional<Instant> time(String name, ReceivedRequest request) {
        try {
            return request.parameter(name).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException noTime) {
            throw invalid(name, name + " must be a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static RefusedRequest invalid(String parameter, String message) {
        return RefusedRequest.cloud(400, parameter + "_invalid", message, parameter);
    }
}
