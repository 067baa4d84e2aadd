package io.quarkiverse.hume.emulator.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.hume.emulator.platform.ReceivedRequest.Part;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The runs of one of the cloud services. An account sees only its own runs. */
public final class CloudRuns {

    private static final int REMEMBERED = 1_000;
    private static final int PAGE_SIZE = 50;
    private static final int LARGEST_PAGE = 200;
    // The limit of the whole body, for both services.
    private static final int LARGEST_UPLOAD = 25_000_000;

    private final InstantSource clock;
    /** The fields by which a list can be filtered, with their possible values. */
    private final Map<String, List<String>> filters;
    private final BoundedHistory<Run> runs = new BoundedHistory<>(REMEMBERED);

    CloudRuns(InstantSource clock, Map<String, List<String>> filters) {
        this.clock = clock;
        this.filters = filters;
    }

    private record Run(String id, String account, Instant started, JsonObject json, JsonArray events) {
    }

    Instant now() {
        return clock.instant();
    }

    /** Details are the fields that only this service has, events are the measurements. Both must not be changed later. */
    void add(String id, String account, Instant started, JsonObject details, JsonArray events) {
        JsonObject json = JsonObject.of("run_id", id, "user_id", VoicePlatform.id("user of " + account), "status", "ended",
                "started_at", started.toString(), "ended_at", now().toString()).mergeIn(details);
        runs.add(sequence -> new Run(id, account, started, json, events));
    }

    Answer one(ReceivedRequest request) {
        return Answer.ok(run(request).json());
    }

    /** The measurements of a run, whose format Hume does not document. */
    Answer events(ReceivedRequest request) {
        return Answer.ok(JsonObject.of("events", run(request).events(), "next_cursor", null));
    }

    private Run run(ReceivedRequest request) {
        return newestFirst(request.account()).stream().filter(run -> run.id().equals(request.id())).findFirst()
                .orElseThrow(() -> RejectedRequest.cloud(404, "run_not_found", "There is no run " + request.id(), null));
    }

    /** A page of runs, with the cursor of the next page as {@code next_cursor}, which is null at the end. */
    Answer list(ReceivedRequest request) {
        JsonInput query = JsonInput.query(request);
        int size = query.whole("page_size", 1, LARGEST_PAGE).map(Long::intValue).orElse(PAGE_SIZE);
        List<Run> matching = matching(request.account(), query);
        List<String> ids = matching.stream().map(Run::id).toList();
        int start = query.text("cursor").map(cursor -> 1 + ids.indexOf(cursor)).orElse(0);
        if (start == 0 && query.has("cursor")) {
            throw query.invalid("cursor", "must be one that a list of runs answered");
        }
        int end = Math.min(ids.size(), start + size);
        return Answer.ok(JsonObject.of("runs", new JsonArray(matching.subList(start, end).stream().map(Run::json).toList()),
                "next_cursor", end < ids.size() ? ids.get(end - 1) : null));
    }

    public int size() {
        return runs.size();
    }

    private List<Run> matching(String account, JsonInput query) {
        List<Run> matching = newestFirst(account);
        query.text("user_id").ifPresent(user -> matching.removeIf(run -> !run.json().getString("user_id").equals(user)));
        filters.forEach((field, values) -> query.oneOf(field, values)
                .ifPresent(value -> matching.removeIf(run -> !run.json().getString(field).equals(value))));
        time("started_before", query).ifPresent(limit -> matching.removeIf(run -> !run.started().isBefore(limit)));
        time("started_after", query).ifPresent(limit -> matching.removeIf(run -> run.started().isBefore(limit)));
        return matching;
    }

    private List<Run> newestFirst(String account) {
        List<Run> matching = new ArrayList<>(runs.all());
        matching.removeIf(run -> !run.account().equals(account));
        Collections.reverse(matching);
        return matching;
    }

    /** The parts of an upload. Exactly one is called {@code file}. */
    static List<Part> upload(ReceivedRequest request, boolean namesParts) {
        if (request.body().length() > LARGEST_UPLOAD) {
            throw RejectedRequest.cloud(413, "payload_too_large", "The body is larger than " + LARGEST_UPLOAD + " bytes", null);
        }
        List<Part> parts = request.parts().orElseThrow(
                () -> RejectedRequest.cloud("message_invalid", "The body must be complete multipart/form-data", null));
        if (parts.stream().filter(part -> part.name().equals("file")).count() != 1) {
            throw RejectedRequest.cloud("message_invalid", "Exactly one part file is required", namesParts ? "file" : null);
        }
        return parts;
    }

    private static Optional<Instant> time(String name, JsonInput query) {
        try {
            return query.text(name).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException noTime) {
            throw query.invalid(name, "must be a time such as 2026-01-31T12:00:00Z");
        }
    }
}
