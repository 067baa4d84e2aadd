package io.quarkiverse.hume.test;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A snapshot of the requests that the emulator has received, oldest first, with assertions. Immutable. An assertion that is not
 * met throws an {@link AssertionError} that lists the requests, without headers and bodies; otherwise it returns this object.
 * The methods do not call the emulator.
 */
public final class RecordedRequests implements Iterable<RecordedRequest> {

    private final String path;
    private final List<RecordedRequest> all;

    RecordedRequests(String path, List<RecordedRequest> all) {
        this.path = path;
        this.all = all;
    }

    /**
     * Asserts that the requests have exactly these statuses in this order.
     *
     * @param statuses the statuses; {@code null} for a request without a response
     */
    public RecordedRequests haveStatuses(Integer... statuses) {
        return have("the statuses", request -> request.status().isPresent() ? request.status().getAsInt() : null, statuses);
    }

    /** Asserts that the requests carried exactly these kinds of credentials in this order. */
    public RecordedRequests haveCredentials(CredentialKind... kinds) {
        return have("the credentials", RecordedRequest::credential, kinds);
    }

    /**
     * Asserts that the requests carried the credentials of exactly these accounts in this order.
     *
     * @param accounts the names of the accounts; {@code null} for a credential that belongs to no account
     */
    public RecordedRequests haveAccounts(String... accounts) {
        return have("the accounts", request -> request.account().orElse(null), accounts);
    }

    /** Asserts that the requests have exactly these paths in this order. */
    public RecordedRequests havePaths(String... paths) {
        return have("the paths", RecordedRequest::path, paths);
    }

    /** Asserts that there are exactly this many requests. */
    public RecordedRequests haveSize(int size) {
        return all.size() == size ? this : fail("There should be " + size + " requests");
    }

    /** Asserts that there are no requests. */
    public RecordedRequests areEmpty() {
        return haveSize(0);
    }

    /** Asserts that there is exactly one request, and returns it. */
    public RecordedRequest single() {
        return haveSize(1).all.get(0);
    }

    /** The number of requests. */
    public int size() {
        return all.size();
    }

    /** The requests as an immutable list, oldest first. */
    public List<RecordedRequest> list() {
        return List.copyOf(all);
    }

    /** The requests as a stream, oldest first. */
    public Stream<RecordedRequest> stream() {
        return all.stream();
    }

    @Override
    public Iterator<RecordedRequest> iterator() {
        return list().iterator();
    }

    @Override
    public String toString() {
        return all.isEmpty() ? "no requests for " + path
                : "the requests for " + path + ":"
                        + all.stream().map(request -> "\n  " + request).collect(Collectors.joining());
    }

    @SafeVarargs
    private <T> RecordedRequests have(String what, Function<RecordedRequest, T> field, T... expected) {
        List<T> found = all.stream().map(field).toList();
        return found.equals(Arrays.asList(expected)) ? this
                : fail("There should be requests with " + what + " " + Arrays.asList(expected));
    }

    private RecordedRequests fail(String expectation) {
        throw new AssertionError(expectation + ", but there are " + this);
    }
}
